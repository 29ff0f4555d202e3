package io.twoarm.desktop.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.layout.Wiring.Box;
import io.twoarm.desktop.layout.Wiring.Course;
import io.twoarm.desktop.layout.Wiring.Link;
import io.twoarm.desktop.layout.Wiring.Plan;
import io.twoarm.desktop.layout.Wiring.Segment;
import io.twoarm.model.project.LinkShape;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
                .plan(List.of(link("a", "host", "wire", 50), link("b", "far", "wire", 50)));

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
                .plan(List.of(link("b", "host", "right", 90), link("a", "host", "left", 90)));

        double a = plan.courses().get("a").atBox().x();
        double b = plan.courses().get("b").atBox().x();
        assertThat(b - a).isGreaterThanOrEqualTo(90);
    }

    @Test
    void aCloudIsEnteredWithinItsWidthByAnOrthogonalLine() {
        Plan plan = plan(HOST, new Segment("cloud", new Point(500, 300), 180, 80));

        Course course = plan.courses().get("host-cloud");
        assertThat(course.atBox()).isEqualTo(new Point(100, 130));
        assertThat(course.atSegment().y()).as("its roof").isBetween(260.0, 280.0);
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

    @Test
    void aBentLinkLeavesItsBoxUprightAndArrivesAtItsWireUpright() {
        Plan plan = bent(
                LinkLine.through(List.of(new Point(300, 200), new Point(350, 240))),
                new Segment("wire", new Point(0, 300), 0, 0));

        assertThat(plan.courses().get("host-wire").points())
                .containsExactly(
                        new Point(100, 130),
                        new Point(100, 170),
                        new Point(300, 200),
                        new Point(350, 240),
                        new Point(350, 300));
        assertThat(plan.wires().get("wire").right()).isEqualTo(350 + Wiring.WIRE_OVERHANG);
    }

    @Test
    void aLinkLeavesTheSideThatFacesItsFirstBend() {
        Plan plan = bent(LinkLine.through(List.of(new Point(250, 20))), new Segment("wire", new Point(0, 300), 0, 0));

        assertThat(plan.courses().get("host-wire").points())
                .containsExactly(new Point(100, 70), new Point(100, 30), new Point(250, 20), new Point(250, 300));
    }

    @Test
    void aCloudBesideTheLastBendIsEnteredAtItsSide() {
        Segment cloud = new Segment("cloud", new Point(500, 300), 180, 80);
        Point besides = new Point(300, 290);

        assertThat(bent(LinkLine.through(List.of(besides)), cloud)
                        .courses()
                        .get("host-cloud")
                        .atSegment())
                .isEqualTo(new Point(410, 312));
        assertThat(bent(orthogonal(besides), cloud).courses().get("host-cloud").points())
                .containsExactly(
                        new Point(100, 130), new Point(100, 290), besides, new Point(300, 312), new Point(410, 312));
    }

    @Test
    void anOrthogonalLinkIsLevelOrUprightOnEveryLegThroughAllItsBends() {
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            Point[] bends = Stream.generate(() -> new Point(random.nextInt(-500, 900), random.nextInt(-500, 900)))
                    .limit(random.nextInt(5))
                    .toArray(Point[]::new);
            Segment segment = new Segment(
                    "end", new Point(random.nextInt(900), random.nextInt(200, 900)), 180, random.nextInt(2) * 80);

            List<Point> points =
                    bent(orthogonal(bends), segment).courses().get("host-end").points();

            for (int leg = 1; leg < points.size(); leg++) {
                Point from = points.get(leg - 1);
                Point to = points.get(leg);
                assertThat(leg % 2 == 1 ? from.x() == to.x() : from.y() == to.y())
                        .as("leg %d of %s", leg, points)
                        .isTrue();
            }
            for (int bend = 1; bend < bends.length; bend++) {
                assertThat(points).contains(bends[bend]);
            }
        }
    }

    @Test
    void anOrthogonalLinkWithoutBendsGoesRoundWhatStandsBetweenItsEnds() {
        Box between = new Box("between", new Point(130, 300), 200, 60);
        Plan plan = new Wiring(List.of(HOST, between), List.of(new Segment("wire", new Point(100, 500), 0, 0)))
                .plan(List.of(
                        new Link("a", "host", "wire", 50, 40, orthogonal()),
                        new Link("b", "host", "wire", 50, 40, orthogonal())));

        for (String id : List.of("a", "b")) {
            List<Point> points = plan.courses().get(id).points();
            assertThat(points).hasSize(4);
            assertThat(points.get(2).x())
                    .as("beside the box")
                    .satisfiesAnyOf(
                            x -> assertThat(x).isLessThan(30),
                            x -> assertThat(x).isGreaterThan(230));
            assertThat(points.get(1).y()).as("between both boxes").isBetween(130.0, 270.0);
        }
        double one = plan.courses().get("a").points().get(2).x();
        double other = plan.courses().get("b").points().get(2).x();
        assertThat(Math.abs(one - other)).isGreaterThanOrEqualTo(12);
    }

    @Test
    void anOrthogonalLinkWithNothingInItsWayIsStraight() {
        Plan plan = bent(orthogonal(), new Segment("wire", new Point(0, 300), 0, 0));

        assertThat(plan.courses().get("host-wire").points()).containsExactly(new Point(100, 130), new Point(100, 300));
    }

    @Test
    void whatIsMovedIsPlannedAsIfEverythingWere() {
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            boolean detours = i % 5 == 0;
            Map<String, Box> boxes = new LinkedHashMap<>();
            Map<String, Segment> segments = new LinkedHashMap<>();
            IntStream.range(0, 6).forEach(n -> boxes.put("h" + n, new Box("h" + n, somewhere(random), 200, 60)));
            IntStream.range(0, 4)
                    .forEach(n -> segments.put("s" + n, new Segment("s" + n, somewhere(random), 180, n % 2 * 80)));
            List<Link> links = IntStream.range(0, 12)
                    .mapToObj(n -> new Link(
                            "l" + n,
                            "h" + random.nextInt(6),
                            "s" + random.nextInt(4),
                            40 + random.nextInt(60),
                            40,
                            line(random, detours)))
                    .toList();
            Plan before = new Wiring(List.copyOf(boxes.values()), List.copyOf(segments.values())).plan(links);
            Set<String> moved = new HashSet<>(List.of("h" + random.nextInt(6)));
            if (random.nextBoolean()) {
                moved.add("s" + random.nextInt(4));
            }
            boxes.replaceAll(
                    (id, box) -> moved.contains(id) ? new Box(id, somewhere(random), box.width(), box.height()) : box);
            segments.replaceAll((id, segment) -> moved.contains(id)
                    ? new Segment(id, somewhere(random), segment.width(), segment.height())
                    : segment);
            List<Link> bent = links.stream()
                    .map(link -> moved.containsAll(Set.of(link.box(), link.segment()))
                            ? new Link(
                                    link.id(), link.box(), link.segment(), link.labelWidth(), 40, line(random, detours))
                            : link)
                    .toList();
            Wiring after = new Wiring(List.copyOf(boxes.values()), List.copyOf(segments.values()));

            assertThat(after.plan(bent, before, moved)).as("design %d", i).isEqualTo(after.plan(bent));
        }
    }

    private static Point somewhere(Random random) {
        return new Point(random.nextInt(2000), random.nextInt(1200));
    }

    /** @param detours whether links find their own way */
    private static LinkLine line(Random random, boolean detours) {
        Point[] bends = Stream.generate(() -> somewhere(random))
                .limit(random.nextInt(3))
                .toArray(Point[]::new);
        return random.nextBoolean() && (detours || bends.length > 0)
                ? orthogonal(bends)
                : LinkLine.through(List.of(bends));
    }

    private static LinkLine orthogonal(Point... bends) {
        return new LinkLine(LinkShape.ORTHOGONAL, List.of(bends));
    }

    private static Plan bent(LinkLine line, Segment segment) {
        return new Wiring(List.of(HOST), List.of(segment))
                .plan(List.of(new Link("host-" + segment.id(), "host", segment.id(), 50, 40, line)));
    }

    private static Link link(String id, String box, String segment, double labelWidth) {
        return new Link(id, box, segment, labelWidth, 40, LinkLine.STRAIGHT);
    }

    private static Plan plan(Box box, Segment... segments) {
        return new Wiring(List.of(box), List.of(segments))
                .plan(List.of(segments).stream()
                        .map(segment -> link(box.id() + "-" + segment.id(), box.id(), segment.id(), 50))
                        .toList());
    }
}
