package io.twoarm.director.nat64;

import java.util.Arrays;
import java.util.List;

/** Ports of IPv6 hosts that have a configured binding, and the ports of the pool that stand for them. Immutable. */
final class ConfiguredPorts {
    private static final int NONE = -1;
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

    private final long[] highs;
    private final long[] lows;
    /** Protocol and port of the host; {@link #NONE} where a place is free. */
    private final int[] ends;

    private final int[] outsidePorts;
    private final int shift;

    ConfiguredPorts(List<StaticBinding> bindings) {
        int places = Integer.highestOneBit(Math.max(1, bindings.size()) * 4);
        shift = 64 - Integer.numberOfTrailingZeros(places);
        highs = new long[places];
        lows = new long[places];
        ends = new int[places];
        outsidePorts = new int[places];
        Arrays.fill(ends, NONE);
        bindings.forEach(this::enter);
    }

    private static int end(int protocol, int port) {
        return protocol << 16 | port;
    }

    private int first(long high, long low, int end) {
        long h = (high * FACTOR ^ low) * FACTOR;
        return (int) ((h ^ h >>> 32 ^ end) * FACTOR >>> shift);
    }

    private void enter(StaticBinding binding) {
        long high = binding.inside().high();
        long low = binding.inside().low();
        int end = end(binding.protocol(), binding.insidePort());
        int place = first(high, low, end);
        while (ends[place] != NONE) {
            place = place + 1 & ends.length - 1;
        }
        highs[place] = high;
        lows[place] = low;
        ends[place] = end;
        outsidePorts[place] = binding.outsidePort();
    }

    /** The port of the pool that stands for a host's port by configuration; {@code otherwise} where there is none. */
    int outsidePort(int protocol, long high, long low, int port, int otherwise) {
        int end = end(protocol, port);
        int place = first(high, low, end);
        while (ends[place] != NONE) {
            if (ends[place] == end && lows[place] == low && highs[place] == high) {
                return outsidePorts[place];
            }
            place = place + 1 & ends.length - 1;
        }
        return otherwise;
    }
}
