package io.twoarm.bench;

import java.util.Locale;

/**
 * What the source sends, over and over.
 *
 * @param flows clients, each with an address and port of its own; 1 to 10,000,000
 * @param order in which the flows take turns
 * @param frameBytes Ethernet frame without its checksum, {@link #leastFrame} to 1514
 */
record Traffic(Mode mode, Protocol protocol, int flows, Order order, int frameBytes) {
    enum Protocol {
        /** One SYN for each flow, then segments with ACK. */
        TCP,
        UDP
    }

    enum Order {
        SEQUENTIAL,
        RANDOM
    }

    private static final int LEAST_PACKETS = 4096;
    /** All of the capture is held in packet buffers, 2.4 KB each; more flows than this take one turn each. */
    private static final int MOST_PACKETS = 500_000;

    /** The shortest Ethernet frame, 60 bytes, or what the headers need. */
    static int leastFrame(Mode mode, Protocol protocol) {
        int headers = 14 + (mode.wideClients ? 40 : 20) + (protocol == Protocol.TCP ? 20 : 8);
        return Math.max(60, headers);
    }

    /** How often each flow takes its turn in one round of the capture, its SYN not counted. */
    int turns() {
        int wanted = Math.max(1, LEAST_PACKETS / flows);
        int rather = protocol == Protocol.TCP ? 15 : 4;
        return Math.max(1, Math.min(Math.max(wanted, rather), MOST_PACKETS / flows - 1));
    }

    int packets() {
        return flows * (turns() + (protocol == Protocol.TCP ? 1 : 0));
    }

    @Override
    public String toString() {
        return "%s, %s, %,d flow%s%s, %d bytes"
                .formatted(
                        mode,
                        protocol,
                        flows,
                        flows == 1 ? "" : "s",
                        flows == 1 ? "" : " " + order.name().toLowerCase(Locale.ROOT),
                        frameBytes);
    }
}
