package io.twoarm.desktop.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Draws links between boxes and segments: a wire is a horizontal line as long as what hangs on it, a cloud is a box.
 *
 * <p>Links leave a box at its top or bottom, whichever faces the segment or the link's first bend. Straight ones run
 * vertically.
 */
public final class Wiring {
    /** How far a wire reaches beyond its outermost links, in drawing units. */
    public static final double WIRE_OVERHANG = 34;

    public static final double SHORTEST_WIRE = 150;
    /** Where a link to a cloud bends, from the box; behind the texts that stand at the box. */
    private static final double BEND = 0.7;

    private final Map<String, Box> boxes;
    private final Map<String, Segment> segments;

    public Wiring(List<Box> boxes, List<Segment> segments) {
        this.boxes = new LinkedHashMap<>();
        boxes.forEach(box -> this.boxes.put(box.id(), box));
        this.segments = new LinkedHashMap<>();
        segments.forEach(segment -> this.segments.put(segment.id(), segment));
    }

    /** A host's figure around its centre. */
    public record Box(String id, Point centre, double width, double height) {
        double left() {
            return centre.x() - width / 2;
        }
    }

    /**
     * @param width of a cloud; a wire's follows from its links
     * @param height of a cloud; 0 makes it a wire
     */
    public record Segment(String id, Point centre, double width, double height) {
        boolean wire() {
            return height == 0;
        }
    }

    /**
     * @param id unique among the links
     * @param labelWidth room that its labels need to one side, in drawing units
     * @param labelLength room that they need along it, in drawing units
     */
    public record Link(String id, String box, String segment, double labelWidth, double labelLength, LinkLine line) {}

    /**
     * Where a link runs.
     *
     * @param points from the box to the segment, at least two
     * @param downwards whether it leaves the box at its lower edge
     * @param labelLength room that its labels need along it, in drawing units
     */
    public record Course(String id, List<Point> points, boolean downwards, double labelLength) {
        public Course {
            points = List.copyOf(points);
        }

        public Point atBox() {
            return points.getFirst();
        }

        public Point atSegment() {
            return points.getLast();
        }
    }

    /** The extent of a wire. */
    public record Wire(String id, double left, double right, double y) {}

    public record Plan(Map<String, Course> courses, Map<String, Wire> wires) {}

    public Plan plan(List<Link> links) {
        Map<String, Course> courses = new LinkedHashMap<>();
        Detours detours = new Detours(boxes.values(), segments.values());
        Map<String, List<Link>> byBox = links.stream().collect(Collectors.groupingBy(Link::box));
        for (Box box : boxes.values()) {
            connect(box, byBox.getOrDefault(box.id(), List.of()), detours, courses);
        }
        Map<String, Wire> wires = new LinkedHashMap<>();
        stretch(segments.keySet(), links, courses, wires);
        return new Plan(courses, wires);
    }

    /**
     * The same plan as that for all links, made faster out of one from before some boxes and segments were moved. Links that
     * find their own way round boxes depend on each other, so that all of them are planned then.
     *
     * @param moved boxes and segments that stand elsewhere now, or whose links have other bends
     */
    public Plan plan(List<Link> links, Plan before, Set<String> moved) {
        if (links.stream().anyMatch(link -> link.line().findsItsWay())) {
            return plan(links);
        }
        Set<String> touched = new LinkedHashSet<>();
        for (Link link : links) {
            if (moved.contains(link.box()) || moved.contains(link.segment())) {
                touched.add(link.box());
            }
        }
        Map<String, List<Link>> byBox =
                links.stream().filter(link -> touched.contains(link.box())).collect(Collectors.groupingBy(Link::box));
        Map<String, Course> courses = new LinkedHashMap<>(before.courses());
        Detours none = new Detours(List.of(), List.of());
        byBox.forEach((box, ends) -> connect(boxes.get(box), ends, none, courses));
        Set<String> stretched = byBox.values().stream()
                .flatMap(List::stream)
                .map(Link::segment)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        moved.stream().filter(segments::containsKey).forEach(stretched::add);
        Map<String, Wire> wires = new LinkedHashMap<>(before.wires());
        stretch(stretched, links, courses, wires);
        return new Plan(courses, wires);
    }

