package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.layout.CloudDome;
import io.twoarm.desktop.layout.Point;
import io.twoarm.desktop.layout.Wiring;
import io.twoarm.desktop.viewmodel.Diagram.SegmentNode;
import io.twoarm.desktop.viewmodel.Diagram.SegmentRole;
import io.twoarm.desktop.viewmodel.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.scene.shape.Ellipse;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.Shape;
import javafx.scene.text.Text;

/** A segment: a cloud where the clients are, a wire everywhere else. */
final class SegmentFigure extends Figure {
    private static final double CLOUD_HEIGHT = 76;
    private static final double THICKNESS = 7;
    private static final double LABEL_GAP = 12;

    private final SegmentNode node;
    private final Rectangle wire = new Rectangle();
    private final Rectangle halo = new Rectangle();
    private final Rectangle leftCap = new Rectangle();
    private final Rectangle rightCap = new Rectangle();
    private final Text role;
    private final Text name;
    /** The number of its VLAN, and its subnets. */
    private final List<Text> lines = new ArrayList<>();

    private Shape cloud = new Rectangle();
    private double width;
    private double height;
    private boolean textsBehind;
    private Optional<Wiring.Wire> stretched = Optional.empty();

    SegmentFigure(SegmentNode node) {
        super(node.ref(), "segment-figure");
        this.node = node;
        getStyleClass().add(styleName(node.role()));
        role = text(Texts.text("segmentRole.short", node.role()), "segment-role");
        name = text(node.name(), "segment-name");
        node.vlan().ifPresent(number -> lines.add(text(Texts.text("segment.vlan", number), "segment-role")));
        node.subnets().forEach(subnet -> lines.add(text(subnet, "address")));
        setAccessibleText(node.name() + " "
                + node.vlan().stream()
                        .mapToObj(number -> Texts.text("segment.vlan", number) + " ")
                        .collect(Collectors.joining())
                + String.join(" ", node.subnets()));
        if (cloudy()) {
            getChildren().addAll(cloud, name);
        } else {
            halo.getStyleClass().add("wire-halo");
            wire.getStyleClass().add("wire");
            leftCap.getStyleClass().add("wire-cap");
            rightCap.getStyleClass().add("wire-cap");
            getChildren().addAll(halo, wire, leftCap, rightCap, name);
            if (!node.name().equalsIgnoreCase(role.getText())) {
                getChildren().add(role);
            }
        }
        getChildren().addAll(lines);
    }

    boolean cloudy() {
        return node.role() == SegmentRole.ACCESS;
    }

    SegmentRole role() {
        return node.role();
    }

    static String styleName(SegmentRole role) {
        return switch (role) {
            case ACCESS -> "access";
            case WAN -> "wan";
            case LAN -> "lan";
            case TRANSIT -> "transit";
        };
    }

    @Override
    void arrange() {
        stretched = Optional.empty();
        double texts = widthOf(name);
        for (Text line : lines) {
            texts = Math.max(texts, widthOf(line));
        }
        if (!cloudy()) {
            width = texts;
            height = 0;
            return;
        }
        width = Math.rint(Math.max(184, texts + 64));
        height = Math.max(CLOUD_HEIGHT, heightOf(name) + textBlock() + 46);
        getChildren().remove(cloud);
        cloud = cloudShape(width, height);
        cloud.getStyleClass().add("cloud");
        getChildren().addFirst(cloud);
        double y = height * 0.54 - (heightOf(name) + textBlock()) / 2;
        place(name, (width - widthOf(name)) / 2, y);
        y += heightOf(name);
        for (Text line : lines) {
            place(line, (width - widthOf(line)) / 2, y);
            y += heightOf(line);
        }
    }

    private double textBlock() {
        return lines.stream().mapToDouble(Figure::heightOf).sum();
    }

    private static Shape cloudShape(double width, double height) {
        Rectangle base = new Rectangle(width * 0.08, height * 0.45, width * 0.84, height * 0.55);
        base.setArcWidth(height * 0.55);
        base.setArcHeight(height * 0.55);
        Shape shape = base;
        for (CloudDome dome : CloudDome.values()) {
            shape = Shape.union(
                    shape,
                    new Ellipse(
                            width * dome.x(), height * dome.y(), width * dome.halfWidth(), height * dome.halfHeight()));
        }
        return shape;
    }

    /**
     * Gives a wire its extent.
     *
     * @param textBehind whether the text stands behind its right end rather than before its left one
     */
    void stretch(Wiring.Wire extent, boolean textBehind) {
        setTranslateX(Math.rint(extent.left()));
        setTranslateY(Math.rint(extent.y()));
        if (stretched.equals(Optional.of(extent)) && textBehind == textsBehind) {
            return;
        }
        stretched = Optional.of(extent);
        double length = extent.right() - extent.left();
        textsBehind = textBehind;
        bar(halo, -6, -THICKNESS / 2 - 6, length + 12, THICKNESS + 12);
        bar(wire, 0, -THICKNESS / 2, length, THICKNESS);
        bar(leftCap, -2, -9, 5, 18);
        bar(rightCap, length - 3, -9, 5, 18);
        double y = -(heightOf(name) + textBlock()) / 2;
        if (textBehind) {
            place(name, length + LABEL_GAP, y);
            place(role, length + LABEL_GAP + widthOf(name) + 8, y + heightOf(name) - heightOf(role) - 1);
        } else {
            place(name, -LABEL_GAP - widthOf(name), y);
            place(role, -LABEL_GAP - widthOf(name) - 8 - widthOf(role), y + heightOf(name) - heightOf(role) - 1);
        }
        y += heightOf(name);
        for (Text line : lines) {
            place(line, textBehind ? length + LABEL_GAP : -LABEL_GAP - widthOf(line), y);
            y += heightOf(line);
        }
        placeBadge();
    }

    /** Room that the text beside a wire needs. */
    double textReach() {
        double named = widthOf(name) + (getChildren().contains(role) ? 8 + widthOf(role) : 0);
        return LABEL_GAP + Math.max(named, width);
    }

    @Override
    Point badgeAt() {
        return cloudy() ? new Point(width * 0.2, height * 0.3) : new Point(textsBehind ? -14 : wire.getWidth() + 14, 0);
    }

    private static void bar(Rectangle rectangle, double x, double y, double width, double height) {
        rectangle.setX(x);
        rectangle.setY(y);
        rectangle.setWidth(width);
        rectangle.setHeight(height);
        double arc = Math.min(width, height);
        rectangle.setArcWidth(arc);
        rectangle.setArcHeight(arc);
    }

    @Override
    double width() {
        return width;
    }

    @Override
    double height() {
        return height;
    }
}
