package io.twoarm.bench;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.BufferPool;
import io.twoarm.director.port.Mbuf;

/** What clients, gateway and realservers say. Frames are 60 bytes: Ethernet, IPv4 and TCP without options, padding. */
final class Player {
    /** A client answers a SYN-ACK with as many packets. */
    static final int MOST_ANSWERS = 3;

    private static final int FRAME = 60;
    static final int TYPE = 12;
    private static final int IP = 14;
    private static final int IP_LENGTH = IP + 2;
    private static final int HEADERS = 20 + 20;
    private static final int IP_CHECKSUM = IP + 10;
    private static final int SOURCE = IP + 12;
    private static final int DESTINATION = IP + 16;
    private static final int TCP = IP + 20;
    private static final int SEQUENCE = TCP + 4;
    private static final int ACKNOWLEDGMENT = TCP + 8;
    static final int FLAGS = TCP + 13;
    private static final int TCP_CHECKSUM = TCP + 16;
    static final int SYN = 0x02;
    private static final int RST = 0x04;
    static final int ACK = 0x10;

    private final Generator.Pattern pattern;
    private final BufferPool pool;
    /** A SYN of the first client with no source address and port. */
    private final long template;
    /** Sums over the template's header, and its TCP segment with pseudo header, without the checksum fields. */
    private final int ipSum;

    private final int tcpSum;
    private int flow;

    Player(Generator.Pattern pattern, BufferPool pool) {
        this.pattern = pattern;
        this.pool = pool;
        template = NativeMemory.ofProcess().allocate(64, 64);
        Traffic traffic = new Traffic(Mode.FULLNAT44, Traffic.Protocol.TCP, 1, Traffic.Order.SEQUENTIAL, FRAME);
        byte[] frame = new Frame().client(traffic, 0, Frame.SYN).array();
        for (int i = 0; i < FRAME; i++) {
            Mem.putByte(template + i, frame[i]);
        }
        Mem.putIntBE(template + SOURCE, 0);
        Mem.putShortBE(template + TCP, 0);
        // What fills the shortest frame up is no data.
        Mem.putShortBE(template + IP_LENGTH, HEADERS);
        Mem.putShortBE(template + IP_CHECKSUM, 0);
        Mem.putShortBE(template + TCP_CHECKSUM, 0);
        ipSum = sum(template + IP, 20);
        tcpSum = tcpSum(template);
    }

    /** Whether a forwarder passes such a packet on, other than ARP and the like. */
    static boolean forwarded(long mbuf) {
        return Mem.getUnsignedShortBE(Mbuf.data(mbuf) + TYPE) == 0x0800;
    }

    /** Makes an empty buffer the SYN of a client that was not there before. */
    void open(long mbuf) {
        write(mbuf, flow, SYN);
        flow = flow == Integer.MAX_VALUE ? 0 : flow + 1;
    }

    /** Makes an empty buffer a client's segment: its SYN, or an ACK after it. */
    void write(long mbuf, int flow, int flags) {
        long frame = Mbuf.data(mbuf);
        int address = Wire.clientAddress(flow);
        int port = Wire.clientPort(flow);
        int changed = (address >>> 16) + (address & 0xffff) + port;
        Mem.copy(template, frame, FRAME);
        Mem.putIntBE(frame + SOURCE, address);
        Mem.putShortBE(frame + TCP, port);
        Mem.putShortBE(frame + IP_CHECKSUM, folded(ipSum + changed - port));
        if (flags != SYN) {
            Mem.putIntBE(frame + SEQUENCE, Frame.CLIENT_ISN + 1);
            Mem.putIntBE(frame + ACKNOWLEDGMENT, Frame.REALSERVER_ISN + 1);
            Mem.putByte(frame + FLAGS, (byte) flags);
            changed += 1 + Frame.REALSERVER_ISN + 1 + flags - SYN;
        }
        Mem.putShortBE(frame + TCP_CHECKSUM, folded(tcpSum + changed));
        Mbuf.setLength(mbuf, FRAME);
    }

    /**
     * Turns a packet that came into the answer of whom it is for.
     *
     * @param answers gets the buffers to send, the packet's own among them
     * @return how many; 0 when there is no answer
     */
    int answer(long mbuf, long answers) {
        long frame = Mbuf.data(mbuf);
        int type = Mem.getUnsignedShortBE(frame + TYPE);
        if (type == 0x0806) {
            return answerArp(mbuf, frame, answers);
        }
        if (type != 0x0800 || pattern == Generator.Pattern.SYN) {
            return 0;
        }
        int flags = Mem.getByte(frame + FLAGS) & 0xff;
        boolean realserver = Mem.getIntBE(frame + DESTINATION) >>> 8 == Wire.FIRST_REALSERVER >>> 8;
        if (realserver && flags == SYN) {
            turn(frame, SYN | ACK, Frame.REALSERVER_ISN);
            Mem.putLong(answers, mbuf);
            return 1;
        }
        if (!realserver && flags == (SYN | ACK) && pattern == Generator.Pattern.CLOSED) {
            return acknowledgeAndReset(mbuf, frame, answers);
        }
        return 0;
    }

