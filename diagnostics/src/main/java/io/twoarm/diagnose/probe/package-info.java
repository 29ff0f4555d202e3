/**
 * Why a service does not answer: checks in the order in which a packet meets things, up to the first that is broken.
 *
 * <p>A topology and the way to its hosts come in; findings with evidence and fix go out. A probe sends a few connections
 * from a client to the service, and changes nothing.
 */
package io.twoarm.diagnose.probe;
