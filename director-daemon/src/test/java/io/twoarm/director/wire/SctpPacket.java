package io.twoarm.director.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32C;

/** SCTP packets of tests (RFC 9260): one chunk, and the checksum by the JDK's own CRC32C. */
final class SctpPacket {
    private static final List<String> CHUNKS = List.of(
            "data",
            "init",
            "initack",
            "sack",
            "heartbeat",
            "heartbeatack",
            "abort",
            "shutdown",
            "shutdownack",
            "error",
            "cookieecho",
            "cookieack",
            "12",
            "13",
            "shutdowncomplete");
    private static final int HEADER = 12;
    private static final int CHUNK_HEADER = 4;
    private static final int CHECKSUM = 8;

    private SctpPacket() {}

    /** A packet whose chunk has some data behind its header. */
    static byte[] write(int source, int destination, long tag, String chunk, byte[] data, boolean damaged) {
        ByteBuffer sctp = ByteBuffer.allocate(HEADER + CHUNK_HEADER + data.length);
        sctp.putShort((short) source)
                .putShort((short) destination)
                .putInt((int) tag)
                .putInt(0);
        sctp.put((byte) CHUNKS.indexOf(chunk)).put((byte) 0).putShort((short) (CHUNK_HEADER + data.length));
        sctp.put(data);
        int sum = checksum(sctp.array(), 0, sctp.capacity());
        sctp.order(ByteOrder.LITTLE_ENDIAN).putInt(CHECKSUM, damaged ? sum ^ 1 : sum);
        return sctp.array();
    }

    private static int checksum(byte[] bytes, int from, int length) {
        byte[] packet = new byte[length];
        System.arraycopy(bytes, from, packet, 0, length);
        ByteBuffer.wrap(packet).putInt(CHECKSUM, 0);
        CRC32C crc = new CRC32C();
        crc.update(packet);
        return (int) crc.getValue();
    }

    /** Whether the checksum of a packet is right. */
    static boolean isRight(byte[] frame, int from, int length) {
        int stated = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).getInt(from + CHECKSUM);
        return stated == checksum(frame, from, length);
    }

    /** Name of the chunk type. */
    static String chunk(int type) {
        return type < CHUNKS.size() ? CHUNKS.get(type) : Integer.toString(type);
    }
}
