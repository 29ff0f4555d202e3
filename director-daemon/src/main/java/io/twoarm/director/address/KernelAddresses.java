package io.twoarm.director.address;

import java.util.List;

/**
 * Addresses that are the kernel's on its twins of the ports, found by address and port. They are few, so they are looked
 * through one by one; only packets to no address of the director come here.
 */
public final class KernelAddresses {
    private final long[] highs;
    private final long[] lows;
    private final int[] ports;

    KernelAddresses(List<OwnAddress> all) {
        List<OwnAddress> kernels =
                all.stream().filter(own -> own.role() == OwnAddress.Role.KERNEL).toList();
        highs = kernels.stream().mapToLong(own -> own.address().high()).toArray();
        lows = kernels.stream().mapToLong(own -> own.address().low()).toArray();
        ports = kernels.stream().mapToInt(OwnAddress::port).toArray();
    }

    /** Whether an IPv4 address is the kernel's on a port. */
    public boolean contains(int address, int port) {
        return contains(0, Ipv6Address.mapped(address), port);
    }

    /** Whether an IPv6 address is the kernel's on a port. */
    public boolean contains(long high, long low, int port) {
        for (int i = 0; i < ports.length; i++) {
            if (ports[i] == port && lows[i] == low && highs[i] == high) {
                return true;
            }
        }
        return false;
    }
}
