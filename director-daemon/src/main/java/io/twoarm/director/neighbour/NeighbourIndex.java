package io.twoarm.director.neighbour;

/** Finds neighbours by port and address: open addressing, at most half full, deletion closes the gap. */
final class NeighbourIndex {
    private static final int GOLDEN = 0x9E3779B9;
    private static final int PORT_FACTOR = 0x85EBCA6B;

    private final int[] numbers;
    private final int[] addresses;
    private final int[] ports;
    private final int mask;
    private final int shift;

    NeighbourIndex(int limit) {
        int capacity = Integer.highestOneBit(limit * 4 - 1);
        numbers = new int[capacity];
        addresses = new int[capacity];
        ports = new int[capacity];
        mask = capacity - 1;
        shift = 32 - Integer.numberOfTrailingZeros(capacity);
    }

    private int home(int port, int address) {
        return (address ^ port * PORT_FACTOR) * GOLDEN >>> shift;
    }

    private int slot(int port, int address) {
        int slot = home(port, address);
        while (numbers[slot] != 0 && (addresses[slot] != address || ports[slot] != port)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** Number of a neighbour, or -1. */
    int find(int port, int address) {
        return numbers[slot(port, address)] - 1;
    }

    void put(int port, int address, int number) {
        int slot = slot(port, address);
        numbers[slot] = number + 1;
        addresses[slot] = address;
        ports[slot] = port;
    }

    void remove(int port, int address) {
        int gap = slot(port, address);
        if (numbers[gap] == 0) {
            return;
        }
        int slot = gap;
        while (true) {
            slot = slot + 1 & mask;
            if (numbers[slot] == 0) {
                break;
            }
            int home = home(ports[slot], addresses[slot]);
            if ((slot - home & mask) >= (slot - gap & mask)) {
                numbers[gap] = numbers[slot];
                addresses[gap] = addresses[slot];
                ports[gap] = ports[slot];
                gap = slot;
            }
        }
        numbers[gap] = 0;
    }
}
