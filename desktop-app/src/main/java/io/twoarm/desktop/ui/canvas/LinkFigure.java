package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.layout.LinkLine;
import io.twoarm.desktop.layout.Point;
import io.twoarm.desktop.layout.Wiring;
import io.twoarm.desktop.viewmodel.Diagram.Link;
import io.twoarm.desktop.viewmodel.Diagram.SegmentRole;
import io.twoarm.desktop.viewmodel.LiveOverlay.PortLive;
import io.twoarm.desktop.viewmodel.PacketRate;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.lab.Impairment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Ellipse;
import javafx.scene.shape.Polyline;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;

/** A port's link: the line, the port's name and addresses on its right, the live rates on its left. */
final class LinkFigure extends Figure {
    private static final PseudoClass IMPAIRED = PseudoClass.getPseudoClass("impaired");
    private static final PseudoClass CUT = PseudoClass.getPseudoClass("cut");
    private static final double GAP = 9;
    /** Between a port's name and its addresses. */
    private static final double NAME_GAP = 7;

    private static final double CHIP_GAP = 3;
    /** Two lines of rates. */
    private static final double RATE_HEIGHT = 34;

    /** Room for {@code ↓ 12.3k pps} on the left. */
    private static final double RATE_WIDTH = 84;

    private static final double END_GAP = 8;
    /** Beyond the frame of a pool, so that no text stands on its line. */
    private static final double FRAMED_END_GAP = 20;

    private static final int MOST_CHIPS = 4;
    /** From the ring of a bond to the segment. */
    private static final double RING_GAP = 14;
    /** What does not count as running through texts. */
    private static final double SLACK = 3;

    private final Link link;
    private final String hostPath;
    private final String segmentPath;
    private final double endGap;
    private final Polyline line = new Polyline();
    private final Polyline grip = new Polyline();
    private final Optional<Bundle> bundle;
    private final Optional<Text> bond;
    private final Rectangle socket = new Rectangle(9, 9);
    private final Circle joint = new Circle(4);
    private final Text portName;
    private final List<Text> addresses = new ArrayList<>();
    private final List<ChipFigure> chips = new ArrayList<>();
    private final Optional<Rates> rates;
    private final Text impaired = text("", "impaired-text");
    private Optional<Wiring.Course> course = Optional.empty();
    private Optional<Impairment> wrong = Optional.empty();
    private boolean carrier = true;
    private boolean straight = true;
    /** Whether the port's texts stand on the left, because the line runs to the right. */
    private boolean leftwards;
    /** Of all texts beside the line, from the arrangement on. */
    private double textWidth;

    /**
     * What makes a bond of a line.
     *
     * @param between over the thick line, in the ground's colour, so that two strands are seen
     */
    private record Bundle(Polyline between, Ellipse ring) {
        Bundle() {
            this(new Polyline(), new Ellipse(9, 4.5));
            between.getStyleClass().add("link-between");
            between.setMouseTransparent(true);
            ring.getStyleClass().add("bond-ring");
            ring.setMouseTransparent(true);
        }
    }

    /** Live rates as text. */
    private record Rates(Text received, Text sent) {
        Rates() {
            this(text("", "rate"), text("", "rate"));
        }

        double height() {
            return heightOf(received) + heightOf(sent);
        }
    }

    LinkFigure(Link link, SegmentRole role, boolean framed) {
        super(link.port(), "link-figure");
        this.link = link;
        hostPath = link.host().path();
        segmentPath = link.segment().path();
        endGap = framed ? FRAMED_END_GAP : END_GAP;
        getStyleClass().add(SegmentFigure.styleName(role));
        line.getStyleClass().add("link");
        line.setMouseTransparent(true);
        grip.getStyleClass().add("link-grip");
        socket.getStyleClass().add("socket");
        socket.setArcWidth(4);
        socket.setArcHeight(4);
        joint.getStyleClass().add("joint");
        joint.setMouseTransparent(true);
        portName = text(link.port().name(), "port-name");
        link.addresses().forEach(address -> addresses.add(text(address, "address")));
        link.chips().stream().limit(MOST_CHIPS).forEach(chip -> chips.add(new ChipFigure(chip)));
        if (link.chips().size() > MOST_CHIPS) {
            addresses.add(text(Texts.text("diagram.more", link.chips().size() - MOST_CHIPS), "address"));
        }
        rates = chips.isEmpty() ? Optional.empty() : Optional.of(new Rates());
        bond = link.bond().map(it -> text(it.label(), "bond-label"));
        bundle = link.bond().map(it -> new Bundle());
        getChildren().addAll(grip, line);
        bundle.ifPresent(it -> {
            getStyleClass().add("bonded");
            getChildren().addAll(it.between(), it.ring());
        });
        getChildren().add(detailed());
        details().getChildren().addAll(socket, joint, portName);
        rates.ifPresent(it -> details().getChildren().addAll(it.received(), it.sent()));
        details().getChildren().add(impaired);
        bond.ifPresent(details().getChildren()::add);
        details().getChildren().addAll(addresses);
        details().getChildren().addAll(chips);
        setAccessibleText(link.port().host() + " " + link.port().name());
    }

