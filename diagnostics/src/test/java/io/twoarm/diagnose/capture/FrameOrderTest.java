package io.twoarm.diagnose.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.diagnose.pcap.CapturedFrame.Direction;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameOrderTest {
    private static final CapturePoint A = new CapturePoint("a", "eth0", false);
    private static final CapturePoint B = new CapturePoint("b", "eth0", false);

    private static SeenFrame frame(CapturePoint point, long nanos) {
        return TestFrame.syn("10.0.0.1:1", "10.0.0.2:2").seen(point, Direction.IN, nanos);
    }

    private static List<Long> times(List<SeenFrame> frames) {
        return frames.stream().map(SeenFrame::nanos).toList();
    }

    @Test
    void aFrameThatArrivesLateIsPutBeforeThoseThatAreLaterByTheirTime() {
        FrameOrder order = new FrameOrder(10, 100);
        order.add(frame(A, 5000), 0);
        order.add(frame(A, 7000), 10);
        order.add(frame(B, 4000), 90);

        assertThat(order.due(99)).isEmpty();
        assertThat(times(order.due(190))).containsExactly(4000L, 5000L, 7000L);
    }

    @Test
    void framesOfTheSameTimeStayInTheOrderOfTheirArrival() {
        FrameOrder order = new FrameOrder(10, 0);
        order.add(frame(A, 1), 0);
        order.add(frame(B, 1), 0);

        assertThat(order.due(0).stream().map(SeenFrame::point)).containsExactly(A, B);
    }

    @Test
    void whatFindsNoRoomIsCountedWhereItCameFrom() {
        FrameOrder order = new FrameOrder(2, 0);
        for (int i = 0; i < 5; i++) {
            order.add(frame(i % 2 == 0 ? A : B, i), 0);
        }

        assertThat(order.rest()).hasSize(2);
        assertThat(order.lost()).containsEntry(A, 2L).containsEntry(B, 1L);
    }

    @Test
    void clocksThatAgreeWithinTheMeasurementAreNotCorrected() {
        assertThat(ClockOffset.of(900, 1000).nanos()).isZero();
        assertThat(ClockOffset.of(-5000, 1000).nanos()).isEqualTo(-5000);
    }
}
