/**
 * What a control connection captures on a port: a filter, a ring between the worker and that connection, and pcapng.
 *
 * <p>The worker's side allocates nothing and waits for nobody: frames for which the ring has no room are counted and left
 * out. Nothing here is reached while nobody captures.
 */
package io.twoarm.director.capture;