    /** Leads the links of a box. */
    private void connect(Box box, List<Link> links, Detours detours, Map<String, Course> courses) {
        for (boolean downwards : new boolean[] {false, true}) {
            List<Link> side = links.stream()
                    .filter(link -> downwards(link) == downwards)
                    .sorted(Comparator.comparingDouble(
                            link -> segments.get(link.segment()).centre().x()))
                    .toList();
            List<Double> positions = spread(box, side);
            for (int i = 0; i < side.size(); i++) {
                Course course = course(box, side.get(i), positions.get(i), downwards, detours);
                courses.put(course.id(), course);
            }
        }
    }

    /** Makes some of the wires as long as their links need. */
    private void stretch(Set<String> wanted, List<Link> links, Map<String, Course> courses, Map<String, Wire> wires) {
        Map<String, List<Link>> bySegment = links.stream()
                .filter(link -> wanted.contains(link.segment()))
                .collect(Collectors.groupingBy(Link::segment));
        for (String id : wanted) {
            Segment segment = segments.get(id);
            if (segment.wire()) {
                wires.put(id, wire(segment, bySegment.getOrDefault(id, List.of()), courses));
            }
        }
    }

    private boolean downwards(Link link) {
        Point first = link.line().bends().stream()
                .findFirst()
                .orElse(segments.get(link.segment()).centre());
        return first.y() >= boxes.get(link.box()).centre().y();
    }

    /** Even distribution, at least as far apart as the labels are wide, centred on the box. */
    private static List<Double> spread(Box box, List<Link> side) {
        double widest = side.stream().mapToDouble(Link::labelWidth).max().orElse(0);
        double step = Math.max(box.width() / (side.size() + 1), widest);
        double first = box.centre().x() - step * (side.size() - 1) / 2;
        List<Double> positions = new ArrayList<>();
        for (int i = 0; i < side.size(); i++) {
            double inside = Math.max(box.left() + 8, Math.min(box.left() + box.width() - 8, first + i * step));
            positions.add(inside);
        }
        return positions;
    }

    private Course course(Box box, Link link, double x, boolean downwards, Detours detours) {
        Segment segment = segments.get(link.segment());
        double edge = box.centre().y() + (downwards ? 1 : -1) * box.height() / 2;
        LinkWay way = new LinkWay(new Point(x, edge), downwards, link.labelLength(), segment);
        List<Point> bends = link.line().bends();
        List<Point> points = switch (link.line().shape()) {
            case STRAIGHT -> straight(way);
            case BENT -> bends.isEmpty() ? straight(way) : way.bent(bends);
            case ORTHOGONAL ->
                link.line().findsItsWay()
                        ? detours.round(box.id(), way)
                                .map(bend -> way.orthogonal(List.of(bend)))
                                .orElseGet(() -> straight(way))
                        : way.orthogonal(bends);
        };
        return new Course(link.id(), points, downwards, link.labelLength());
    }

    /** Vertical, with a step where a cloud is not above or below. */
    private static List<Point> straight(LinkWay way) {
        Point start = way.start();
        Point end = way.entered(way.entrance(start.x()), start.y());
        if (end.x() == start.x()) {
            return List.of(start, end);
        }
        double bend = start.y() + (end.y() - start.y()) * BEND;
        return List.of(start, new Point(start.x(), bend), new Point(end.x(), bend), end);
    }

    private static Wire wire(Segment segment, List<Link> links, Map<String, Course> courses) {
        double left = segment.centre().x();
        double right = left;
        for (Link link : links) {
            double x = courses.get(link.id()).atSegment().x();
            left = Math.min(left, x);
            right = Math.max(right, x);
        }
        double missing = Math.max(0, SHORTEST_WIRE - (right - left) - 2 * WIRE_OVERHANG);
        return new Wire(
                segment.id(),
                left - WIRE_OVERHANG - missing / 2,
                right + WIRE_OVERHANG + missing / 2,
                segment.centre().y());
    }
}
