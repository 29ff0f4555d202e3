package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.PoolRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.layout.LayoutRequest;
import io.twoarm.desktop.layout.Point;
import io.twoarm.desktop.layout.Wiring;
import io.twoarm.desktop.viewmodel.Diagram;
import io.twoarm.desktop.viewmodel.Diagram.Link;
import io.twoarm.desktop.viewmodel.Diagram.SegmentNode;
import io.twoarm.desktop.viewmodel.LiveOverlay;
import io.twoarm.desktop.viewmodel.ReadingOrder;
import io.twoarm.desktop.viewmodel.TraceOverlay;
import io.twoarm.lab.Impairment;
import io.twoarm.model.Finding.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.css.PseudoClass;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Group;
import javafx.scene.Node;

/** All figures of a diagram, in layers from the back to the front, and the wires between them. */
final class Drawing extends Group {
    private static final double PORT_INSET = 8;
    /** Drawings with fewer figures are drawn fast enough as they are. */
    private static final int LARGE = 150;

    private final FigureLayer pools = new FigureLayer();
    private final FigureLayer groups = new FigureLayer();
    private final FigureLayer relations = new FigureLayer();
    private final FigureLayer wires = new FigureLayer();
    private final FigureLayer links = new FigureLayer();
    private final FigureLayer hosts = new FigureLayer();
    private final PacketLayer packets = new PacketLayer();
    private final TraceLayer trace = new TraceLayer();

    private final Map<String, HostFigure> hostFigures = new LinkedHashMap<>();
    private final Map<String, SegmentFigure> segmentFigures = new LinkedHashMap<>();
    private final Map<PortRef, LinkFigure> linkFigures = new LinkedHashMap<>();
    private final Map<PoolRef, PoolFigure> poolFigures = new LinkedHashMap<>();
    private final Map<ObjectRef, GroupFigure> groupFigures = new LinkedHashMap<>();
    private final List<RelationFigure> relationFigures = new ArrayList<>();
    private final DrawingRoutes routes =
            new DrawingRoutes(hostFigures, segmentFigures, linkFigures, poolFigures, groupFigures);
    private final DrawnLines lines = new DrawnLines();
    private Diagram diagram = Diagram.EMPTY;
    private Set<ObjectRef> hidden = Set.of();
    private Optional<Bounds> extent = Optional.empty();
    private final Nearby nearby = new Nearby();
    private final SampleFonts fonts = new SampleFonts();
    private int revision;

    Drawing() {
        getChildren().addAll(groups, pools, relations, trace, wires, links, packets, hosts, trace.badges());
    }

    void show(Diagram shown) {
        diagram = shown;
        Stream.of(hostFigures, segmentFigures, linkFigures, poolFigures, groupFigures)
                .forEach(Map::clear);
        relationFigures.clear();
        nearby.forget();
        revision++;
        packets.clear();
        for (SegmentNode segment : shown.segments()) {
            segmentFigures.put(segment.ref().path(), new SegmentFigure(segment));
        }
        shown.hosts().forEach(host -> hostFigures.put(host.ref().path(), new HostFigure(host)));
        for (Link link : shown.links()) {
            SegmentFigure segment = segmentFigures.get(link.segment().path());
            linkFigures.put(link.port(), new LinkFigure(link, segment.role(), LayoutBoxes.framed(shown, link.host())));
        }
        shown.groups().forEach(group -> groupFigures.put(group.ref(), new GroupFigure(group)));
        shown.pools().forEach(pool -> poolFigures.put(pool.ref(), new PoolFigure(pool)));
        shown.relations().forEach(relation -> relationFigures.add(new RelationFigure(relation)));
        fonts.clear();
        if (isLarge()) {
            // Most figures are not looked at: they are styled when they are near for the first time.
            figures().forEach(figure -> {
                boolean needed = fonts.needed(figure);
                figure.setNear(needed);
                figure.setDetailed(needed);
            });
        }
        groups.show(groupFigures.values());
        pools.show(poolFigures.values());
        relations.show(relationFigures);
        wires.show(segmentFigures.values());
        links.show(linkFigures.values());
        hosts.show(hostFigures.values());
        hide(hidden);
    }

