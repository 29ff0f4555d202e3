package io.twoarm.director.bundle;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a POSIX ustar archive (IEEE 1003.1, pax interchange format, section ustar) without owners: user and group 0, one
 * time for all entries.
 *
 * <pre>
 *   0 name 100 | 100 mode 8 | 108 uid 8 | 116 gid 8 | 124 size 12 | 136 mtime 12 | 148 checksum 8 | 156 type 1
 * 157 link 100 | 257 "ustar\0" "00" | 345 prefix 155 | 500 zero 12
 * </pre>
 */
final class TarWriter implements AutoCloseable {
    private static final int BLOCK = 512;
    private static final int NAME_BYTES = 100;
    private static final int CHECKSUM_OFFSET = 148;
    private static final int CHECKSUM_BYTES = 8;

    private final OutputStream out;
    private final long seconds;

    /** @param seconds time of all entries, since 1970 */
    TarWriter(OutputStream out, long seconds) {
        this.out = out;
        this.seconds = seconds;
    }

    void folder(String name) throws IOException {
        out.write(header(name + "/", 0755, 0, '5', ""));
    }

    void file(String name, byte[] content, boolean executable) throws IOException {
        out.write(header(name, executable ? 0755 : 0644, content.length, '0', ""));
        out.write(content);
        out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    /** @param target as the link says it */
    void symbolicLink(String name, String target) throws IOException {
        out.write(header(name, 0777, 0, '2', target));
    }

    private byte[] header(String name, int mode, long size, char type, String link) {
        byte[] block = new byte[BLOCK];
        putText(block, 0, NAME_BYTES, name);
        putOctal(block, 100, 8, mode);
        putOctal(block, 108, 8, 0);
        putOctal(block, 116, 8, 0);
        putOctal(block, 124, 12, size);
        putOctal(block, 136, 12, seconds);
        block[156] = (byte) type;
        putText(block, 157, NAME_BYTES, link);
        putText(block, 257, 8, "ustar\00000");
        Arrays.fill(block, CHECKSUM_OFFSET, CHECKSUM_OFFSET + CHECKSUM_BYTES, (byte) ' ');
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        putOctal(block, CHECKSUM_OFFSET, 7, sum);
        return block;
    }

    private static void putText(byte[] block, int offset, int bytes, String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        if (encoded.length > bytes) {
            throw new IllegalArgumentException("longer than " + bytes + " bytes: " + text);
        }
        System.arraycopy(encoded, 0, block, offset, encoded.length);
    }

    /** Octal digits and a final NUL. */
    private static void putOctal(byte[] block, int offset, int bytes, long value) {
        putText(block, offset, bytes - 1, String.format("%0" + (bytes - 1) + "o", value));
    }

    /** Two blocks of zeros end the archive. */
    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.close();
    }
}
