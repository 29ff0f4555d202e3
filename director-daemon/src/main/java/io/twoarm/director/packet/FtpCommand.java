package io.twoarm.director.packet;

import io.twoarm.director.memory.Mem;

/**
 * Commands of an FTP client that announce a port for data: {@code PORT h1,h2,h3,h4,p1,p2} (RFC 959, 4.1.2) and {@code EPRT
 * |1|132.235.1.2|6275|} or {@code EPRT |2|2001:db8::1|6275|} (RFC 2428, 2). One line is read, which must be whole. What was
 * found stays in the object until the next reading.
 */
public final class FtpCommand {
    /** Longest line that is looked at, in bytes, and that is written. */
    public static final int LONGEST = 96;

    private static final int NAME_SIZE = 5;
    private static final int PORT_NAME = 0x706f_7274;
    private static final int EPRT_NAME = 0x6570_7274;
    private static final int SMALL_LETTERS = 0x2020_2020;
    private static final int GROUPS = 8;
    private static final long MAPPED = 0xffff_0000_0000L;

    private final long scratch;
    private final int[] groups = new int[GROUPS];
    private long high;
    private long low;
    private int port;
    private int place;

    /**
     * @param scratch {@link #LONGEST} bytes that are the object's
     */
    public FtpCommand(long scratch) {
        this.scratch = scratch;
    }

    /** First 64 bits of the announced address; IPv4 ones are mapped. */
    public long high() {
        return high;
    }

    /** Last 64 bits of it. */
    public long low() {
        return low;
    }

    /** The announced port, 1 to 65535. */
    public int port() {
        return port;
    }

    /** Reads a line; false when it is no whole command of these. */
    public boolean read(long at, int length) {
        if (length < NAME_SIZE + 2 || length > LONGEST || Mem.getByte(at + length - 1) != '\n') {
            return false;
        }
        int name = Mem.getIntBE(at) | SMALL_LETTERS;
        if (Mem.getByte(at + NAME_SIZE - 1) != ' ') {
            return false;
        }
        int end = length - (Mem.getByte(at + length - 2) == '\r' ? 2 : 1);
        place = NAME_SIZE;
        boolean read = name == PORT_NAME ? readPort(at, end) : name == EPRT_NAME && readExtended(at, end);
        return read && place == end && port > 0;
    }

    private boolean readPort(long at, int end) {
        long value = 0;
        for (int i = 0; i < 6; i++) {
            int number = number(at, end, 255);
            if (number < 0 || i < 5 && !take(at, end, (byte) ',')) {
                return false;
            }
            value = value << 8 | number;
        }
        high = 0;
        low = MAPPED | value >>> 16;
        port = (int) value & 0xffff;
        return true;
    }

    private boolean readExtended(long at, int end) {
        if (place >= end) {
            return false;
        }
        byte mark = Mem.getByte(at + place++);
        int family = number(at, end, 2);
        if (!take(at, end, mark)) {
            return false;
        }
        boolean address = family == 1 ? readIpv4(at, end) : family == 2 && readIpv6(at, end);
        if (!address || !take(at, end, mark)) {
            return false;
        }
        port = number(at, end, 0xffff);
        return take(at, end, mark);
    }