    private int acknowledgeAndReset(long mbuf, long frame, long answers) {
        if (!pool.allocate(answers, 2)) {
            return 0;
        }
        turn(frame, ACK, Mem.getIntBE(frame + ACKNOWLEDGMENT));
        for (int i = 0; i < 2; i++) {
            long copy = Mem.getLong(answers + 8L * i);
            Mem.copy(frame, Mbuf.data(copy), FRAME);
            Mbuf.setLength(copy, FRAME);
        }
        Mem.putByte(frame + FLAGS, (byte) (RST | ACK));
        checksum(frame);
        Mem.putLong(answers + 16, mbuf);
        return 3;
    }

    /** Turns a request for the Ethernet address of gateway or realserver into its answer, like {@link #answer}. */
    static int answerArp(long mbuf, long frame, long answers) {
        int request = 1;
        if (Mem.getUnsignedShortBE(frame + IP + 6) != request) {
            return 0;
        }
        int asker = Mem.getIntBE(frame + IP + 14);
        int wanted = Mem.getIntBE(frame + IP + 24);
        boolean known = wanted == Wire.GATEWAY
                || (wanted >= Wire.FIRST_REALSERVER && wanted < Wire.FIRST_REALSERVER + Wire.REALSERVERS);
        if (!known) {
            return 0;
        }
        byte[] reply = new Frame().arpReply(wanted, asker).array();
        for (int i = 0; i < FRAME; i++) {
            Mem.putByte(frame + i, reply[i]);
        }
        Mbuf.setLength(mbuf, FRAME);
        Mem.putLong(answers, mbuf);
        return 1;
    }

    /** Sends a segment back where it came from, with what its receiver says of it. */
    private static void turn(long frame, int flags, int sequence) {
        long stations = Mem.getLong(frame);
        int station = Mem.getInt(frame + 8);
        // Six bytes each: the destination's come first.
        Mem.putShort(frame, Mem.getShort(frame + 6));
        Mem.putInt(frame + 2, station);
        Mem.putInt(frame + 6, (int) stations);
        Mem.putShort(frame + 10, (short) (stations >>> 32));
        int from = Mem.getInt(frame + SOURCE);
        Mem.putInt(frame + SOURCE, Mem.getInt(frame + DESTINATION));
        Mem.putInt(frame + DESTINATION, from);
        short port = Mem.getShort(frame + TCP);
        Mem.putShort(frame + TCP, Mem.getShort(frame + TCP + 2));
        Mem.putShort(frame + TCP + 2, port);
        Mem.putIntBE(frame + ACKNOWLEDGMENT, Mem.getIntBE(frame + SEQUENCE) + 1);
        Mem.putIntBE(frame + SEQUENCE, sequence);
        Mem.putByte(frame + FLAGS, (byte) flags);
        checksum(frame);
    }

    /** Makes an empty buffer a realserver's SYN-ACK to a local address. What it acknowledges does not matter to a SYN proxy. */
    void accept(long mbuf, int realserver, int local, int localPort) {
        write(mbuf, 0, SYN);
        long frame = Mbuf.data(mbuf);
        Mem.putIntBE(frame + SOURCE, realserver);
        Mem.putIntBE(frame + DESTINATION, local);
        Mem.putShortBE(frame + TCP, Wire.SERVICE_PORT);
        Mem.putShortBE(frame + TCP + 2, localPort);
        Mem.putIntBE(frame + SEQUENCE, Frame.REALSERVER_ISN);
        Mem.putByte(frame + FLAGS, (byte) (SYN | ACK));
        bothChecksums(frame);
    }

    /** Turns a SYN proxy's SYN-ACK, whatever its options, into its client's acknowledgment. */
    void acknowledge(long mbuf) {
        long frame = Mbuf.data(mbuf);
        int client = Mem.getIntBE(frame + DESTINATION);
        int port = Mem.getUnsignedShortBE(frame + TCP + 2);
        int number = Mem.getIntBE(frame + SEQUENCE);
        write(mbuf, 0, ACK);
        Mem.putIntBE(frame + SOURCE, client);
        Mem.putShortBE(frame + TCP, port);
        Mem.putIntBE(frame + ACKNOWLEDGMENT, number + 1);
        bothChecksums(frame);
    }

    private static void bothChecksums(long frame) {
        Mem.putShortBE(frame + IP_CHECKSUM, 0);
        Mem.putShortBE(frame + IP_CHECKSUM, folded(sum(frame + IP, 20)));
        checksum(frame);
    }

    private static void checksum(long frame) {
        Mem.putShortBE(frame + TCP_CHECKSUM, 0);
        Mem.putShortBE(frame + TCP_CHECKSUM, folded(tcpSum(frame)));
    }

    private static int tcpSum(long frame) {
        int protocolAndLength = 6 + 20;
        return sum(frame + SOURCE, 8) + protocolAndLength + sum(frame + TCP, 20);
    }

    private static int sum(long from, int bytes) {
        int sum = 0;
        for (int at = 0; at < bytes; at += 2) {
            sum += Mem.getUnsignedShortBE(from + at);
        }
        return sum;
    }

    private static int folded(int sum) {
        int once = (sum & 0xffff) + (sum >>> 16);
        return ~((once & 0xffff) + (once >>> 16)) & 0xffff;
    }
}
