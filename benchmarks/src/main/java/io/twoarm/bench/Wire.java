package io.twoarm.bench;

import java.nio.ByteBuffer;

/**
 * Addresses of the measured wire. The director has one port; clients come through a gateway, realservers are neighbours.
 * An IPv6 address is a prefix of 96 bits and the same last four bytes as its IPv4 counterpart.
 */
final class Wire {
    /** 10.0.96.204, 2001:db8:96::a00:60cc. */
    static final int VIP = 0x0a0060cc;
    /** 10.0.96.254. */
    static final int GATEWAY = 0x0a0060fe;
    /** 192.168.229.1. */
    static final int FIRST_REALSERVER = 0xc0a8e501;
    /** 192.168.229.200. */
    static final int FIRST_LOCAL_ADDRESS = 0xc0a8e5c8;
    /** 172.16.0.1. */
    static final int FIRST_CLIENT = 0xac100001;

    static final int SERVICE_PORT = 80;
    static final int REALSERVERS = 8;
    static final int LOCAL_ADDRESSES = 20;

    /** Ports of each client address, from 1024 on. */
    static final int CLIENT_PORTS = 60_000;

    private static final String WIDE_OUTSIDE = "2001:db8:96::";
    private static final String WIDE_INSIDE = "2001:db8:229::";

    private Wire() {}

    static int clientAddress(int flow) {
        return FIRST_CLIENT + flow / CLIENT_PORTS;
    }

    static int clientPort(int flow) {
        return 1_024 + flow % CLIENT_PORTS;
    }

    static String text(int address) {
        return "%d.%d.%d.%d".formatted(address >>> 24, address >>> 16 & 0xff, address >>> 8 & 0xff, address & 0xff);
    }

    /** The IPv6 address of the VIP, the gateway or a client. */
    static String wideOutside(int address) {
        return WIDE_OUTSIDE + groups(address);
    }

    /** The IPv6 address of a realserver, or a local address. */
    static String wideInside(int address) {
        return WIDE_INSIDE + groups(address);
    }

    private static String groups(int address) {
        return "%x:%x".formatted(address >>> 16, address & 0xffff);
    }

    /** An IPv6 address in network byte order. */
    static byte[] wide(boolean inside, int address) {
        return ByteBuffer.allocate(16)
                .putShort((short) 0x2001)
                .putShort((short) 0x0db8)
                .putShort((short) (inside ? 0x229 : 0x96))
                .putShort(12, (short) (address >>> 16))
                .putShort(14, (short) address)
                .array();
    }
}
