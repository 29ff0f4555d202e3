package io.twoarm.director.forward;

import io.twoarm.director.address.WideKeyIndex;

/**
 * Data connections that FTP servers have announced and clients have yet to open: who may open one, to which address and
 * port, and which realserver waits for it from which local address. Bounded; the oldest makes room, and each is good for a
 * minute and for one connection. IPv4 addresses are mapped ones.
 */
final class PassiveConnections {
    static final int MOST = 256;
    private static final long PATIENCE_MICROS = 60_000_000;

    private final WideKeyIndex index = new WideKeyIndex(MOST);
    private final boolean[] open = new boolean[MOST];
    private final long[] clientHighs = new long[MOST];
    private final long[] clientLows = new long[MOST];
    private final long[] virtualHighs = new long[MOST];
    private final long[] virtualLows = new long[MOST];
    private final int[] ports = new int[MOST];
    private final int[] realservers = new int[MOST];
    private final long[] serverHighs = new long[MOST];
    private final long[] serverLows = new long[MOST];
    private final long[] localHighs = new long[MOST];
    private final long[] localLows = new long[MOST];
    private final long[] due = new long[MOST];
    private int hand;

    /** Expects a client at a port; whose connection follows from {@link #lead} and {@link #towards}. */
    int expect(long clientHigh, long clientLow, int port, long nowMicros) {
        int known = index.find(clientHigh, clientLow, port);
        int number = known;
        if (known < 0) {
            number = hand;
            hand = (hand + 1) % MOST;
            forget(number);
            clientHighs[number] = clientHigh;
            clientLows[number] = clientLow;
            ports[number] = port;
            index.put(clientHigh, clientLow, port, number);
            open[number] = true;
        }
        due[number] = nowMicros + PATIENCE_MICROS;
        return number;
    }

    /** Says to which address the client will connect. */
    void lead(int number, long virtualHigh, long virtualLow) {
        virtualHighs[number] = virtualHigh;
        virtualLows[number] = virtualLow;
    }

    /** Says which realserver is meant, with its address, and the local address that it knows the client by. */
    void towards(int number, int realserver, long serverHigh, long serverLow, long localHigh, long localLow) {
        realservers[number] = realserver;
        serverHighs[number] = serverHigh;
        serverLows[number] = serverLow;
        localHighs[number] = localHigh;
        localLows[number] = localLow;
    }

    /** The number of what a client was promised, or -1; good until it is forgotten. */
    int find(long clientHigh, long clientLow, long virtualHigh, long virtualLow, int port, long nowMicros) {
        int number = index.find(clientHigh, clientLow, port);
        boolean meant = number >= 0
                && virtualHighs[number] == virtualHigh
                && virtualLows[number] == virtualLow
                && due[number] > nowMicros;
        return meant ? number : -1;
    }

    void forget(int number) {
        if (open[number]) {
            open[number] = false;
            index.remove(clientHighs[number], clientLows[number], ports[number]);
        }
    }

    int port(int number) {
        return ports[number];
    }

    int realserver(int number) {
        return realservers[number];
    }

    long serverHigh(int number) {
        return serverHighs[number];
    }

    long serverLow(int number) {
        return serverLows[number];
    }

    long localHigh(int number) {
        return localHighs[number];
    }

    long localLow(int number) {
        return localLows[number];
    }
}