    /** Measures and builds the figures; needs a scene with style sheets. */
    void arrange() {
        applyCss();
        fonts.apply();
        linkFigures.values().forEach(Figure::arrange);
        List<ReadingOrder.Step> steps = ReadingOrder.stepsOf(diagram);
        Map<String, List<LinkFigure>> outwards = linksBy(steps, ReadingOrder.Step::from);
        Map<String, List<LinkFigure>> inwards = linksBy(steps, ReadingOrder.Step::to);
        hostFigures.forEach((path, host) -> host.widen(Math.max(
                roomFor(outwards.getOrDefault(path, List.of())), roomFor(inwards.getOrDefault(path, List.of())))));
        figures().forEach(Figure::arrange);
        // Shapes made while arranging need their style, too.
        segmentFigures.values().stream().filter(SegmentFigure::cloudy).forEach(Figure::applyCss);
    }

    /** So that the texts of ports on the same side of a host stand beside each other. */
    private static double roomFor(List<LinkFigure> side) {
        double widest = side.stream().mapToDouble(LinkFigure::textWidth).max().orElse(0);
        return widest * (side.size() - 1) + 2 * PORT_INSET;
    }

    private Map<String, List<LinkFigure>> linksBy(
            List<ReadingOrder.Step> steps, Function<ReadingOrder.Step, String> end) {
        return steps.stream()
                .collect(Collectors.groupingBy(
                        end,
                        Collectors.mapping(step -> linkFigures.get(step.link().port()), Collectors.toList())));
    }

    private Stream<Figure> figures() {
        return Stream.of(hostFigures, segmentFigures, linkFigures, poolFigures, groupFigures)
                .flatMap(figures -> figures.values().stream());
    }

    /** What automatic layout has to know of the arranged figures. */
    LayoutRequest layoutRequest() {
        return new LayoutBoxes(diagram, hostFigures, segmentFigures, linkFigures, groupFigures).request();
    }

    void place(Map<String, Point> places) {
        movable()
                .forEach(
                        figure -> Optional.ofNullable(places.get(figure.path())).ifPresent(figure::moveTo));
        route();
    }

    private Stream<Figure> movable() {
        return Stream.concat(hostFigures.values().stream(), segmentFigures.values().stream());
    }

    /** Draws links, wires, frames and relations anew from where hosts and segments stand. */
    void route() {
        extent = Optional.empty();
        revision++;
        routes.route(lines, relationFigures);
        packets.route(linkFigures.values());
        trace.route(hostFigures.values(), linkFigures.values(), this::directorsNamed);
    }

    DrawnLines lines() {
        return lines;
    }

    /** Whether a port's link is on the drawing, and not hidden. */
    boolean shows(PortRef port) {
        return linkFigures.containsKey(port) && linkFigures.get(port).isShown();
    }

    /** Where a port's link runs; empty as long as it is not drawn. */
    Optional<Wiring.Course> courseOf(PortRef port) {
        return Optional.ofNullable(linkFigures.get(port)).flatMap(LinkFigure::course);
    }

    /** Lets bends go along with figures that are dragged, where both ends of their link are. */
    void carryLines(Collection<Figure> carried, double dx, double dy) {
        Set<ObjectRef> moving = carried.stream().map(Figure::ref).collect(Collectors.toSet());
        linkFigures.forEach((port, figure) -> {
            if (moving.contains(figure.link().host())
                    && moving.contains(figure.link().segment())) {
                lines.drag(port, lines.kept(port).plus(dx, dy));
            }
        });
    }

    /** The directors of a group, or the host of that name. */
    private List<String> directorsNamed(String name) {
        return diagram.groups().stream()
                .filter(group -> group.ref().name().equals(name))
                .findFirst()
                .map(group -> group.members().stream().map(ObjectRef::name).toList())
                .orElse(List.of(name));
    }

    void showImpaired(Map<PortRef, Impairment> impaired) {
        linkFigures.forEach((port, figure) -> figure.showImpaired(Optional.ofNullable(impaired.get(port))));
        nearby.measureAnew();
    }

    void showTrace(TraceOverlay shown) {
        trace.show(shown);
    }

