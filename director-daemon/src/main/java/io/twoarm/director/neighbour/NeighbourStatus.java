package io.twoarm.director.neighbour;

import io.twoarm.director.address.IpAddress;

/**
 * A neighbour as it stands at a moment.
 *
 * @param address its address
 * @param port index of the port that it is connected to
 * @param mac its Ethernet address as a number, 0 when unknown
 * @param state what is known of it
 * @param given whether it was configured
 * @param sessions sessions that it is a next hop of, counted per direction
 * @param waiting packets that wait for it
 */
public record NeighbourStatus(
        IpAddress address, int port, long mac, NeighbourState state, boolean given, int sessions, int waiting) {}