    Link link() {
        return link;
    }

    String hostPath() {
        return hostPath;
    }

    String segmentPath() {
        return segmentPath;
    }

    List<ChipFigure> chips() {
        return chips;
    }

    Optional<Wiring.Course> course() {
        return course;
    }

    @Override
    boolean isPlain() {
        return chips.isEmpty();
    }

    @Override
    void arrange() {
        course = Optional.empty();
        chips.forEach(ChipFigure::arrange);
        textWidth = widthOfTexts();
    }

    /** Room for the texts on both sides of the line. */
    @Override
    double width() {
        return textWidth() + (chips.isEmpty() ? 0 : RATE_WIDTH);
    }

    /** Room along the line for the texts and both ends. */
    @Override
    double height() {
        return textHeight() + endGap + END_GAP;
    }

    double textWidth() {
        return textWidth;
    }

    private double widthOfTexts() {
        double width = 0;
        for (Text address : addresses) {
            width = Math.max(width, widthOf(address));
        }
        for (ChipFigure chip : chips) {
            width = Math.max(width, chip.width());
        }
        return nameWidth() + NAME_GAP + width + 2 * GAP;
    }

    /** Of the port's name, and of what is said below it about a bond. */
    private double nameWidth() {
        return Math.max(widthOf(portName), bond.map(Figure::widthOf).orElse(0.0));
    }

    private double textHeight() {
        double height =
                chips.stream().mapToDouble(chip -> chip.height() + CHIP_GAP).sum();
        height += addresses.stream().mapToDouble(Figure::heightOf).sum();
        double names = heightOf(portName) + bond.map(Figure::heightOf).orElse(0.0);
        return Math.max(Math.max(height, names), chips.isEmpty() ? 0 : RATE_HEIGHT);
    }

    /** Whether it runs elsewhere than before. */
    boolean route(Wiring.Course along, LinkLine wanted) {
        if (course.equals(Optional.of(along)) && straight == wanted.isStraight()) {
            return false;
        }
        course = Optional.of(along);
        straight = wanted.isStraight();
        List<Double> coordinates = new ArrayList<>();
        for (Point point : along.points()) {
            coordinates.add(Math.rint(point.x()));
            coordinates.add(Math.rint(point.y()));
        }
        line.getPoints().setAll(coordinates);
        grip.getPoints().setAll(coordinates);
        bundle.ifPresent(it -> {
            it.between().getPoints().setAll(coordinates);
            placeRing(it.ring(), along);
        });
        Point start = along.atBox();
        socket.setX(Math.rint(start.x()) - 4.5);
        socket.setY(Math.rint(start.y()) - 4.5);
        joint.setCenterX(Math.rint(along.atSegment().x()));
        joint.setCenterY(Math.rint(along.atSegment().y()));
        leftwards = !straight && crosses(along, 1) && !crosses(along, -1);
        placeTexts(start, along.downwards());
        placeRates();
        return true;
    }

    /** Across the line, a little before its segment. */
    private static void placeRing(Ellipse ring, Wiring.Course along) {
        List<Point> points = along.points();
        Point end = points.getLast();
        Point before = points.get(points.size() - 2);
        double length = Math.max(1, Math.hypot(before.x() - end.x(), before.y() - end.y()));
        ring.setCenterX(Math.rint(end.x() + (before.x() - end.x()) / length * RING_GAP));
        ring.setCenterY(Math.rint(end.y() + (before.y() - end.y()) / length * RING_GAP));
        ring.setRotate(Math.toDegrees(Math.atan2(before.y() - end.y(), before.x() - end.x())) - 90);
    }

