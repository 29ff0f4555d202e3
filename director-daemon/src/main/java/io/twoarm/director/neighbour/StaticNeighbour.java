package io.twoarm.director.neighbour;

import io.twoarm.director.address.IpAddress;

/**
 * A neighbour whose Ethernet address is given, so that nobody needs to ask for it.
 *
 * @param address its address
 * @param port index of the port that it is connected to
 * @param mac its Ethernet address in the low 48 bits, first byte highest
 */
public record StaticNeighbour(IpAddress address, int port, long mac) {}
