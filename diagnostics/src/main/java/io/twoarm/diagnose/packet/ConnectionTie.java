package io.twoarm.diagnose.packet;

import java.util.Arrays;
import java.util.Optional;

/**
 * What ties a frame to a connection. It is read of every frame of a capture, so TCP and UDP straight over IP, which most
 * frames are, are read without making a {@link DecodedFrame}; what comes out is the same.
 *
 * <pre>
 *   Ethernet (IEEE 802.3):  destination 6, source 6, type 2
 *   IPv4 (RFC 791):         4 and header length 1, 1, total length 2, 2, flags and offset 2, 1, protocol 1, 2, source 4, destination 4
 *   IPv6 (RFC 8200):        4, payload length 2, next header 1, 1, source 16, destination 16
 *   TCP (RFC 9293):         source port 2, destination port 2, 8, header length 1, flags 1, 6, options
 * </pre>
 *
 * @param flow as {@link DecodedFrame#flow}
 * @param quoted the flow of the packet that an ICMP error quotes
 * @param client whom a TOA option names
 * @param opens whether it asks for a new TCP connection
 */
public record ConnectionTie(Optional<Flow> flow, Optional<Flow> quoted, Optional<Endpoint> client, boolean opens) {
    private static final int TYPE_AT = 12;
    private static final int IP_AT = 14;
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;
    private static final int IPV4_HEADER = 20;
    private static final int IPV4_WITHOUT_OPTIONS = 0x45;
    private static final int FRAGMENT_BITS = 0x3fff;
    private static final int IPV6_HEADER = 40;
    private static final int UDP_HEADER = 8;
    private static final int TCP_HEADER = 20;

    /** @param linkType of the file or stream that the frame came in */
    public static ConnectionTie of(int linkType, byte[] frame) {
        Optional<ConnectionTie> glanced = linkType == FrameDecoder.ETHERNET ? glance(frame) : Optional.empty();
        return glanced.orElseGet(() -> of(FrameDecoder.decode(linkType, frame)));
    }

    static ConnectionTie of(DecodedFrame decoded) {
        return new ConnectionTie(
                decoded.flow(),
                decoded.quoted(),
                decoded.tcp().flatMap(TcpSegment::client),
                decoded.tcp().filter(TcpSegment::opens).isPresent());
    }

    /** Empty for whatever has more to it. */
    private static Optional<ConnectionTie> glance(byte[] frame) {
        if (frame.length < IP_AT + IPV4_HEADER) {
            return Optional.empty();
        }
        return switch (u16(frame, TYPE_AT)) {
            case IPV4 ->
                u8(frame, IP_AT) == IPV4_WITHOUT_OPTIONS && (u16(frame, IP_AT + 6) & FRAGMENT_BITS) == 0
                        ? transport(
                                frame,
                                u8(frame, IP_AT + 9),
                                IP_AT + 12,
                                4,
                                IP_AT + IPV4_HEADER,
                                u16(frame, IP_AT + 2) - IPV4_HEADER)
                        : Optional.empty();
            case IPV6 ->
                frame.length >= IP_AT + IPV6_HEADER
                        ? transport(
                                frame, u8(frame, IP_AT + 6), IP_AT + 8, 16, IP_AT + IPV6_HEADER, u16(frame, IP_AT + 4))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /**
     * @param addresses where the source address begins, which the destination follows
     * @param payload bytes that the IP header says there are from {@code at} on
     */
    private static Optional<ConnectionTie> transport(
            byte[] frame, int protocol, int addresses, int length, int at, int payload) {
        int there = Math.min(payload, frame.length - at);
        boolean opens = false;
        switch (protocol) {
            case Flow.UDP -> {
                if (there < UDP_HEADER) {
                    return Optional.empty();
                }
            }
            case Flow.TCP -> {
                if (there < TCP_HEADER || !plain(frame, at, there)) {
                    return Optional.empty();
                }
                opens = (u8(frame, at + 13) & (TcpSegment.SYN | TcpSegment.ACK)) == TcpSegment.SYN;
            }
            default -> {
                return Optional.empty();
            }
        }
        Flow flow = new Flow(
                protocol,
                endpoint(frame, addresses, length, u16(frame, at)),
                endpoint(frame, addresses + length, length, u16(frame, at + 2)));
        return Optional.of(new ConnectionTie(Optional.of(flow), Optional.empty(), Optional.empty(), opens));
    }

    /** Whether a TCP header is all there and has no option that may name a client. */
    private static boolean plain(byte[] frame, int at, int there) {
        int header = (u8(frame, at + 12) >> 4) * 4;
        if (header < TCP_HEADER || header > there) {
            return false;
        }
        int end = at + header;
        int option = at + TCP_HEADER;
        while (option < end && u8(frame, option) != 0) {
            if (u8(frame, option) == 1) {
                option++;
            } else if (TcpDecoder.mayNameClient(u8(frame, option))) {
                return false;
            } else if (option + 1 >= end || u8(frame, option + 1) < 2) {
                // What follows an impossible length is no option.
                return true;
            } else {
                option += u8(frame, option + 1);
            }
        }
        return true;
    }

    private static Endpoint endpoint(byte[] frame, int at, int length, int port) {
        return new Endpoint(FieldReader.address(Arrays.copyOfRange(frame, at, at + length)), port);
    }

    private static int u8(byte[] frame, int at) {
        return frame[at] & 0xff;
    }

    private static int u16(byte[] frame, int at) {
        return u8(frame, at) << 8 | u8(frame, at + 1);
    }
}
