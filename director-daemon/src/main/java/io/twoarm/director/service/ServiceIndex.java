package io.twoarm.director.service;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.WideKeyIndex;
import java.util.List;

/** Finds virtual services by VIP, port and protocol: open addressing, at most a quarter full. Never changes. */
final class ServiceIndex {
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

    private final long[] keys;
    private final int[] numbers;
    private final int shift;
    private final WideKeyIndex wide;

    ServiceIndex(List<ServiceDefinition> services) {
        int capacity = Integer.highestOneBit(Math.max(4, services.size()) * 8);
        keys = new long[capacity];
        numbers = new int[capacity];
        shift = 64 - Integer.numberOfTrailingZeros(capacity);
        wide = new WideKeyIndex(services.size());
        for (int i = 0; i < services.size(); i++) {
            ServiceDefinition service = services.get(i);
            if (service.match().isPresent()) {
                continue;
            }
            IpAddress address = service.address();
            int protocol = service.protocol().number();
            boolean known = address.isIpv4()
                    ? find((int) address.low(), service.port(), protocol) >= 0
                    : find(address.high(), address.low(), service.port(), protocol) >= 0;
            if (known) {
                throw new IllegalArgumentException("Virtual service " + service.protocol() + " "
                        + address.withPort(service.port()) + " is given twice; merge the two");
            }
            if (address.isIpv4()) {
                put(key((int) address.low(), service.port(), protocol), i);
            } else {
                wide.put(address.high(), address.low(), service.port() << 8 | protocol, i);
            }
        }
    }

    private void put(long key, int number) {
        int slot = (int) (key * FACTOR >>> shift);
        while (numbers[slot] != 0) {
            slot = slot + 1 & keys.length - 1;
        }
        keys[slot] = key;
        numbers[slot] = number + 1;
    }

    private static long key(int address, int port, int protocol) {
        return (long) address << 32 | (long) port << 8 | protocol;
    }

    int find(long high, long low, int port, int protocol) {
        return wide.find(high, low, port << 8 | protocol);
    }

    int find(int address, int port, int protocol) {
        long key = key(address, port, protocol);
        int slot = (int) (key * FACTOR >>> shift);
        while (numbers[slot] != 0) {
            if (keys[slot] == key) {
                return numbers[slot] - 1;
            }
            slot = slot + 1 & keys.length - 1;
        }
        return -1;
    }
}
