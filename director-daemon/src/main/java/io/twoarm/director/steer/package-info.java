/**
 * How several workers share the ports: which worker a packet belongs to, and the rings through which it gets there. All that
 * is here is called by a worker's thread and allocates nothing; only the rings are seen by two of them. Nothing here knows
 * what happens to a packet.
 */
package io.twoarm.director.steer;
