package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.diagnose.capture.CapturePoint;
import io.twoarm.diagnose.capture.Leg;
import io.twoarm.diagnose.capture.SeenFrame;
import io.twoarm.diagnose.capture.Translation;
import io.twoarm.diagnose.packet.Endpoint;
import io.twoarm.diagnose.packet.Flow;
import io.twoarm.diagnose.pcap.CapturedFrame;
import io.twoarm.diagnose.pcap.CapturedFrame.Direction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CaptureRecordTest {
    private static final CapturePoint WAN = new CapturePoint("director", "dpdk2", true);
    private static final CapturePoint LAN = new CapturePoint("director", "dpdk0", true);
    private static final int SYN = 2;

    private final CaptureRecord record =
            new CaptureRecord(ProjectFixture.twoArm().topology(), List.of(WAN, LAN), 100);

    /** A TCP segment without options and data. */
    private static SeenFrame frame(
            CapturePoint at, Direction direction, long nanos, String from, String to, int flags) {
        Endpoint source = Endpoint.parse(from);
        Endpoint destination = Endpoint.parse(to);
        ByteBuffer frame = ByteBuffer.allocate(54);
        frame.position(12);
        frame.putShort((short) 0x0800).put((byte) 0x45).put((byte) 0).putShort((short) 40);
        frame.putInt(0).put((byte) 64).put((byte) 6).putShort((short) 0);
        frame.put(source.address().getAddress()).put(destination.address().getAddress());
        frame.putShort((short) source.port()).putShort((short) destination.port());
        frame.putInt(1).putInt(0).put((byte) 0x50).put((byte) flags).putShort((short) 1000);
        return new SeenFrame(at, new CapturedFrame(0, nanos, 54, direction, frame.array()), 1);
    }

    private static SeenFrame syn(int client) {
        return frame(WAN, Direction.IN, client, "172.16.0.1:" + (1000 + client), "10.0.96.204:80", SYN);
    }

    @Test
    void whenItIsFullTheOlderHalfGoesAndTheListBeginsAnew() {
        List<SeenFrame> frames = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            frames.add(syn(i));
        }
        record.add(frames.subList(0, 100));
        assertThat(record.fresh().rows()).hasSize(100);
        record.add(frames.subList(100, 101));

        CaptureRecord.Fresh fresh = record.fresh();
        assertThat(fresh.replaces()).isTrue();
        assertThat(fresh.rows()).hasSize(50);
        assertThat(fresh.rows().getLast().nanos()).isEqualTo(100);
        assertThat(record.count().seen()).isEqualTo(101);
        assertThat(record.count().kept()).isEqualTo(50);
        assertThat(record.connections()).hasSize(50);
    }

    @Test
    void onlyPacketsWithAllWordsAreListedThoseToComeToo() {
        record.add(List.of(syn(1), syn(2)));
        record.search(List.of("172.16.0.1:1002", "syn"));
        assertThat(record.fresh().rows()).hasSize(1);

        record.add(List.of(syn(3), syn(2)));
        CaptureRecord.Fresh fresh = record.fresh();
        assertThat(fresh.replaces()).isFalse();
        assertThat(fresh.rows()).hasSize(1);
    }

    @Test
    void bothSidesOfTheDirectorAreOneGroupWhoseRowsFollowThePacket() {
        String client = "172.16.0.1:40000";
        String vip = "10.0.96.204:80";
        String lip = "192.168.229.204:10000";
        String rs = "192.168.229.1:80";
        record.learn(List.of(new Translation(
                Flow.TCP,
                Endpoint.parse(client),
                Endpoint.parse(vip),
                Endpoint.parse(lip),
                Endpoint.parse(rs),
                "ESTABLISHED")));
        record.add(List.of(
                frame(WAN, Direction.IN, 1, client, vip, SYN),
                frame(LAN, Direction.OUT, 2, lip, rs, SYN),
                frame(LAN, Direction.IN, 3, rs, lip, SYN | 16),
                frame(WAN, Direction.OUT, 4, vip, client, SYN | 16)));

        List<CaptureRow> rows = CaptureRow.of(record.connections(), key -> true, List.of());

        assertThat(rows).hasSize(5);
        assertThat(rows.getFirst())
                .isInstanceOfSatisfying(
                        CaptureRow.Connection.class,
                        head -> assertThat(head.otherSide()).map(Flow::toString).contains(lip + " → " + rs));
        assertThat(rows.subList(1, 5))
                .extracting(row -> ((CaptureRow.Packet) row).leg())
                .containsExactly(
                        Optional.of(Leg.CLIENT_TO_VIRTUAL),
                        Optional.of(Leg.TO_REALSERVER),
                        Optional.of(Leg.FROM_REALSERVER),
                        Optional.of(Leg.VIRTUAL_TO_CLIENT));
        assertThat(CaptureRow.of(record.connections(), key -> false, List.of())).hasSize(1);
        assertThat(CaptureRow.of(record.connections(), key -> true, List.of("no such word")))
                .isEmpty();
    }
}
