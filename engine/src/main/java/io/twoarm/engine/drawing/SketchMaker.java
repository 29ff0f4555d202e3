package io.twoarm.engine.drawing;

import io.twoarm.engine.drawing.Sketch.Shape;
import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.project.Layout;
import io.twoarm.model.project.Layout.Position;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Puts the shapes of a design together. */
final class SketchMaker {
    private static final double MARGIN = 24;
    private static final double LINE_HEIGHT = 16;
    private static final double PADDING = 10;
    private static final double TEXT = 12;
    private static final double NAME = 14;

    /** Of a letter at {@link #TEXT}, generously: boxes are made before fonts are known. */
    private static final double LETTER = 6.9;

    /** Between two nodes, so that one sees the line. */
    private static final double GAP = 22;

    /** How far apart places are pulled at most. */
    private static final double WIDEST = 4;

    private static final String INK = "#1d2733";
    private static final String FAINT = "#5b6875";
    private static final String WIRE = "#8fa1b3";
    private static final String WIRE_FILL = "#eef2f6";

    private final Topology topology;
    private final Layout layout;
    private final double spread;
    private final List<Shape> lines = new ArrayList<>();
    private final List<Shape> boxes = new ArrayList<>();
    private double left = Double.MAX_VALUE;
    private double top = Double.MAX_VALUE;
    private double right = -Double.MAX_VALUE;
    private double bottom = -Double.MAX_VALUE;

    private SketchMaker(Topology topology, Layout layout, double spread) {
        this.topology = topology;
        this.layout = layout;
        this.spread = spread;
    }

    /** Nodes have other sizes here than in the workbench, so their places are spread until no two of them touch. */
    static Sketch of(Topology topology, Layout layout) {
        Layout placed = Placing.of(topology, layout);
        for (double spread = 1; spread < WIDEST; spread += 0.1) {
            SketchMaker maker = new SketchMaker(topology, placed, spread);
            Sketch sketch = maker.make();
            if (maker.isTidy()) {
                return sketch;
            }
        }
        Layout rows = Placing.of(topology, Layout.EMPTY);
        return placed.equals(rows) ? new SketchMaker(topology, rows, WIDEST).make() : of(topology, rows);
    }

