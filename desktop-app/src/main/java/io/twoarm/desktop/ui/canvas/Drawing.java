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
import io.twoarm.desktop.viewmodel.ReadingOrder;
import io.twoarm.desktop.viewmodel.TraceOverlay;
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
    private final FigureStates states = new FigureStates(this);
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
        routes.forget();
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
        figures().forEach(figure -> {
            // Most of very many are not looked at: they are styled when they are near for the first time.
            boolean needed = !isLarge() || fonts.needed(figure);
            figure.setNear(needed);
            figure.setDetailed(needed);
        });
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

    Stream<Figure> figures() {
        return Stream.of(hostFigures, segmentFigures, linkFigures, poolFigures, groupFigures)
                .flatMap(figures -> figures.values().stream());
    }

    Collection<HostFigure> hosts() {
        return hostFigures.values();
    }

    Collection<LinkFigure> links() {
        return linkFigures.values();
    }

    List<RelationFigure> relations() {
        return relationFigures;
    }

    PacketLayer packets() {
        return packets;
    }

    /** Figures may cover something else than before, where they are. */
    void measureAnew() {
        nearby.measureAnew();
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
        routed(routes.route(lines, relationFigures));
        trace.route(hostFigures.values(), linkFigures.values(), this::directorsNamed);
    }

    /** The same while only some figures are moved, with the bends of their links. */
    void route(Collection<Figure> moved) {
        routed(routes.route(
                lines, relationFigures, moved.stream().map(Figure::path).collect(Collectors.toSet())));
        trace.draw();
    }

    private void routed(List<LinkFigure> elsewhere) {
        extent = Optional.empty();
        revision++;
        packets.route(elsewhere);
    }

    DrawnLines lines() {
        return lines;
    }

    /** What figures tell beside what they are. */
    FigureStates states() {
        return states;
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
        keepNear();
    }

    /** Leaves everything else out of the rendering. */
    void render(Bounds part, double zoom) {
        nearby.render(figures().toList(), revision, part, zoom, isLarge());
        keepNear();
    }

    private void keepNear() {
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

    /** Whether the figures that are there are as detailed as that zoom needs. */
    boolean isRenderedFor(double zoom) {
        return nearby.fits(zoom, isLarge());
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
}
