package io.twoarm.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A TCP segment over IPv4 as it was captured on a wire, decoded from its bytes alone.
 *
 * @param source {@code address:port}
 * @param options TCP options without end and padding
 * @param ipChecksumRight whether the header's checksum (RFC 791) is right
 * @param tcpChecksumRight whether the segment's checksum with pseudo-header (RFC 9293) is right
 */
record CapturedSegment(
        String source,
        String destination,
        int flags,
        long sequence,
        long acknowledgement,
        List<Option> options,
        int payloadBytes,
        boolean ipChecksumRight,
        boolean tcpChecksumRight) {
    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int ACK = 16;

    private static final int ETHERNET_HEADER = 14;
    private static final int PCAP_HEADER = 24;
    private static final int PCAP_RECORD_HEADER = 16;

    /** @param data what follows kind and length */
    record Option(int kind, byte[] data) {}

    Optional<Option> option(int kind) {
        return options.stream().filter(option -> option.kind() == kind).findFirst();
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** All TCP segments of a pcap file (little-endian, link type Ethernet), in order; a record cut off at the end is left out. */
    static List<CapturedSegment> ofPcap(byte[] pcap) {
        List<CapturedSegment> segments = new ArrayList<>();
        ByteBuffer file = ByteBuffer.wrap(pcap).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        file.position(PCAP_HEADER);
        while (file.remaining() >= PCAP_RECORD_HEADER) {
            int length = file.getInt(file.position() + 8);
            file.position(file.position() + PCAP_RECORD_HEADER);
            if (file.remaining() < length) {
                break;
            }
            byte[] frame = new byte[length];
            file.get(frame);
            ofFrame(frame).ifPresent(segments::add);
        }
        return segments;
    }

    static Optional<CapturedSegment> ofFrame(byte[] frame) {
        if (frame.length < ETHERNET_HEADER + 40 || unsigned16(frame, 12) != 0x0800) {
            return Optional.empty();
        }
        byte[] packet =
                Arrays.copyOfRange(frame, ETHERNET_HEADER, ETHERNET_HEADER + unsigned16(frame, ETHERNET_HEADER + 2));
        if (packet[9] != 6) {
            return Optional.empty();
        }
        int ipHeader = (packet[0] & 15) * 4;
        byte[] tcp = Arrays.copyOfRange(packet, ipHeader, packet.length);
        int tcpHeader = ((tcp[12] >> 4) & 15) * 4;
        return Optional.of(new CapturedSegment(
                address(packet, 12) + ":" + unsigned16(tcp, 0),
                address(packet, 16) + ":" + unsigned16(tcp, 2),
                tcp[13] & 0xff,
                unsigned32(tcp, 4),
                unsigned32(tcp, 8),
                options(tcp, tcpHeader),
                tcp.length - tcpHeader,
                sum(packet, 0, ipHeader, 0) == 0xffff,
                sum(tcp, 0, tcp.length, pseudoHeader(packet, tcp.length)) == 0xffff));
    }

    private static List<Option> options(byte[] tcp, int headerLength) {
        List<Option> options = new ArrayList<>();
        int at = 20;
        while (at < headerLength && tcp[at] != 0) {
            if (tcp[at] == 1) {
                at++;
                continue;
            }
            int length = tcp[at + 1] & 0xff;
            options.add(new Option(tcp[at] & 0xff, Arrays.copyOfRange(tcp, at + 2, at + length)));
            at += length;
        }
        return options;
    }

    private static int pseudoHeader(byte[] packet, int tcpLength) {
        return sum(packet, 12, 8, 6 + tcpLength);
    }

    /** The one's complement sum of 16-bit words, folded. */
    private static int sum(byte[] bytes, int from, int length, int start) {
        int sum = start;
        for (int i = 0; i < length; i += 2) {
            sum += (bytes[from + i] & 0xff) << 8 | (i + 1 < length ? bytes[from + i + 1] & 0xff : 0);
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }

    private static String address(byte[] bytes, int at) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4))
                    .getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    static int unsigned16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    private static long unsigned32(byte[] bytes, int at) {
        return (long) unsigned16(bytes, at) << 16 | unsigned16(bytes, at + 2);
    }
}
