package io.twoarm.diagnose.packet;

import java.util.Optional;

/** One frame under way through the decoders: where they read, and what they have found. */
final class Decoding {
    // Tunnels in tunnels; a frame of nothing but 20-byte headers would go deeper than a stack.
    private static final int DEEPEST = 8;

    final FieldReader in;
    /** Whether this is what an ICMP error quotes: cut, and with checksums that need not be right. */
    final boolean quote;

    private int depth;
    private String prefix = "";
    String summary = "";
    Optional<Flow> flow = Optional.empty();
    Optional<TcpSegment> tcp = Optional.empty();
    Optional<Flow> quoted = Optional.empty();

    Decoding(FieldReader in, boolean quote, int depth) {
        this.in = in;
        this.quote = quote;
        this.depth = depth;
    }

    /** What the summary begins with, such as a VLAN or a tunnel. */
    void prefix(String text) {
        prefix += text;
    }

    String line() {
        return prefix + summary;
    }

    /** Whether one more packet within this one will be read. */
    boolean deeper() {
        return ++depth < DEEPEST;
    }

    /** The packet that an ICMP error quotes, up to the end. Returns its summary. */
    String quotedPacket(boolean ipv6) {
        Decoding inner = new Decoding(in, true, depth + 1);
        if (depth + 1 >= DEEPEST) {
            return "";
        }
        try {
            in.group("quoted packet", () -> {
                IpDecoder.packet(inner, ipv6);
                return inner.line();
            });
        } catch (CutShort e) {
            // As it should be: an error quotes only the beginning.
        }
        quoted = inner.flow;
        return inner.line();
    }
}
