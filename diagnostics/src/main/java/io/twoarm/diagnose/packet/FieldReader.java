package io.twoarm.diagnose.packet;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Walks over a frame from its first byte to its last and notes the fields that it passes. Numbers are in network byte
 * order. Every method that would pass the end throws {@link CutShort}.
 */
final class FieldReader {
    private static final HexFormat HEX = HexFormat.of();
    private static final int SHOWN_BYTES = 32;

    private final byte[] bytes;
    private int at;
    private int end;
    private List<Field> fields = new ArrayList<>();

    /** What is read inside of a group; the text becomes the group's value. */
    interface Body {
        String read();
    }

    FieldReader(byte[] bytes) {
        this.bytes = bytes;
        end = bytes.length;
    }

    byte[] bytes() {
        return bytes;
    }

    int at() {
        return at;
    }

    int end() {
        return end;
    }

    int remaining() {
        return end - at;
    }

    List<Field> fields() {
        return List.copyOf(fields);
    }

    /** Lets what follows end after {@code length} more bytes, unless it ends before. */
    void limit(int length) {
        end = Math.min(end, at + Math.max(0, length));
    }

    /** Sets the end as it was; for after a nested part. */
    void endAt(int newEnd) {
        end = newEnd;
    }

    void jumpTo(int offset) {
        at = Math.min(offset, end);
    }

    private void need(int count) {
        if (count < 0 || count > end - at) {
            throw CutShort.INSTANCE;
        }
    }

    int peek8(int ahead) {
        need(ahead + 1);
        return bytes[at + ahead] & 0xff;
    }

    int peek16(int ahead) {
        return peek8(ahead) << 8 | peek8(ahead + 1);
    }

    long peek32(int ahead) {
        return (long) peek16(ahead) << 16 | peek16(ahead + 2);
    }

    int u8(String name) {
        int value = peek8(0);
        note(name, Integer.toString(value), 1);
        return value;
    }

    int u16(String name) {
        int value = peek16(0);
        note(name, Integer.toString(value), 2);
        return value;
    }

    long u32(String name) {
        long value = peek32(0);
        note(name, Long.toString(value), 4);
        return value;
    }

    /** A 16 or 32 bit number shown in hexadecimal. */
    long hex(String name, int length) {
        long value = length == 4 ? peek32(0) : length == 2 ? peek16(0) : peek8(0);
        note(name, "0x" + HEX.toHexDigits(value, 2 * length), length);
        return value;
    }

    InetAddress address(String name, int length) {
        need(length);
        InetAddress address = address(Arrays.copyOfRange(bytes, at, at + length));
        note(name, io.twoarm.model.IpLiteral.format(address), length);
        return address;
    }

    static InetAddress address(byte[] raw) {
        try {
            // Not by InetAddress, which makes an IPv4 address of an IPv4-mapped one.
            return raw.length == 4 ? InetAddress.getByAddress(raw) : Inet6Address.getByAddress(null, raw, -1);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    String mac(String name) {
        need(6);
        StringBuilder text = new StringBuilder(17);
        for (int i = 0; i < 6; i++) {
            if (i > 0) {
                text.append(':');
            }
            HEX.toHexDigits(text, bytes[at + i]);
        }
        note(name, text.toString(), 6);
        return text.toString();
    }

    /** Bytes as text; what is no printable ASCII character stands as a dot. */
    String ascii(int offset, int length) {
        StringBuilder text = new StringBuilder(length);
        for (byte each : Arrays.copyOfRange(bytes, offset, Math.min(end, offset + length))) {
            text.append(each >= ' ' && each < 127 ? (char) each : '.');
        }
        return text.toString();
    }

    String latin(int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }

    /** Bytes that are shown as they are: their number and the first of them. */
    void raw(String name, int length) {
        need(length);
        if (length > 0) {
            note(name, rawText(length), length);
        }
    }

    private String rawText(int length) {
        String shown = HEX.formatHex(bytes, at, at + Math.min(length, SHOWN_BYTES));
        return length + (length == 1 ? " byte: " : " bytes: ") + shown + (length > SHOWN_BYTES ? "…" : "");
    }

    /** Notes the next {@code length} bytes as a field and passes them. */
    void note(String name, String value, int length) {
        need(length);
        fields.add(new Field(name, value, at, length, List.of()));
        at += length;
    }

    /** Notes bytes without passing them, such as the bits of a byte. */
    void noteAt(String name, String value, int offset, int length) {
        fields.add(new Field(name, value, offset, length, List.of()));
    }

    void skip(int length) {
        need(length);
        at += length;
    }

    /** Reads a part with parts. When the frame ends in it, what is there of it is noted before {@link CutShort} passes. */
    void group(String name, Body body) {
        int start = at;
        List<Field> outer = fields;
        fields = new ArrayList<>();
        String value = "cut short";
        try {
            value = body.read();
        } catch (CutShort e) {
            if (remaining() > 0) {
                note("rest", rawText(remaining()), remaining());
            }
            throw e;
        } finally {
            outer.add(new Field(name, value, start, at - start, fields));
            fields = outer;
        }
    }
}
