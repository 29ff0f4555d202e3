/**
 * The system calls of Linux that Java has no class for: waiting on descriptors with a time limit below a millisecond,
 * pinning a thread, telling systemd, pipes that C code writes to. Each class wraps one purpose and turns {@code errno}
 * into an exception with the call's name. Nothing here knows DPDK or packets.
 */
package io.twoarm.director.linux;
