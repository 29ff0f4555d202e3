package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.ServiceRef;
import io.twoarm.desktop.viewmodel.Diagram.HostNode;
import io.twoarm.desktop.viewmodel.Diagram.Role;
import io.twoarm.desktop.viewmodel.LiveOverlay.HostLive;
import io.twoarm.desktop.viewmodel.LiveOverlay.ServiceLive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Group;
import javafx.scene.shape.Line;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;

/** A host as a card: pictogram, name, what it is or does, and a director's services as rows. */
final class HostFigure extends Figure {
    private static final double PADDING = 11;
    private static final double TILE = 32;
    private static final double GLYPH = 21;
    private static final double CORNER = 12;
    private static final double SMALLEST_WIDTH = 172;
    private static final double DIRECTOR_WIDTH = 292;
    /** So that a live caption fits without the card changing its size. */
    private static final double REALSERVER_WIDTH = 214;

    private static final double FACT_GAP = 3;

    private final HostNode node;
    private final Rectangle ring = shape("card-ring");
    private final Rectangle shadow = shape("card-shadow");
    private final Rectangle card = shape("card");
    private final Rectangle tile = shape("glyph-tile");
    private final Text name;
    private final Text caption;
    /** Made when the first state is shown. */
    private Optional<StatusSign> sign = Optional.empty();

    private final List<Text> facts = new ArrayList<>();
    private final Line separator = new Line();
    private final Map<ObjectRef, ServiceRowFigure> rows = new LinkedHashMap<>();
    private String wanted;
    private final DriftLabel drift = new DriftLabel();
    private int drifted;
    private double wide;
    private double width;
    private double height;

    HostFigure(HostNode node) {
        super(node.ref(), "host-figure");
        this.node = node;
        wanted = node.caption();
        getStyleClass().add(RoleGlyph.styleClass(node.role()));
        name = text(node.name(), "host-name");
        caption = text(node.caption(), "host-caption");
        node.facts().forEach(fact -> facts.add(text(fact, "address")));
        separator.getStyleClass().add("card-separator");
        getChildren().addAll(ring, shadow, card, tile, detailed());
        details().getChildren().addAll(name, caption);
        if (!node.services().isEmpty()) {
            details().getChildren().add(separator);
        }
        details().getChildren().addAll(facts);
        node.services().forEach(row -> rows.put(row.ref(), new ServiceRowFigure(row)));
        details().getChildren().addAll(rows.values());
        details().getChildren().add(drift);
        setAccessibleText(node.name() + ", " + node.caption());
    }

    private static Rectangle shape(String styleClass) {
        Rectangle rectangle = new Rectangle();
        rectangle.getStyleClass().add(styleClass);
        rectangle.setMouseTransparent(!styleClass.equals("card"));
        return rectangle;
    }

    @Override
    void complete() {
        Group glyph = RoleGlyph.of(node.role(), GLYPH);
        glyph.setTranslateX(PADDING + TILE / 2 - glyph.getBoundsInLocal().getCenterX());
        glyph.setTranslateY(PADDING + TILE / 2 - glyph.getBoundsInLocal().getCenterY());
        details().getChildren().addFirst(glyph);
    }

    Role role() {
        return node.role();
    }

    /** Where the relation of a service starts: the right end of its row, from the centre of the card. */
    double rowOffset(ServiceRef service) {
        ServiceRowFigure row = rows.get(service);
        return row.getTranslateY() + ServiceRowFigure.HEIGHT / 2 - height / 2;
    }

    Map<ObjectRef, ServiceRowFigure> rows() {
        return rows;
    }

    void show(Optional<HostLive> live) {
        if (live.isPresent() && sign.isEmpty()) {
            sign = Optional.of(new StatusSign());
            details().getChildren().add(sign.get());
            placeSign();
        }
        sign.ifPresent(it -> it.show(live.map(HostLive::health)));
        String now = live.map(HostLive::caption).orElse(node.caption());
        if (!now.equals(wanted)) {
            wanted = now;
            elide();
        }
    }

