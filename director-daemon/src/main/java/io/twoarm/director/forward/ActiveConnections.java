package io.twoarm.director.forward;

import io.twoarm.director.address.WideKeyIndex;

/**
 * Data connections that FTP clients have announced and realservers have yet to open: at which address and port the director
 * waits for which realserver, and which client the connection is for. Bounded; the oldest makes room, and each is good for a
 * minute and for one connection. IPv4 addresses are mapped ones.
 */
final class ActiveConnections {
    static final int MOST = 256;
    private static final long PATIENCE_MICROS = 60_000_000;

    private final WideKeyIndex index = new WideKeyIndex(MOST);
    private final boolean[] open = new boolean[MOST];
    private final long[] localHighs = new long[MOST];
    private final long[] localLows = new long[MOST];
    private final int[] localPorts = new int[MOST];
    private final int[] realservers = new int[MOST];
    private final long[] serverHighs = new long[MOST];
    private final long[] serverLows = new long[MOST];
    private final long[] clientHighs = new long[MOST];
    private final long[] clientLows = new long[MOST];
    private final int[] clientPorts = new int[MOST];
    private final long[] virtualHighs = new long[MOST];
    private final long[] virtualLows = new long[MOST];
    private final long[] due = new long[MOST];
    private int hand;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** Number of what is expected at an address and port, or -1. */
    int find(long localHigh, long localLow, int localPort) {
        return size == 0 ? -1 : index.find(localHigh, localLow, localPort);
    }

    /** Whether the time of what is expected is over. */
    boolean isOver(int number, long nowMicros) {
        return due[number] <= nowMicros;
    }

    /** Expects a realserver at an address and port; whose connection follows from {@link #towards} and {@link #from}. */
    int expect(long localHigh, long localLow, int localPort, long nowMicros) {
        int known = find(localHigh, localLow, localPort);
        if (known >= 0) {
            forget(known);
        }
        int number = hand;
        hand = (hand + 1) % MOST;
        forget(number);
        localHighs[number] = localHigh;
        localLows[number] = localLow;
        localPorts[number] = localPort;
        due[number] = nowMicros + PATIENCE_MICROS;
        open[number] = true;
        index.put(localHigh, localLow, localPort, number);
        size++;
        return number;
    }

    /** Says which client is meant. */
    void towards(int number, long clientHigh, long clientLow, int clientPort) {
        clientHighs[number] = clientHigh;
        clientLows[number] = clientLow;
        clientPorts[number] = clientPort;
    }

    /** Says which realserver may connect, with its address, and which VIP the client knows it by. */
    void from(int number, int realserver, long serverHigh, long serverLow, long virtualHigh, long virtualLow) {
        realservers[number] = realserver;
        serverHighs[number] = serverHigh;
        serverLows[number] = serverLow;
        virtualHighs[number] = virtualHigh;
        virtualLows[number] = virtualLow;
    }

    void forget(int number) {
        if (open[number]) {
            open[number] = false;
            size--;
            index.remove(localHighs[number], localLows[number], localPorts[number]);
        }
    }

    long localHigh(int number) {
        return localHighs[number];
    }

    long localLow(int number) {
        return localLows[number];
    }

    int localPort(int number) {
        return localPorts[number];
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

    long clientHigh(int number) {
        return clientHighs[number];
    }

    long clientLow(int number) {
        return clientLows[number];
    }

    int clientPort(int number) {
        return clientPorts[number];
    }

    long virtualHigh(int number) {
        return virtualHighs[number];
    }

    long virtualLow(int number) {
        return virtualLows[number];
    }
}
