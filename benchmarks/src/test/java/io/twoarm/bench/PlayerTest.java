package io.twoarm.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.port.BufferPool;
import io.twoarm.director.port.Mbuf;
import org.junit.jupiter.api.Test;

/** Checksums are judged by the daemon's own code, over what the header says is there, and not over the frame's padding. */
class PlayerTest {
    private static final int ETHERNET = 14;
    private static final int IPV4 = 20;

    private final NativeMemory memory = NativeMemory.ofProcess();
    private final long answers = memory.allocate(8L * Player.MOST_ANSWERS, 64);

    private final BufferPool pool = new BufferPool() {
        @Override
        public boolean allocate(long burst, int count) {
            for (int i = 0; i < count; i++) {
                Mem.putLong(burst + 8L * i, buffer());
            }
            return true;
        }

        @Override
        public void free(long burst, int count) {}
    };

    private long buffer() {
        long mbuf = memory.allocate(Mbuf.SIZE + 2176L, 64);
        Mem.putLong(mbuf + Mbuf.BUF_ADDR_OFFSET, mbuf + Mbuf.SIZE);
        Mem.putShort(mbuf + Mbuf.DATA_OFF_OFFSET, (short) Mbuf.HEADROOM);
        return mbuf;
    }

    @Test
    void everySegmentOfAConnectionHasTheRightChecksum() {
        Player player = new Player(Generator.Pattern.CLOSED, pool);
        for (int i = 0; i < 70_000; i++) {
            long mbuf = buffer0();
            player.open(mbuf);
            judge(mbuf, TcpHeader.SYN);
            long ip = Mbuf.data(mbuf) + ETHERNET;
            assertThat(InternetChecksum.of(InternetChecksum.sum(ip, IPV4))).isZero();
        }
    }

    @Test
    void answersToSynAndSynAckHaveTheRightChecksum() {
        Player player = new Player(Generator.Pattern.CLOSED, pool);
        long mbuf = buffer();
        player.open(mbuf);
        long ip = Mbuf.data(mbuf) + ETHERNET;
        Mem.putIntBE(ip + 16, Wire.FIRST_REALSERVER);

        assertThat(player.answer(mbuf, answers)).isEqualTo(1);
        judge(mbuf, TcpHeader.SYN | TcpHeader.ACK);
        assertThat(player.answer(mbuf, answers)).isEqualTo(3);
        judge(Mem.getLong(answers), TcpHeader.ACK);
        judge(Mem.getLong(answers + 8), TcpHeader.ACK);
        judge(Mem.getLong(answers + 16), TcpHeader.RST | TcpHeader.ACK);
    }

    @Test
    void whatASynProxyIsToldHasTheRightChecksums() {
        Player player = new Player(Generator.Pattern.SYN, pool);
        long mbuf = buffer();
        player.accept(mbuf, Wire.FIRST_REALSERVER, Wire.FIRST_LOCAL_ADDRESS, 50_000);
        long ip = Mbuf.data(mbuf) + ETHERNET;
        judge(mbuf, TcpHeader.SYN | TcpHeader.ACK);
        assertThat(InternetChecksum.of(InternetChecksum.sum(ip, IPV4))).isZero();

        player.acknowledge(mbuf);

        judge(mbuf, TcpHeader.ACK);
        assertThat(InternetChecksum.of(InternetChecksum.sum(ip, IPV4))).isZero();
        assertThat(Mem.getIntBE(ip + IPV4 + TcpHeader.ACKNOWLEDGMENT_OFFSET)).isEqualTo(Frame.REALSERVER_ISN + 1);
        assertThat(Mem.getIntBE(ip + Ipv4Header.SOURCE_OFFSET)).isEqualTo(Wire.FIRST_LOCAL_ADDRESS);
    }

    @Test
    void acksOfSteadyFlowsHaveTheRightChecksum() {
        Player player = new Player(Generator.Pattern.SYN, pool);
        long mbuf = buffer();

        player.write(mbuf, 17, Player.ACK);

        judge(mbuf, TcpHeader.ACK);
    }

    private long shared;

    private long buffer0() {
        if (shared == 0) {
            shared = buffer();
        }
        return shared;
    }

    private static void judge(long mbuf, int flags) {
        long ip = Mbuf.data(mbuf) + ETHERNET;
        long tcp = ip + IPV4;
        assertThat(TcpHeader.flags(tcp)).isEqualTo(flags);
        assertThat(Ipv4Header.totalLength(ip)).isEqualTo(IPV4 + TcpHeader.SIZE);
        assertThat(TcpHeader.checksumIsRight(ip, tcp, Ipv4Header.totalLength(ip) - IPV4))
                .isTrue();
    }
}