    /** The object that a node of the drawing belongs to. */
    Optional<ObjectRef> objectAt(Node node) {
        for (Node at = node; at != null && at != this; at = at.getParent()) {
            switch (at) {
                case ChipFigure chip -> {
                    return Optional.of(chip.owner());
                }
                case ServiceRowFigure row -> {
                    return Optional.of(row.ref());
                }
                case Figure figure -> {
                    return Optional.of(figure.ref());
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    /** What moves when that object is dragged: hosts and segments themselves, a service or port with its host. */
    Optional<Figure> carrier(ObjectRef ref) {
        return switch (ref) {
            case ObjectRef.HostRef host -> Optional.ofNullable(hostFigures.get(host.path()));
            case ObjectRef.SegmentRef segment -> Optional.ofNullable(segmentFigures.get(segment.path()));
            case ObjectRef.ServiceRef service ->
                hostFigures.values().stream()
                        .filter(figure -> figure.rows().containsKey(service))
                        .findFirst()
                        .map(Figure.class::cast);
            case ObjectRef.PortRef port ->
                Optional.ofNullable(hostFigures.get(new ObjectRef.HostRef(port.host()).path()));
            case ObjectRef.NatGatewayRef gateway ->
                hostFigures.values().stream()
                        .filter(figure -> figure.rows().containsKey(gateway))
                        .findFirst()
                        .map(Figure.class::cast);
            case ObjectRef.GroupRef group ->
                Optional.ofNullable(groupFigures.get(group)).stream()
                        .flatMap(figure -> figure.frame().members().stream())
                        .map(member -> hostFigures.get(member.path()))
                        .map(Figure.class::cast)
                        .findFirst();
            case ObjectRef.DesignRef design -> Optional.empty();
            case ObjectRef.LocalPoolRef pool -> Optional.empty();
            case ObjectRef.PoolRef pool -> Optional.empty();
        };
    }

    /** The host or segment that is next to a figure in a direction; the first of all without a figure. */
    Optional<ObjectRef> neighbour(Optional<Figure> from, Heading heading) {
        return heading.next(from, movable().toList()).map(Figure::ref);
    }

    void select(Collection<ObjectRef> selected) {
        figures().forEach(figure -> figure.setSelected(selected.contains(figure.ref())));
        relationFigures.forEach(
                figure -> figure.setSelected(selected.contains(figure.relation().service())
                        || selected.contains(figure.relation().pool())));
        hostFigures.values().stream()
                .flatMap(figure -> figure.rows().values().stream())
                .forEach(row -> row.setSelected(selected.contains(row.ref())));
        linkFigures.values().stream()
                .flatMap(figure -> figure.chips().stream())
                .forEach(chip -> chip.setSelected(selected.contains(chip.owner())));
    }

    /** An object in words, as those who cannot see the drawing need it. */
    String describe(ObjectRef ref) {
        return figures()
                .filter(figure -> figure.ref().equals(ref))
                .map(Figure::getAccessibleText)
                .findFirst()
                .or(() -> hostFigures.values().stream()
                        .flatMap(host -> Optional.ofNullable(host.rows().get(ref)).stream())
                        .map(ServiceRowFigure::getAccessibleText)
                        .findFirst())
                .orElse(ref.name());
    }

    /** What everything covers that is shown, whether anybody looks there or not. */
    Bounds extent() {
        Bounds known = extent.orElseGet(() -> Stream.concat(figures(), relationFigures.stream())
                .filter(Figure::isShown)
                .map(Figure::covered)
                .filter(bounds -> !bounds.isEmpty())
                .reduce(Drawing::union)
                .orElse(new BoundingBox(0, 0, -1, -1)));
        extent = Optional.of(known);
        return known;
    }

    /** Leaves out of the rendering what cannot be seen where people look. */
    void look(Bounds at, double zoom) {
        nearby.look(figures().toList(), revision, at, zoom, isLarge());
        if (isLarge()) {
            Stream.of(groups, pools, wires, links, hosts).forEach(FigureLayer::keepNear);
        }
    }

    /** Renders everything in all detail, whatever is seen, until people look somewhere again. */
    void showAll() {
        look(extent(), 1);
        applyCss();
        // The lines of figures that nobody has looked at are drawn as wide as they are from now on.
        nearby.measureAnew();
        extent = Optional.empty();
    }

    /** The same when only the view has moved, for which most of the time what is near already is enough. */
    void follow(Bounds at, double zoom) {
        if (isVisible() && !nearby.suffices(at, zoom, isLarge())) {
            look(at, zoom);
        }
    }

    /** Whether painting it takes so long that it does not follow the view smoothly. */
    boolean isLarge() {
        return hostFigures.size() + linkFigures.size() > LARGE;
    }

    /** The part of the drawing whose figures are there, in drawing units. */
    Bounds near() {
        return nearby.part();
    }

    /** Another number whenever figures stand elsewhere. */
    int revision() {
        return revision;
    }

    static Bounds union(Bounds one, Bounds other) {
        double left = Math.min(one.getMinX(), other.getMinX());
        double top = Math.min(one.getMinY(), other.getMinY());
        return new BoundingBox(
                left,
                top,
                Math.max(one.getMaxX(), other.getMaxX()) - left,
                Math.max(one.getMaxY(), other.getMaxY()) - top);
    }

    /** Lets objects glow; parts of a host glow where they are drawn. */
    void glow(Collection<ObjectRef> refs) {
        PseudoClass glowing = PseudoClass.getPseudoClass("glowing");
        figures().forEach(figure -> figure.pseudoClassStateChanged(glowing, refs.contains(figure.ref())));
        hostFigures.values().stream()
                .flatMap(figure -> figure.rows().values().stream())
                .forEach(row -> row.pseudoClassStateChanged(glowing, refs.contains(row.ref())));
        linkFigures.values().stream()
                .flatMap(figure -> figure.chips().stream())
                .forEach(chip -> chip.pseudoClassStateChanged(glowing, refs.contains(chip.owner())));
    }

    /** Hides segments with the links on them; everything else is shown. */
    void hide(Collection<ObjectRef> segments) {
        hidden = Set.copyOf(segments);
        segmentFigures.values().forEach(figure -> figure.setShown(!hidden.contains(figure.ref())));
        linkFigures
                .values()
                .forEach(
                        figure -> figure.setShown(!hidden.contains(figure.link().segment())));
        extent = Optional.empty();
        revision++;
    }

    void showProblems(Map<ObjectRef, Severity> problems) {
        Stream.of(hostFigures, segmentFigures, poolFigures, groupFigures)
                .flatMap(figures -> figures.values().stream())
                .forEach(figure -> figure.showProblem(Optional.ofNullable(problems.get(figure.ref()))));
    }

    boolean isDirector(ObjectRef.HostRef ref) {
        return diagram.host(ref.name())
                .filter(host -> host.role() == Diagram.Role.DIRECTOR)
                .isPresent();
    }

    /** Hosts and segments that lie in or reach into a box. */
    List<ObjectRef> within(Bounds box) {
        return movable()
                .filter(figure -> figure.covered().intersects(box))
                .map(Figure::ref)
                .toList();
    }

    List<Snapping.Box> boxesBut(Collection<Figure> moving) {
        return movable()
                .filter(figure -> !moving.contains(figure))
                .map(figure -> new Snapping.Box(figure.centre(), figure.width(), figure.height()))
                .toList();
    }

    /** What hosts and segments cover, by what they are. */
    Map<ObjectRef, Bounds> footprints() {
        Map<ObjectRef, Bounds> footprints = new LinkedHashMap<>();
        movable().forEach(figure -> footprints.put(figure.ref(), figure.covered()));
        return footprints;
    }

    /** What these objects cover together; empty when none of them is drawn. */
    Optional<Bounds> boundsOf(Collection<ObjectRef> refs) {
        return refs.stream()
                .flatMap(ref -> carrier(ref).stream())
                .map(Figure::covered)
                .reduce(Drawing::union);
    }

    void showDrift(Map<ObjectRef, Integer> drift) {
        hostFigures.values().forEach(figure -> figure.showDrift(drift.getOrDefault(figure.ref(), 0)));
    }

    void showLive(LiveOverlay live) {
        diagram.hosts()
                .forEach(host -> hostFigures
                        .get(host.ref().path())
                        .show(Optional.ofNullable(live.hosts().get(host.ref()))));
        diagram.hosts()
                .forEach(host -> host.services()
                        .forEach(row -> hostFigures
                                .get(host.ref().path())
                                .showService(
                                        row.ref(),
                                        Optional.ofNullable(live.services().get(row.ref())))));
        linkFigures.forEach((port, figure) -> {
            Optional<LiveOverlay.PortLive> rates =
                    Optional.ofNullable(live.ports().get(port));
            figure.show(rates);
            packets.rate(port, rates);
        });
        packets.adjustTimer();
        nearby.measureAnew();
    }
}