    private void placeSign() {
        sign.ifPresent(it -> {
            it.setTranslateX(width - PADDING - StatusSign.RADIUS);
            it.setTranslateY(PADDING + StatusSign.RADIUS);
        });
    }

    /** Shortens the caption to the card, whose size does not follow what goes on. */
    private void elide() {
        caption.setText(wanted);
        double room = width - caption.getX() - PADDING;
        for (int end = wanted.length() - 1; width > 0 && end > 0 && widthOf(caption) > room; end--) {
            caption.setText(wanted.substring(0, end).stripTrailing() + "…");
        }
    }

    void showService(ObjectRef service, Optional<ServiceLive> live) {
        Optional.ofNullable(rows.get(service)).ifPresent(row -> row.show(live));
    }

    /** Says how much of the host is not as it should be, at the lower right corner of the card. */
    void showDrift(int things) {
        if (things == 0 && drifted == 0) {
            return;
        }
        drifted = things;
        drift.show(things);
        drift.setTranslateX(Math.rint(width - PADDING - drift.width()));
        drift.setTranslateY(Math.rint(height - drift.height() / 2));
    }

    /** At least this wide from the next arranging on. */
    void widen(double room) {
        wide = room;
    }

    @Override
    boolean isPlain() {
        return rows.isEmpty();
    }

    @Override
    void arrange() {
        double head = PADDING * 2 + TILE;
        double texts = PADDING + TILE + 10;
        double needed = texts + Math.max(widthOf(name) + 28, widthOf(caption)) + PADDING;
        for (Text fact : facts) {
            needed = Math.max(needed, widthOf(fact) + 2 * PADDING);
        }
        for (ServiceRowFigure row : rows.values()) {
            needed = Math.max(needed, row.neededWidth() + 2 * PADDING);
        }
        width = Math.rint(Math.max(Math.max(needed, wide), smallestWidth()));
        size(tile, PADDING, PADDING, TILE, TILE, 9);
        double block = heightOf(name) + heightOf(caption);
        place(name, texts, PADDING + (TILE - block) / 2);
        place(caption, texts, PADDING + (TILE - block) / 2 + heightOf(name));
        elide();
        placeSign();
        double y = head - (facts.isEmpty() ? 0 : 4);
        for (Text fact : facts) {
            place(fact, PADDING, y);
            y += heightOf(fact) + FACT_GAP;
        }
        y += facts.isEmpty() ? 0 : PADDING - FACT_GAP - 2;
        y = arrangeRows(y);
        height = Math.rint(y);
        size(card, 0, 0, width, height, CORNER);
        size(shadow, 0, 2, width, height + 1, CORNER);
        size(ring, -4, -4, width + 8, height + 8, CORNER + 8);
    }

    private double arrangeRows(double top) {
        double y = top;
        separator.setStartX(0);
        separator.setEndX(width);
        separator.setStartY(Math.rint(y) + 0.5);
        separator.setEndY(Math.rint(y) + 0.5);
        for (ServiceRowFigure row : rows.values()) {
            row.arrange(width);
            row.setTranslateY(y + 1);
            y += ServiceRowFigure.HEIGHT + 1;
        }
        return y + (rows.isEmpty() ? 0 : 4);
    }

    private double smallestWidth() {
        return switch (node.role()) {
            case CLIENT, ROUTER -> SMALLEST_WIDTH;
            case DIRECTOR -> DIRECTOR_WIDTH;
            case REALSERVER -> REALSERVER_WIDTH;
        };
    }

    private static void size(Rectangle rectangle, double x, double y, double width, double height, double corner) {
        rectangle.setX(x);
        rectangle.setY(y);
        rectangle.setWidth(width);
        rectangle.setHeight(height);
        rectangle.setArcWidth(corner * 2);
        rectangle.setArcHeight(corner * 2);
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
