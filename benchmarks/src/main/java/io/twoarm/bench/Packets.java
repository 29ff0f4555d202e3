package io.twoarm.bench;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Makes frames for the director, of any kind, checksums included. */
final class Packets {
    static final int ICMP = 1;
    static final int TCP = 6;
    static final int UDP = 17;
    static final int ICMPV6 = 58;
    /** RFC 791: more fragments follow. */
    static final int MORE_FRAGMENTS = 0x2000;

    private static final int SHORTEST = 60;
    private static final int SEGMENT = 20;
    private static final int TTL = 64;

    private Packets() {}

    /** A frame from a neighbour. */
    static byte[] frame(int neighbour, int type, byte[] packet) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.max(SHORTEST, 14 + packet.length));
        bytes.put(Stations.DIRECTOR)
                .put(Stations.of(neighbour))
                .putShort((short) type)
                .put(packet);
        return bytes.array();
    }

    /** An IPv4 packet (RFC 791) that may be cut into fragments. */
    static byte[] ipv4(int source, int destination, int protocol, byte[] payload) {
        return ipv4(source, destination, protocol, TTL, 0, payload);
    }

    /** @param fragment flags and offset in eights of bytes */
    static byte[] ipv4(int source, int destination, int protocol, int ttl, int fragment, byte[] payload) {
        ByteBuffer bytes = ByteBuffer.allocate(20 + payload.length);
        bytes.putShort((short) 0x4500).putShort((short) bytes.capacity()).putShort((short) 77);
        bytes.putShort((short) fragment).put((byte) ttl).put((byte) protocol).putShort((short) 0);
        bytes.putInt(source).putInt(destination).put(payload);
        bytes.putShort(10, checksum(Arrays.copyOf(bytes.array(), 20), 0));
        return bytes.array();
    }

    /** An IPv6 packet (RFC 8200). */
    static byte[] ipv6(byte[] source, byte[] destination, int next, int hopLimit, byte[] payload) {
        ByteBuffer bytes = ByteBuffer.allocate(40 + payload.length);
        bytes.putInt(0x60000000)
                .putShort((short) payload.length)
                .put((byte) next)
                .put((byte) hopLimit);
        return bytes.put(source).put(destination).put(payload).array();
    }

    /** A TCP segment (RFC 9293) without options and data. */
    static byte[] tcp(byte[] source, int sourcePort, byte[] destination, int port, int flags) {
        ByteBuffer bytes = ByteBuffer.allocate(SEGMENT);
        bytes.putShort((short) sourcePort).putShort((short) port);
        boolean first = (flags & Frame.ACK) == 0;
        bytes.putInt(first ? Frame.CLIENT_ISN : Frame.CLIENT_ISN + 1).putInt(first ? 0 : Frame.REALSERVER_ISN + 1);
        bytes.put((byte) 0x50).put((byte) flags).putShort((short) 64_000);
        bytes.putShort(16, checksum(bytes.array(), pseudo(source, destination, TCP, SEGMENT)));
        return bytes.array();
    }

    /** A datagram (RFC 768), 0s for data. */
    static byte[] udp(byte[] source, int sourcePort, byte[] destination, int port, int data) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + data);
        bytes.putShort((short) sourcePort).putShort((short) port).putShort((short) (8 + data));
        bytes.putShort(6, checksum(bytes.array(), pseudo(source, destination, UDP, 8 + data)));
        return bytes.array();
    }

    /** ICMP (RFC 792). */
    static byte[] icmp(int type, int code, byte[] body) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + body.length);
        bytes.put((byte) type).put((byte) code).position(8).put(body);
        bytes.putShort(2, checksum(bytes.array(), 0));
        return bytes.array();
    }

    /** ICMPv6 (RFC 4443). */
    static byte[] icmpv6(byte[] source, byte[] destination, int type, byte[] body) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + body.length);
        bytes.put((byte) type).position(8).put(body);
        bytes.putShort(2, checksum(bytes.array(), pseudo(source, destination, ICMPV6, bytes.capacity())));
        return bytes.array();
    }

    /** An IPv4 address in network byte order. */
    static byte[] address(int address) {
        return ByteBuffer.allocate(4).putInt(address).array();
    }

    private static int pseudo(byte[] source, byte[] destination, int protocol, int length) {
        return sum(source) + sum(destination) + protocol + length;
    }

    private static int sum(byte[] data) {
        int sum = 0;
        for (int at = 0; at < data.length; at++) {
            sum += at % 2 == 0 ? (data[at] & 0xff) << 8 : data[at] & 0xff;
        }
        return sum;
    }

    /** RFC 1071. */
    static short checksum(byte[] data, int initial) {
        int sum = initial + sum(data);
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = (sum & 0xffff) + (sum >>> 16);
        return (short) ~sum;
    }
}
