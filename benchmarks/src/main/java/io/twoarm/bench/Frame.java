package io.twoarm.bench;

import java.nio.ByteBuffer;

/** Writes one Ethernet frame at a time into memory of its own. */
final class Frame {
    static final int SYN = 0x02;
    static final int ACK = 0x10;
    static final int CLIENT_ISN = 1_000;
    static final int REALSERVER_ISN = 5_000;
    private static final int ETHERNET = 14;
    private static final int SHORTEST = 60;
    private static final int ICMPV6 = 58;

    private final ByteBuffer bytes = ByteBuffer.allocate(2048);

    byte[] array() {
        return bytes.array();
    }

    int length() {
        return bytes.position();
    }

    /** An ARP reply (RFC 826). */
    Frame arpReply(int address, int asker) {
        ethernet(Stations.of(address), 0x0806);
        bytes.putShort((short) 1)
                .putShort((short) 0x0800)
                .put((byte) 6)
                .put((byte) 4)
                .putShort((short) 2);
        bytes.put(Stations.of(address)).putInt(address).put(Stations.DIRECTOR).putInt(asker);
        pad(SHORTEST);
        return this;
    }

    /** A solicited neighbour advertisement (RFC 4861, 4.4) with the target's link-layer address. */
    Frame neighbourAdvertisement(byte[] address, byte[] asker, byte[] station) {
        int length = 32;
        ethernet(station, 0x86dd);
        wideHeader(length, ICMPV6, 255, address, asker);
        bytes.put((byte) 136)
                .put((byte) 0)
                .putShort((short) 0)
                .putInt(0x60000000)
                .put(address);
        bytes.put((byte) 2).put((byte) 1).put(station);
        bytes.putShort(ETHERNET + 40 + 2, checksum(ETHERNET + 40, length, sum(address) + sum(asker) + ICMPV6 + length));
        return this;
    }

    /** A client's packet to the VIP, 0s for data. */
    Frame client(Traffic traffic, int flow, int flags) {
        boolean wide = traffic.mode().wideClients;
        int protocol = traffic.protocol() == Traffic.Protocol.TCP ? 6 : 17;
        int address = Wire.clientAddress(flow);
        int transport = traffic.frameBytes() - ETHERNET - (wide ? 40 : 20);
        int start = ETHERNET + (wide ? 40 : 20);
        int pseudo;
        ethernet(Stations.of(Wire.GATEWAY), wide ? 0x86dd : 0x0800);
        if (wide) {
            byte[] source = Wire.wide(false, address);
            byte[] destination = Wire.wide(false, Wire.VIP);
            wideHeader(transport, protocol, 64, source, destination);
            pseudo = sum(source) + sum(destination) + protocol + transport;
        } else {
            header(transport, protocol, flow, address);
            pseudo = (address >>> 16)
                    + (address & 0xffff)
                    + (Wire.VIP >>> 16)
                    + (Wire.VIP & 0xffff)
                    + protocol
                    + transport;
        }
        bytes.putShort((short) Wire.clientPort(flow)).putShort((short) Wire.SERVICE_PORT);
        if (protocol == 6) {
            bytes.putInt(flags == SYN ? CLIENT_ISN : CLIENT_ISN + 1).putInt(flags == SYN ? 0 : REALSERVER_ISN + 1);
            bytes.put((byte) 0x50).put((byte) flags).putShort((short) 64_000).putInt(0);
        } else {
            bytes.putShort((short) transport).putShort((short) 0);
        }
        pad(traffic.frameBytes());
        bytes.putShort(start + (protocol == 6 ? 16 : 6), checksum(start, transport, pseudo));
        return this;
    }

    private void ethernet(byte[] from, int type) {
        bytes.clear();
        bytes.put(Stations.DIRECTOR).put(from).putShort((short) type);
    }

    private void header(int payload, int protocol, int identification, int source) {
        bytes.put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (20 + payload))
                .putShort((short) identification)
                .putShort((short) 0x4000);
        bytes.put((byte) 64)
                .put((byte) protocol)
                .putShort((short) 0)
                .putInt(source)
                .putInt(Wire.VIP);
        bytes.putShort(ETHERNET + 10, checksum(ETHERNET, 20, 0));
    }

    private void wideHeader(int payload, int nextHeader, int hopLimit, byte[] source, byte[] destination) {
        bytes.putInt(0x60000000)
                .putShort((short) payload)
                .put((byte) nextHeader)
                .put((byte) hopLimit);
        bytes.put(source).put(destination);
    }

    private void pad(int length) {
        while (bytes.position() < length) {
            bytes.put((byte) 0);
        }
    }

    private static int sum(byte[] address) {
        ByteBuffer words = ByteBuffer.wrap(address);
        int sum = 0;
        while (words.hasRemaining()) {
            sum += words.getShort() & 0xffff;
        }
        return sum;
    }

    /** RFC 1071. */
    private short checksum(int from, int length, int initial) {
        int sum = initial;
        for (int at = 0; at + 1 < length; at += 2) {
            sum += bytes.getShort(from + at) & 0xffff;
        }
        if (length % 2 == 1) {
            sum += (bytes.get(from + length - 1) & 0xff) << 8;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = (sum & 0xffff) + (sum >>> 16);
        return (short) ~sum;
    }
}