    private boolean readIpv4(long at, int end) {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int number = number(at, end, 255);
            if (number < 0 || i < 3 && !take(at, end, (byte) '.')) {
                return false;
            }
            value = value << 8 | number;
        }
        high = 0;
        low = MAPPED | value & 0xffff_ffffL;
        return true;
    }

    /** Groups of hexadecimal digits, one row of which may be left out (RFC 4291, 2.2). */
    private boolean readIpv6(long at, int end) {
        int count = 0;
        int gap = -1;
        while (place < end && count <= GROUPS) {
            if (Mem.getByte(at + place) == ':') {
                boolean isGap = place + 1 < end && Mem.getByte(at + place + 1) == ':';
                if (isGap && gap >= 0 || !isGap && (count == 0 || gap == count)) {
                    return false;
                }
                place += isGap ? 2 : 1;
                gap = isGap ? count : gap;
                if (!isGap && digit(at, end) < 0) {
                    return false;
                }
                continue;
            }
            if (digit(at, end) < 0) {
                break;
            }
            if (count == GROUPS) {
                return false;
            }
            groups[count++] = group(at, end);
        }
        if (gap < 0 ? count != GROUPS : count >= GROUPS) {
            return false;
        }
        join(count, gap < 0 ? count : gap);
        return true;
    }

    private int digit(long at, int end) {
        return place < end ? Character.digit(Mem.getByte(at + place), 16) : -1;
    }

    private int group(long at, int end) {
        int value = 0;
        for (int digits = 0; digits < 4 && digit(at, end) >= 0; digits++) {
            value = value << 4 | digit(at, end);
            place++;
        }
        return value;
    }

    private void join(int count, int gap) {
        high = 0;
        low = 0;
        for (int i = 0; i < GROUPS; i++) {
            int fromEnd = GROUPS - i;
            int value = i < gap ? groups[i] : fromEnd <= count - gap ? groups[count - fromEnd] : 0;
            high = high << 16 | low >>> 48;
            low = low << 16 | value;
        }
    }

    /** Decimal digits at the place, which moves behind them; -1 when there are none or they say too much. */
    private int number(long at, int end, int most) {
        int value = 0;
        int from = place;
        while (place < end && Mem.getByte(at + place) >= '0' && Mem.getByte(at + place) <= '9' && value <= most) {
            value = value * 10 + Mem.getByte(at + place++) - '0';
        }
        return place == from || value > most ? -1 : value;
    }

    private boolean take(long at, int end, byte letter) {
        boolean found = place < end && Mem.getByte(at + place) == letter;
        place += found ? 1 : 0;
        return found;
    }

    /**
     * Writes a command to memory of the object's own: {@code PORT} for an IPv4 address, {@code EPRT} for one of IPv6.
     *
     * @param otherHigh first 64 bits of the address to announce; IPv4 ones are mapped
     * @param otherLow last 64 bits of it
     * @return its size in bytes, the end of the line included; it stands at {@link #written()}
     */
    public int write(long otherHigh, long otherLow, int otherPort) {
        boolean ipv4 = otherHigh == 0 && otherLow >>> 32 == MAPPED >>> 32;
        Mem.putIntBE(scratch, ipv4 ? 0x504f_5254 : 0x4550_5254);
        long to = put(scratch + 4, ' ');
        if (ipv4) {
            for (int i = 0; i < 6; i++) {
                int number = i < 4 ? (int) (otherLow >>> 24 - 8 * i) & 0xff : otherPort >>> 40 - 8 * i & 0xff;
                to = putNumber(i == 0 ? to : put(to, ','), number);
            }
        } else {
            to = put(put(put(to, '|'), '2'), '|');
            for (int i = 0; i < GROUPS; i++) {
                long half = i < 4 ? otherHigh : otherLow;
                to = putGroup(i == 0 ? to : put(to, ':'), (int) (half >>> 48 - 16 * (i & 3)) & 0xffff);
            }
            to = put(putNumber(put(to, '|'), otherPort), '|');
        }
        return (int) (put(put(to, '\r'), '\n') - scratch);
    }

    /** Address of what was written last. */
    public long written() {
        return scratch;
    }

    private static long put(long at, char letter) {
        Mem.putByte(at, (byte) letter);
        return at + 1;
    }

    private static long putNumber(long at, int number) {
        long to = at;
        for (int unit = number > 9999 ? 10_000 : number > 999 ? 1000 : number > 99 ? 100 : number > 9 ? 10 : 1;
                unit > 0;
                unit /= 10) {
            to = put(to, (char) ('0' + number / unit % 10));
        }
        return to;
    }

    private static long putGroup(long at, int group) {
        long to = at;
        int shift = group > 0xfff ? 12 : group > 0xff ? 8 : group > 0xf ? 4 : 0;
        for (; shift >= 0; shift -= 4) {
            to = put(to, Character.forDigit(group >>> shift & 15, 16));
        }
        return to;
    }
}
