/**
 * {@code twoarm-directorctl}: asks a running director over its control socket and prints the answer as tables or as the
 * JSON lines themselves. It knows the protocol and nothing of the daemon's inside.
 */
package io.twoarm.director.control.client;
