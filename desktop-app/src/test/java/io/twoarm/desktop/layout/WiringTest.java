package io.twoarm.desktop.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.layout.Wiring.Box;
import io.twoarm.desktop.layout.Wiring.Course;
import io.twoarm.desktop.layout.Wiring.Link;
import io.twoarm.desktop.layout.Wiring.Plan;
import io.twoarm.desktop.layout.Wiring.Segment;
import java.util.List;
import org.junit.jupiter.api.Test;

class WiringTest {
    private static final Box HOST = new Box("host", new Point(100, 100), 200, 60);

    @Test
    void aLinkLeavesTheSideThatFacesTheWire() {
        Plan plan = plan(
                HOST, new Segment("below", new Point(400, 300), 0, 0), new Segment("above", new Point(0, 0), 0, 0));

        assertThat(plan.courses().get("host-below").points()).containsExactly(new Point(100, 130), new Point(100, 300));
        assertThat(plan.courses().get("host-above").points()).containsExactly(new Point(100, 70), new Point(100, 0));
    }

    @Test
    void aWireReachesBeyondItsOutermostLinks() {
        Segment wire = new Segment("wire", new Point(500, 300), 0, 0);
        Plan plan = new Wiring(List.of(HOST, new Box("far", new Point(900, 400), 200, 60)), List.of(wire))
                .plan(List.of(new Link("a", "host", "wire", 50), new Link("b", "far", "wire", 50)));

        assertThat(plan.wires().get("wire").left()).isEqualTo(100 - Wiring.WIRE_OVERHANG);
        assertThat(plan.wires().get("wire").right()).isEqualTo(900 + Wiring.WIRE_OVERHANG);
    }

    @Test
    void linksOnOneSideKeepTheRoomOfTheirLabelsAndDoNotCross() {
        Plan plan = new Wiring(
                        List.of(HOST),
                        List.of(
                                new Segment("left", new Point(-200, 300), 0, 0),
                                new Segment("right", new Point(600, 300), 0, 0)))
                .plan(List.of(new Link("b", "host", "right", 90), new Link("a", "host", "left", 90)));

        double a = plan.courses().get("a").atBox().x();
        double b = plan.courses().get("b").atBox().x();
        assertThat(b - a).isGreaterThanOrEqualTo(90);
    }

    @Test
    void aCloudIsEnteredWithinItsWidthByAnOrthogonalLine() {
        Plan plan = plan(HOST, new Segment("cloud", new Point(500, 300), 180, 80));

        Course course = plan.courses().get("host-cloud");
        assertThat(course.atBox()).isEqualTo(new Point(100, 130));
        assertThat(course.atSegment().y()).isEqualTo(260);
        assertThat(course.atSegment().x()).isBetween(410.0, 590.0);
        for (int i = 1; i < course.points().size(); i++) {
            Point from = course.points().get(i - 1);
            Point to = course.points().get(i);
            assertThat(from.x() == to.x() || from.y() == to.y()).isTrue();
        }
    }

    @Test
    void aWireThatNobodyIsOnIsStillThere() {
        Plan plan = new Wiring(List.of(), List.of(new Segment("wire", new Point(50, 70), 0, 0))).plan(List.of());

        assertThat(plan.wires().get("wire").right())
                .isGreaterThan(plan.wires().get("wire").left());
        assertThat(plan.wires().get("wire").y()).isEqualTo(70);
    }

    private static Plan plan(Box box, Segment... segments) {
        return new Wiring(List.of(box), List.of(segments))
                .plan(List.of(segments).stream()
                        .map(segment -> new Link(box.id() + "-" + segment.id(), box.id(), segment.id(), 50))
                        .toList());
    }
}
