package io.twoarm.director.packet;

import io.twoarm.director.memory.Mem;

/**
 * Replies of an FTP server that announce a port for data: 227 with address and port (RFC 959, 4.1.2), 229 with a port alone
 * (RFC 2428, 3). One line is read, which must be whole. What was found stays in the object until the next reading.
 *
 * <p>An address is replaced without changing the length of the line, so that no sequence number moves: a shorter one is made
 * up for by spaces at the end of the line, a longer one by letters of the sentence in front, which no client reads (RFC 1123,
 * 4.1.2.6).
 */
public final class FtpReply {
    /** Neither of the two. */
    public static final int OTHER = 0;

    /** Reply 227. */
    public static final int PASSIVE = 227;

    /** Reply 229. */
    public static final int EXTENDED_PASSIVE = 229;

    /** Longest line that is looked at, in bytes. */
    public static final int LONGEST = 256;

    private static final int CODE_SIZE = 4;
    private static final int NUMBERS = 6;

    private final long scratch;
    private int port;
    private int address;
    private int from;
    private int to;

    /**
     * @param scratch {@link #LONGEST} bytes that are the object's
     */
    public FtpReply(long scratch) {
        this.scratch = scratch;
    }

    /** The announced port. */
    public int port() {
        return port;
    }

    /** The announced address as a number; of reply 227 only. */
    public int address() {
        return address;
    }

    /** Reads a line; returns which reply it is. */
    public int read(long at, int length) {
        if (length < CODE_SIZE + 2 || length > LONGEST || Mem.getByte(at + length - 1) != '\n') {
            return OTHER;
        }
        boolean known = Mem.getByte(at) == '2' && Mem.getByte(at + 1) == '2' && Mem.getByte(at + 3) == ' ';
        if (known && Mem.getByte(at + 2) == '7') {
            return readPassive(at, length) ? PASSIVE : OTHER;
        }
        return known && Mem.getByte(at + 2) == '9' && readExtended(at, length) ? EXTENDED_PASSIVE : OTHER;
    }

    private boolean readPassive(long at, int length) {
        int place = CODE_SIZE;
        while (place < length && !isDigit(Mem.getByte(at + place))) {
            place++;
        }
        from = place;
        long value = 0;
        for (int i = 0; i < NUMBERS; i++) {
            int start = place;
            int number = 0;
            while (place < length && place - start < 3 && isDigit(Mem.getByte(at + place))) {
                number = number * 10 + Mem.getByte(at + place) - '0';
                place++;
            }
            boolean last = i == NUMBERS - 1;
            if (place == start || number > 255 || place >= length || !last && Mem.getByte(at + place) != ',') {
                return false;
            }
            value = value << 8 | number;
            place += last ? 0 : 1;
        }
        to = place;
        address = (int) (value >>> 16);
        port = (int) value & 0xffff;
        return port != 0;
    }

    private boolean readExtended(long at, int length) {
        int place = CODE_SIZE;
        while (place < length && Mem.getByte(at + place) != '(') {
            place++;
        }
        if (place + 5 > length) {
            return false;
        }
        byte mark = Mem.getByte(at + place + 1);
        if (Mem.getByte(at + place + 2) != mark || Mem.getByte(at + place + 3) != mark) {
            return false;
        }
        int number = 0;
        place += 4;
        while (place < length && isDigit(Mem.getByte(at + place)) && number <= 0xffff) {
            number = number * 10 + Mem.getByte(at + place) - '0';
            place++;
        }
        port = number;
        return place < length && Mem.getByte(at + place) == mark && number > 0 && number <= 0xffff;
    }

    private static boolean isDigit(byte letter) {
        return letter >= '0' && letter <= '9';
    }

    /**
     * Puts another address into the line that was read last, of reply 227.
     *
     * @return false when the line has no letters to make up for a longer one; it is as it was then
     */
    public boolean replace(long at, int length, int other) {
        int size = 0;
        for (int i = 0; i < NUMBERS; i++) {
            int number = i < 4 ? other >>> 24 - 8 * i & 0xff : port >>> 40 - 8 * i & 0xff;
            size = put(size, number, i < NUMBERS - 1);
        }
        int growth = size - (to - from);
        int end = length - (Mem.getByte(at + length - 2) == '\r' ? 2 : 1);
        // The sentence ends with a bracket, or whatever stands in front of the first digit; that stays.
        if (growth > from - CODE_SIZE - 1) {
            return false;
        }
        if (growth > 0) {
            byte bracket = Mem.getByte(at + from - 1);
            Mem.putByte(at + from - growth - 1, bracket);
            Mem.copy(scratch, at + from - growth, size);
        } else {
            Mem.copy(at + to, at + from + size, end - to);
            Mem.copy(scratch, at + from, size);
            Mem.fill(at + end + growth, -growth, (byte) ' ');
        }
        return true;
    }

    private int put(int at, int number, boolean comma) {
        int place = at;
        for (int unit = number > 99 ? 100 : number > 9 ? 10 : 1; unit > 0; unit /= 10) {
            Mem.putByte(scratch + place++, (byte) ('0' + number / unit % 10));
        }
        if (comma) {
            Mem.putByte(scratch + place++, (byte) ',');
        }
        return place;
    }
}
