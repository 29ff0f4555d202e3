/**
 * From the two configuration files to what the dataplane runs on: reading and checking them as this daemon sees them, and
 * turning device names and typed statements into port numbers and tables. Text is understood in {@code director-config},
 * not here; packets are handled elsewhere.
 */
package io.twoarm.director.configuration;
