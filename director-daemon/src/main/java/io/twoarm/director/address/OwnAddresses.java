package io.twoarm.director.address;

import java.util.List;

/**
 * The director's own addresses of both families, found by address. Numbers have the first byte highest. Addresses that the
 * director does not hold now have a number, but are not found.
 */
public final class OwnAddresses {
    private static final int GOLDEN = 0x9E3779B9;

    private OwnAddress[] list;
    private long[] highs;
    private long[] lows;
    private int[] ports;
    private boolean[] unusable;
    private boolean[] tentative;
    private int[] slots;
    private int shift;
    private WideKeyIndex wide;
    private KernelAddresses kernel;

    /**
     * @throws IllegalArgumentException when an address is given twice
     */
    public OwnAddresses(List<OwnAddress> own) {
        list = own.toArray(OwnAddress[]::new);
        highs = new long[list.length];
        lows = new long[list.length];
        ports = new int[list.length];
        unusable = new boolean[list.length];
        tentative = new boolean[list.length];
        int capacity = Integer.highestOneBit(Math.max(8, list.length * 4));
        shift = 32 - Integer.numberOfTrailingZeros(capacity);
        slots = new int[capacity];
        wide = new WideKeyIndex(list.length);
        kernel = new KernelAddresses(own);
        for (int i = 0; i < list.length; i++) {
            IpAddress address = list[i].address();
            highs[i] = address.high();
            lows[i] = address.low();
            ports[i] = list[i].port();
            if (!list[i].role().isHeld()) {
                continue;
            }
            boolean known = address.isIpv4() ? contains((int) lows[i]) : wide.find(highs[i], lows[i], 0) >= 0;
            tentative[i] = !address.isIpv4() && list[i].role() != OwnAddress.Role.FLOATING;
            if (known) {
                throw new IllegalArgumentException("Own address " + address + " is given twice; once is enough");
            }
            if (address.isIpv4()) {
                enter(i);
            } else {
                wide.put(highs[i], lows[i], 0, i);
            }
        }
    }

    private void enter(int number) {
        int slot = (int) lows[number] * GOLDEN >>> shift;
        while (slots[slot] != 0) {
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = number + 1;
    }

    /** Takes the place of these addresses; of those that stay, what their check told stays too. For the worker, between two bursts. */
    public void adopt(OwnAddresses others) {
        for (int i = 0; i < others.list.length; i++) {
            int before = others.tentative[i] ? find(others.highs[i], others.lows[i]) : -1;
            if (before >= 0 && ports[before] == others.ports[i]) {
                others.tentative[i] = tentative[before];
                others.unusable[i] = unusable[before];
            }
        }
        tentative = others.tentative;
        list = others.list;
        highs = others.highs;
        lows = others.lows;
        ports = others.ports;
        unusable = others.unusable;
        slots = others.slots;
        shift = others.shift;
        wide = others.wide;
        kernel = others.kernel;
    }

    /** Number of an own IPv4 address, or -1. */
    public int find(int address) {
        int slot = address * GOLDEN >>> shift;
        for (int i = slots[slot]; i != 0; i = slots[slot = slot + 1 & slots.length - 1]) {
            if ((int) lows[i - 1] == address) {
                return i - 1;
            }
        }
        return -1;
    }

    /** Number of an own IPv6 address, or -1. */
    public int find(long high, long low) {
        return wide.find(high, low, 0);
    }

    public boolean contains(int address) {
        return find(address) >= 0;
    }

    /** Whether an IPv4 address is own and belongs to the port, so that ARP there answers for it. */
    public boolean isOnPort(int address, int port) {
        int i = find(address);
        return i >= 0 && ports[i] == port;
    }

    /** Whether the director has an address now; others are only known by their numbers. */
    public boolean isHeld(int number) {
        return list[number].role().isHeld();
    }

    /** The kernel's own addresses on its twins of the ports. */
    public KernelAddresses kernel() {
        return kernel;
    }

    public int size() {
        return list.length;
    }

    public OwnAddress get(int number) {
        return list[number];
    }

    /** Port index of an own address by its number. */
    public int port(int number) {
        return ports[number];
    }

    public boolean isIpv4(int number) {
        return Ipv6Address.isMapped(highs[number], lows[number]);
    }

    /** An own IPv4 address by its number. */
    public int address(int number) {
        return (int) lows[number];
    }

    /** First half of an own address by its number. */
    public long high(int number) {
        return highs[number];
    }

    /** Second half of an own address by its number. */
    public long low(int number) {
        return lows[number];
    }

    /** Whether another station turned out to have the address (RFC 4862, 5.4.5); it is not answered for then. */
    public boolean isUnusable(int number) {
        return unusable[number];
    }

    public void markUnusable(int number) {
        unusable[number] = true;
        tentative[number] = false;
    }

    /** Whether nobody has yet had the time to claim an IPv6 address. */
    public boolean isTentative(int number) {
        return tentative[number];
    }

    public void markChecked(int number) {
        tentative[number] = false;
    }

    public boolean hasTentative() {
        for (boolean one : tentative) {
            if (one) {
                return true;
            }
        }
        return false;
    }

    /**
     * The own IPv4 address to speak from on a port: the one that shares the longest prefix with the other side, so that
     * another subnet's VIP is not used where the port has an address of the right one. 0 when the port has none.
     */
    public int sourceFor(int port, int other) {
        int best = 0;
        int bestPrefix = -1;
        for (int i = 0; i < list.length; i++) {
            int prefix = Integer.numberOfLeadingZeros((int) lows[i] ^ other);
            if (ports[i] == port && prefix > bestPrefix && isIpv4(i) && isHeld(i)) {
                best = (int) lows[i];
                bestPrefix = prefix;
            }
        }
        return best;
    }

    /** Number of the own IPv6 address to speak from on a port, by the longest common prefix; -1 when it has none. */
    public int sourceFor(int port, long high, long low) {
        int best = -1;
        int bestPrefix = -1;
        for (int i = 0; i < list.length; i++) {
            long highDifference = highs[i] ^ high;
            int prefix = highDifference != 0
                    ? Long.numberOfLeadingZeros(highDifference)
                    : 64 + Long.numberOfLeadingZeros(lows[i] ^ low);
            if (ports[i] == port && prefix > bestPrefix && !isIpv4(i) && !unusable[i] && isHeld(i)) {
                best = i;
                bestPrefix = prefix;
            }
        }
        return best;
    }
}