    private boolean isTidy() {
        List<Shape.Box> nodes = boxes.stream()
                .filter(Shape.Box.class::isInstance)
                .map(Shape.Box.class::cast)
                .toList();
        for (int i = 0; i < nodes.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (touch(nodes.get(i), nodes.get(j))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean touch(Shape.Box one, Shape.Box other) {
        return one.x() < other.x() + other.width() + GAP
                && other.x() < one.x() + one.width() + GAP
                && one.y() < other.y() + other.height() + GAP
                && other.y() < one.y() + one.height() + GAP;
    }

    private Sketch make() {
        topology.hosts().forEach(this::host);
        topology.segments().forEach(this::segment);
        topology.ports()
                .forEach(on -> topology.segmentOf(on.port()).ifPresent(segment -> {
                    Position from = layout.host(on.host().name()).orElseThrow();
                    Position to = layout.segment(segment.name()).orElseThrow();
                    link(LinkWay.between(
                            from, to, layout.link(on.host().name(), on.port().name())));
                }));
        if (boxes.isEmpty()) {
            left = top = right = bottom = 0;
        }
        List<Shape> shapes = new ArrayList<>();
        double title = 2 * LINE_HEIGHT;
        double dx = MARGIN - left;
        double dy = MARGIN + title - top;
        double width = Math.max(right - left, topology.title().length() * NAME * 0.62) + 2 * MARGIN;
        lines.forEach(it -> shapes.add(moved(it, dx, dy)));
        boxes.forEach(it -> shapes.add(moved(it, dx, dy)));
        shapes.add(new Shape.Label(width / 2, MARGIN + NAME / 2, topology.title(), NAME + 2, true, INK));
        return new Sketch(topology.title(), width, bottom - top + 2 * MARGIN + title, shapes);
    }

    private void link(List<Position> way) {
        for (int i = 1; i < way.size(); i++) {
            Position from = spread(way.get(i - 1));
            Position to = spread(way.get(i));
            lines.add(new Shape.Line(from.x(), from.y(), to.x(), to.y(), WIRE));
            cover(from.x(), from.y(), 0, 0);
        }
    }

    private void cover(double x, double y, double width, double height) {
        left = Math.min(left, x);
        top = Math.min(top, y);
        right = Math.max(right, x + width);
        bottom = Math.max(bottom, y + height);
    }

    private Position spread(Position place) {
        return new Position(place.x() * spread, place.y() * spread);
    }

    private static Shape moved(Shape shape, double dx, double dy) {
        return switch (shape) {
            case Shape.Box it ->
                new Shape.Box(it.x() + dx, it.y() + dy, it.width(), it.height(), it.round(), it.fill(), it.stroke());
            case Shape.Line it -> new Shape.Line(it.x1() + dx, it.y1() + dy, it.x2() + dx, it.y2() + dy, it.stroke());
            case Shape.Label it ->
                new Shape.Label(it.x() + dx, it.y() + dy, it.text(), it.size(), it.bold(), it.fill());
        };
    }

    private void host(Host host) {
        List<String> facts = new ArrayList<>();
        facts.add(caption(host));
        host.ports().forEach(port -> facts.add(port(port)));
        if (host instanceof Host.Director director) {
            topology.servicesOf(director)
                    .forEach(service -> facts.add(service.name() + " "
                            + endpoint(service.vip(), service.servicePort()) + " "
                            + service.mode().name().toLowerCase(Locale.ROOT)));
            topology.localAddressPoolsOf(director)
                    .forEach(pool -> facts.add("LIP "
                            + pool.addresses().stream()
                                    .map(IpLiteral::format)
                                    .findFirst()
                                    .orElse("none")
                            + (pool.addresses().size() > 1
                                    ? " and " + (pool.addresses().size() - 1) + " more"
                                    : "")));
            topology.natGatewaysOf(director).forEach(gateway -> facts.add("way out " + gateway.name()));
        }
        Position at = spread(layout.host(host.name()).orElseThrow());
        box(at, host.name(), facts, 8, fill(host), stroke(host));
    }

    private String caption(Host host) {
        return switch (host) {
            case Host.Client _ -> "client";
            case Host.Router _ -> "router";
            case Host.Realserver _ -> "realserver";
            case Host.Director director ->
                "director, " + director.kind().name().toLowerCase(Locale.ROOT)
                        + topology.groupOf(director).map(SketchMaker::group).orElse("");
        };
    }

    private static String group(DirectorGroup group) {
        return switch (group.redundancy()) {
            case Redundancy.Vrrp _ -> ", VRRP group " + group.name();
            case Redundancy.Ecmp _ -> ", ECMP cluster " + group.name();
        };
    }

    private static String port(Port port) {
        List<String> addresses = new ArrayList<>();
        port.addresses().forEach(own -> addresses.add(own.toString()));
        port.kernelAddresses().forEach(own -> addresses.add(own.toString()));
        return port.name()
                + (addresses.isEmpty() ? "" : " " + addresses.getFirst())
                + (addresses.size() > 1 ? " and " + (addresses.size() - 1) + " more" : "");
    }

    private void segment(Segment segment) {
        Position at = spread(layout.segment(segment.name()).orElseThrow());
        List<String> facts =
                new ArrayList<>(segment.subnets().stream().map(Prefix::toString).toList());
        segment.vlan().ifPresent(number -> facts.add("VLAN " + number));
        if (segment.mtu() != Segment.ETHERNET_MTU) {
            facts.add("MTU " + segment.mtu());
        }
        box(at, segment.name(), facts, 18, WIRE_FILL, WIRE);
    }

    private void box(Position at, String name, List<String> facts, double round, String fill, String stroke) {
        double widest =
                facts.stream().mapToDouble(fact -> fact.length() * LETTER).max().orElse(0);
        double width = Math.max(widest, name.length() * LETTER * NAME / TEXT) + 2 * PADDING;
        double height = LINE_HEIGHT * (facts.size() + 1) + PADDING;
        double x = at.x() - width / 2;
        double y = at.y() - height / 2;
        boxes.add(new Shape.Box(x, y, width, height, round, fill, stroke));
        double line = y + LINE_HEIGHT;
        boxes.add(new Shape.Label(at.x(), line, name, NAME, true, INK));
        for (String fact : facts) {
            line += LINE_HEIGHT;
            boxes.add(new Shape.Label(at.x(), line, fact, TEXT, false, FAINT));
        }
        cover(x, y, width, height);
    }

    private static String fill(Host host) {
        return switch (host) {
            case Host.Client _ -> "#f3f6ff";
            case Host.Router _ -> "#fff8e8";
            case Host.Director _ -> "#e6f4ef";
            case Host.Realserver _ -> "#f7f0fb";
        };
    }

    private static String stroke(Host host) {
        return switch (host) {
            case Host.Client _ -> "#4a68c9";
            case Host.Router _ -> "#c58a14";
            case Host.Director _ -> "#14805e";
            case Host.Realserver _ -> "#8a4fb0";
        };
    }

    private static String endpoint(InetAddress address, int port) {
        return IpLiteral.isIpv4(address)
                ? IpLiteral.format(address) + ":" + port
                : "[" + IpLiteral.format(address) + "]:" + port;
    }
}