    /**
     * Whether a leg runs through where texts would stand at one side of the port.
     *
     * @param side 1 for the right, -1 for the left
     */
    private boolean crosses(Wiring.Course along, int side) {
        Point start = along.atBox();
        double reach = textWidth();
        for (int i = 1; i < along.points().size(); i++) {
            Point from = along.points().get(i - 1);
            Point to = along.points().get(i);
            double near = Math.min(side * (from.x() - start.x()), side * (to.x() - start.x()));
            double far = Math.max(side * (from.x() - start.x()), side * (to.x() - start.x()));
            double down = along.downwards() ? 1 : -1;
            double first = Math.min(down * (from.y() - start.y()), down * (to.y() - start.y()));
            double last = Math.max(down * (from.y() - start.y()), down * (to.y() - start.y()));
            if (near < reach && far > SLACK && first < endGap + textHeight() && last > endGap) {
                return true;
            }
        }
        return false;
    }

    /** The name stands at the port's end of the line, what the port answers to in a column beside it. */
    private void placeTexts(Point start, boolean downwards) {
        double y = downwards ? start.y() + endGap : start.y() - endGap - textHeight();
        double nameX = leftwards ? start.x() - GAP - nameWidth() : start.x() + GAP;
        double column = leftwards ? nameX - NAME_GAP : nameX + nameWidth() + NAME_GAP;
        double first = heightOf(portName);
        if (!chips.isEmpty()) {
            first = chips.getFirst().height();
        }
        double nameY = y + (first - heightOf(portName)) / 2;
        place(portName, leftwards ? start.x() - GAP - widthOf(portName) : nameX, nameY);
        bond.ifPresent(it -> place(it, leftwards ? start.x() - GAP - widthOf(it) : nameX, nameY + heightOf(portName)));
        for (ChipFigure chip : chips) {
            chip.setTranslateX(Math.rint(leftwards ? column - chip.width() : column));
            chip.setTranslateY(Math.rint(y));
            y += chip.height() + CHIP_GAP;
        }
        for (Text address : addresses) {
            place(address, leftwards ? column - widthOf(address) : column, y);
            y += heightOf(address);
        }
    }

    /** Rates as text only where room was kept for them; dots on the line tell the others. */
    void show(Optional<PortLive> live) {
        rates.ifPresent(it -> {
            it.received()
                    .setText(live.map(port -> Texts.text("rate.received", PacketRate.text(port.receivedPackets())))
                            .orElse(""));
            it.sent()
                    .setText(live.map(port -> Texts.text("rate.sent", PacketRate.text(port.sentPackets())))
                            .orElse(""));
        });
        carrier = live.map(PortLive::carrier).orElse(true);
        showWrong();
    }

    /** Says what is wrong with the cable, and draws it so. */
    void showImpaired(Optional<Impairment> now) {
        wrong = now;
        showWrong();
    }

    private void showWrong() {
        String told = wrong.map(Impairment::text).orElse(carrier ? "" : Texts.text("live.noCarrier"));
        boolean same = told.equals(impaired.getText());
        impaired.setText(told);
        pseudoClassStateChanged(IMPAIRED, wrong.isPresent());
        pseudoClassStateChanged(CUT, !carrier || wrong.filter(Impairment::cut).isPresent());
        if (!same || rates.isPresent()) {
            placeRates();
        }
    }

    private void placeRates() {
        course.ifPresent(along -> {
            Point start = along.atBox();
            double block = Math.max(rates.map(Rates::height).orElse(0.0), heightOf(impaired));
            double y = along.downwards() ? start.y() + endGap : start.y() - endGap - block;
            rates.ifPresent(it -> {
                placeRate(it.received(), along, y);
                placeRate(it.sent(), along, y + heightOf(it.received()));
            });
            boolean told = rates.filter(it -> !it.sent().getText().isEmpty()).isPresent();
            placeRate(impaired, along, told ? y + block : y);
        });
    }

    /** On the left, or behind the port's texts where these or the line itself are on the left. */
    private void placeRate(Text rate, Wiring.Course along, double y) {
        double x = along.atBox().x();
        if (rate.getText().isEmpty()) {
            // It is seen nowhere, but what it covers counts.
            place(rate, x, y);
        } else if (leftwards) {
            place(rate, x - textWidth() - widthOf(rate), y);
        } else if (!straight && crosses(along, -1)) {
            place(rate, x + textWidth(), y);
        } else {
            place(rate, x - GAP - widthOf(rate), y);
        }
    }
}
