package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.report.Counter;
import io.twoarm.director.wire.PacketReader;
import io.twoarm.director.wire.WireSum;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Errors of routers between director and realserver about packets of tunnels, with the very packets that were sent. */
class TunnelErrorsTest {
    private static final int ETHERNET = 14;
    private static final int HEADERS = 28;
    private static final byte[] ROUTER_TO_DIRECTOR = HexFormat.of().parseHex("c0a8e5fec0a8e5cc");

    private final Director director = Director.with(Modes::tables);

    /** What the director sends to the realserver for a packet of a client. */
    private byte[] tunnelled(String packet) {
        director.deliver(Director.WAN, packet);
        List<byte[]> sent = director.sent(Director.LAN);
        assertThat(sent).hasSize(1);
        return sent.getFirst();
    }

    private static byte[] tooBig(byte[] tunnelled, int quoted, int mtu) {
        ByteBuffer frame = ByteBuffer.allocate(ETHERNET + HEADERS + quoted);
        frame.put(HexFormat.ofDelimiter(":").parseHex(Director.LAN_MAC));
        frame.put(HexFormat.ofDelimiter(":").parseHex(Director.SERVER_MAC));
        frame.putShort((short) 0x0800);
        frame.putInt(0x4500_0000 | HEADERS + quoted)
                .putInt(0)
                .putInt(0x4001_0000)
                .put(ROUTER_TO_DIRECTOR);
        frame.putInt(0x0304_0000).putInt(mtu).put(tunnelled, ETHERNET, quoted);
        frame.putShort(ETHERNET + 10, (short) ~WireSum.of(frame.array(), ETHERNET, 20, 0));
        frame.putShort(ETHERNET + 22, (short) ~WireSum.of(frame.array(), ETHERNET + 20, 8 + quoted, 0));
        return frame.array();
    }

    @Test
    void theClientIsToldWhatFitsWithoutTheOuterHeader() {
        tunnelled("tcp 172.16.0.1:40000 > 10.0.96.204:90 S seq=1000");
        byte[] large = tunnelled("tcp 172.16.0.1:40000 > 10.0.96.204:90 A seq=1001 ack=5001 len=1440");

        director.deliver(Director.LAN, tooBig(large, 528, 1400));

        assertThat(director.sent(Director.WAN))
                .singleElement()
                .satisfies(frame -> assertThat(PacketReader.text(frame))
                        .startsWith("icmp 10.0.96.204 > 172.16.0.1 type=3 code=4 mtu=1380 ttl=64")
                        .contains("[ tcp 172.16.0.1:40000 > 10.0.96.204:90")
                        .contains("seq=1001")
                        .contains("to=" + Director.GATEWAY_MAC));
        assertThat(director.count(Counter.FORWARDED_ICMP_ERROR)).isOne();
        director.checkBuffers();
    }

    @Test
    void aTunnelByGreHasAHeaderMore() {
        tunnelled("tcp 172.16.0.1:40000 > 10.0.96.204:94 S seq=1000");
        byte[] large = tunnelled("tcp 172.16.0.1:40000 > 10.0.96.204:94 A seq=1001 ack=5001 len=1436");

        director.deliver(Director.LAN, tooBig(large, 528, 1400));

        assertThat(director.sent(Director.WAN))
                .singleElement()
                .satisfies(frame -> assertThat(PacketReader.text(frame))
                        .startsWith("icmp 10.0.96.204 > 172.16.0.1 type=3 code=4 mtu=1376 ttl=64")
                        .contains("[ tcp 172.16.0.1:40000 > 10.0.96.204:94")
                        .contains("seq=1001"));
        assertThat(director.count(Counter.FORWARDED_ICMP_ERROR)).isOne();
        director.checkBuffers();
    }

    @Test
    void aRouterThatQuotesNoMoreThanTheOuterHeaderTellsTooLittle() {
        byte[] large = tunnelled("udp 172.16.0.1:5353 > 10.0.96.204:90 len=1400");

        director.deliver(Director.LAN, tooBig(large, 28, 1400));
        director.deliver(Director.LAN, tooBig(large, 48, 60));

        assertThat(director.sent(Director.WAN)).isEmpty();
        assertThat(director.count(Counter.DROPPED_ICMP_UNRELATED)).isEqualTo(2);
        director.checkBuffers();
    }

    @Test
    void aPacketThatNoTunnelSentIsNotBelieved() {
        byte[] large = tunnelled("udp 172.16.0.1:5353 > 10.0.96.204:90 len=1400");
        large[ETHERNET + 20 + 15]++;

        director.deliver(Director.LAN, tooBig(large, 48, 1400));

        assertThat(director.sent(Director.WAN)).isEmpty();
        assertThat(director.count(Counter.DROPPED_ICMP_UNRELATED)).isOne();
    }
}
