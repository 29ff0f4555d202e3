/**
 * The way of packets from a host to an address, hop by hop, as traceroute finds it, beside the way that the design predicts.
 *
 * <p>A request comes in, hops go out while they are found. Only the host's own programs send packets.
 */
package io.twoarm.diagnose.trace;
