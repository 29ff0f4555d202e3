package io.twoarm.director.forward;

/** Makes a changed frame right enough that it gets further. */
final class Corrections {
    private Corrections() {}

    /** Corrects the header checksum of what may be IPv4, so that a change behind the first check is seen. */
    static void headerChecksum(byte[] frame) {
        if (frame.length < 34) {
            return;
        }
        int header = Math.min((frame[14] & 15) * 4, frame.length - 14);
        frame[24] = 0;
        frame[25] = 0;
        int sum = 0;
        for (int i = 0; i + 1 < header; i += 2) {
            sum += (frame[14 + i] & 0xff) << 8 | frame[15 + i] & 0xff;
        }
        sum = (sum & 0xffff) + (sum >> 16);
        sum = ~((sum & 0xffff) + (sum >> 16));
        frame[24] = (byte) (sum >> 8);
        frame[25] = (byte) sum;
    }

    /** Corrects the checksum of TCP, UDP or ICMP behind a plain IPv4 or IPv6 header, where there is room for one. */
    static void transportChecksum(byte[] frame) {
        if (frame.length < 34) {
            return;
        }
        boolean wide = frame[12] == (byte) 0x86 && frame[13] == (byte) 0xdd;
        if (!wide && (frame[12] != 8 || frame[13] != 0)) {
            return;
        }
        int transport = wide ? 54 : 14 + (frame[14] & 15) * 4;
        int protocol = frame[wide ? 20 : 23] & 0xff;
        int place = transport + (protocol == 6 ? 16 : protocol == 17 ? 6 : protocol == 1 || protocol == 58 ? 2 : 9999);
        int end = wide
                ? 54 + ((frame[18] & 0xff) << 8 | frame[19] & 0xff)
                : 14 + ((frame[16] & 0xff) << 8 | frame[17] & 0xff);
        if (end > frame.length || place + 2 > end) {
            return;
        }
        frame[place] = 0;
        frame[place + 1] = 0;
        long sum = protocol == 1 ? 0 : protocol + end - transport;
        int from = protocol == 1 ? transport : wide ? 22 : 26;
        for (int i = from; i < end; i++) {
            if (i < from + (wide ? 32 : 8) || i >= transport) {
                sum += (long) (frame[i] & 0xff) << ((i - from) % 2 == 0 ? 8 : 0);
            }
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        int checksum = (int) ~sum & 0xffff;
        checksum = checksum == 0 && protocol == 17 ? 0xffff : checksum;
        frame[place] = (byte) (checksum >> 8);
        frame[place + 1] = (byte) checksum;
    }
}
