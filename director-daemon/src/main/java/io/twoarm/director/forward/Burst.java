package io.twoarm.director.forward;

import io.twoarm.director.packet.Ipv4Header;
import java.util.Arrays;

/**
 * A burst of packets on its way through the stages. Each stage walks over all of it, so that the memory accesses of its
 * packets overlap. Arrays are indexed by the packet's place in the burst.
 */
final class Burst {
    /** Packets at one time. Larger bursts are cut. */
    static final int CAPACITY = 64;

    /** In {@link #references}: the packet's fate is settled. */
    static final long SETTLED = -1;

    /** Index of the port that the burst came from. */
    int port;

    /** The worker's clock in microseconds. */
    long nowMicros;

    /** The session clock. */
    int clock;

    Burst() {
        Arrays.fill(headers, Ipv4Header.SIZE);
    }

    final long[] mbufs = new long[CAPACITY];

    /** Address of the Ethernet header. */
    final long[] frames = new long[CAPACITY];

    /** Total length of the IP packet as received, in bytes. */
    final int[] lengths = new int[CAPACITY];

    /** Bytes of the IP header in front of the transport header: 20, but for an IPv6 packet that is being forwarded. */
    final int[] headers = new int[CAPACITY];

    /** Hash of the flow; 0 when the packet is not a plain TCP or UDP packet that could belong to a session. */
    final int[] hashes = new int[CAPACITY];

    /** The session and the direction; 0 without one, {@link #SETTLED} when nothing is left to be done. */
    final long[] references = new long[CAPACITY];

    /** How the sum under the transport checksum changes, besides addresses and ports. */
    final long[] transportChanges = new long[CAPACITY];

    /** Bytes of data in each fragment that the packet is to be sent as, a multiple of 8; 0 to send it whole. */
    final int[] cuts = new int[CAPACITY];

    /** Where the packet is to be cut: the identification that it came with. */
    final int[] identifications = new int[CAPACITY];

    /** Number of the neighbour to send to. */
    final int[] hops = new int[CAPACITY];
}
