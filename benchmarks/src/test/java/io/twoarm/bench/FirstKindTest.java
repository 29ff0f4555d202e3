package io.twoarm.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstKindTest {
    @Test
    void everyRoundHasEveryKindOnceAndSequelsAfterWhatTheyFollow() {
        for (int round = 0; round < 40; round++) {
            List<FirstKind> kinds =
                    FirstKind.chains(round).stream().flatMap(List::stream).toList();
            assertThat(kinds).containsExactlyInAnyOrder(FirstKind.values());
            assertThat(kinds.indexOf(FirstKind.SOLICITATION)).isLessThan(kinds.indexOf(FirstKind.WIDE_CONNECTION));
            for (FirstKind kind : kinds) {
                if (kind.sequel) {
                    assertThat(FirstKind.chains(round)).noneMatch(chain -> chain.getFirst() == kind);
                }
            }
        }
        assertThat(FirstKind.chains(1)).isNotEqualTo(FirstKind.chains(2));
    }

    @Test
    void noKindIsAsLongAsThePacketThatIsWaitedFor() {
        byte[] opening = FirstKind.CONNECTION.frame(0, new byte[0]);
        for (FirstKind kind : FirstKind.values()) {
            assertThat(kind.frame(0, opening)).as(kind.description).hasSizeGreaterThanOrEqualTo(60);
            assertThat(kind.frame(0, opening).length).as(kind.description).isNotEqualTo(RoundTrips.AWAITED_BYTES);
        }
    }

    @Test
    void checksumsAreRight() {
        byte[] opening = FirstKind.CONNECTION.frame(0, new byte[0]);
        for (FirstKind kind : FirstKind.values()) {
            ByteBuffer frame = ByteBuffer.wrap(kind.frame(1, opening));
            if (frame.getShort(12) == 0x0800) {
                byte[] header = new byte[20];
                frame.get(14, header);
                assertThat(Packets.checksum(header, 0)).as(kind.description).isZero();
                if (header[9] == Packets.TCP) {
                    assertThat(transport(frame, header)).as(kind.description).isZero();
                }
            }
        }
    }

    private static short transport(ByteBuffer frame, byte[] header) {
        ByteBuffer ip = ByteBuffer.wrap(header);
        byte[] segment = new byte[ip.getShort(2) - 20];
        frame.get(34, segment);
        int pseudo = header[9] + segment.length;
        for (int at = 12; at < 20; at += 2) {
            pseudo += ip.getShort(at) & 0xffff;
        }
        return Packets.checksum(segment, pseudo);
    }
}
