package io.twoarm.director.neighbour;

import static io.twoarm.director.neighbour.NeighbourRecord.ADDRESS_OFFSET;
import static io.twoarm.director.neighbour.NeighbourRecord.GIVEN_OFFSET;
import static io.twoarm.director.neighbour.NeighbourRecord.PORT_OFFSET;
import static io.twoarm.director.neighbour.NeighbourRecord.REFERENCES_OFFSET;
import static io.twoarm.director.neighbour.NeighbourRecord.STATE_OFFSET;
import static io.twoarm.director.neighbour.NeighbourRecord.WAITING_OFFSET;
import static io.twoarm.director.neighbour.NeighbourRecord.WIDE_OFFSET;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.address.WideKeyIndex;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.packet.EthernetHeader;

/**
 * The records of neighbours by port and address. When all are taken, one that no session points to, that nobody gave and that
 * no packet waits for makes room; some are looked at, each time from where the last search ended.
 */
final class NeighbourRecords {
    private static final int EVICTION_SEARCH = 64;

    private final Emitter emitter;
    private final long base;
    private final int limit;
    private final NeighbourIndex index;
    private final WideKeyIndex wideIndex;
    private final long[] highs;
    private final long[] lows;
    private int highest;
    private int evictionHand;

    /** @param limit most neighbours */
    NeighbourRecords(Emitter emitter, NativeMemory memory, int limit) {
        this.emitter = emitter;
        this.limit = limit;
        base = Mem.pointer(memory.allocate((long) limit * NeighbourRecord.SIZE, NeighbourRecord.SIZE));
        index = new NeighbourIndex(limit);
        wideIndex = new WideKeyIndex(limit);
        highs = new long[limit];
        lows = new long[limit];
    }

    /** Address of the first record; each has {@link NeighbourRecord#SIZE} bytes. */
    long base() {
        return base;
    }

    int limit() {
        return limit;
    }

    private long record(int number) {
        return base + (long) number * NeighbourRecord.SIZE;
    }

    /** The first half of an IPv6 neighbour's address. */
    long high(int number) {
        return highs[number];
    }

    /** The second half of an IPv6 neighbour's address. */
    long low(int number) {
        return lows[number];
    }

    /** Numbers in use are below this. */
    int highest() {
        return highest;
    }

    /** Number of a neighbour, or -1. */
    int find(int port, int address) {
        return index.find(port, address);
    }

    /** Number of a neighbour, made if need be; -1 when the table is full of neighbours in use. */
    int findOrCreate(int port, int address) {
        int number = index.find(port, address);
        if (number < 0) {
            number = create(port, EthernetHeader.TYPE_IPV4);
            if (number >= 0) {
                Mem.putInt(record(number) + ADDRESS_OFFSET, address);
                index.put(port, address, number);
            }
        }
        return number;
    }

    /** Number of an IPv6 neighbour, or -1. */
    int find(int port, long high, long low) {
        return wideIndex.find(high, low, port);
    }

    /** Number of an IPv6 neighbour, made if need be; -1 when the table is full of neighbours in use. */
    int findOrCreate(int port, long high, long low) {
        int number = wideIndex.find(high, low, port);
        if (number < 0) {
            number = create(port, EthernetHeader.TYPE_IPV6);
            if (number >= 0) {
                Mem.putInt(record(number) + WIDE_OFFSET, 1);
                highs[number] = high;
                lows[number] = low;
                wideIndex.put(high, low, port, number);
            }
        }
        return number;
    }

    /** A neighbour's address by its number. Any thread may ask. */
    IpAddress address(int number) {
        long record = record(number);
        return Mem.getInt(record + WIDE_OFFSET) == 0
                ? new Ipv4Address(Mem.getInt(record + ADDRESS_OFFSET))
                : new Ipv6Address(highs[number], lows[number]);
    }

    /** A number whose record is empty but for the port; -1 when there is none. */
    private int create(int port, int etherType) {
        int number = highest < limit ? highest++ : evict();
        if (number < 0) {
            return -1;
        }
        long record = record(number);
        for (int i = 0; i < NeighbourRecord.SIZE; i += 8) {
            Mem.putLong(record + i, 0);
        }
        EthernetHeader.write(record, 0, emitter.mac(port), etherType);
        Mem.putShort(record + PORT_OFFSET, (short) port);
        Mem.putInt(record + STATE_OFFSET, NeighbourTable.IDLE);
        return number;
    }

    private int evict() {
        for (int i = 0; i < EVICTION_SEARCH; i++) {
            evictionHand = evictionHand + 1 < limit ? evictionHand + 1 : 0;
            long record = record(evictionHand);
            if (Mem.getInt(record + REFERENCES_OFFSET) == 0
                    && Mem.getInt(record + WAITING_OFFSET) == 0
                    && Mem.getInt(record + GIVEN_OFFSET) == 0) {
                if (Mem.getInt(record + WIDE_OFFSET) == 0) {
                    index.remove(NeighbourTable.port(record), Mem.getInt(record + ADDRESS_OFFSET));
                } else {
                    wideIndex.remove(highs[evictionHand], lows[evictionHand], NeighbourTable.port(record));
                }
                return evictionHand;
            }
        }
        return -1;
    }
}
