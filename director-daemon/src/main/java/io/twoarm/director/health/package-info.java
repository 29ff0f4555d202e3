/**
 * Health checks that the dataplane makes itself, with its own addresses and over the ways that the flows take, so that no
 * kernel socket is needed and what is checked is what is used. Verdicts go to {@code service}; nothing else is decided here.
 */
package io.twoarm.director.health;
