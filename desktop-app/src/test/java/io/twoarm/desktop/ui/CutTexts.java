package io.twoarm.desktop.ui;

import io.twoarm.desktop.ui.canvas.TopologyCanvas;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.skin.TableColumnHeader;
import javafx.scene.text.Text;

/** Finds the texts of a window that are not to be read in full. */
final class CutTexts {
    private static final double SLACK = 1;
    private static final double FAR = 1e6;

    /** Tabs that have no room are in the menu at the end of their row. */
    private static final String TAB_ROW = "headers-region";

    private CutTexts() {}

    /** Labels and buttons that are seen and show less than their text, or reach out of what they are in. */
    static List<String> in(Parent root) {
        return UiDriver.inFx(() -> {
            List<String> found = new ArrayList<>();
            look(root, Optional.of(root.localToScene(root.getLayoutBounds())), found);
            return found;
        });
    }

    /**
     * What a cell has no room for is seen by making its column or its view wider, and the drawing is zoomed.
     *
     * @param room of the innermost parent, in the scene; none where people scroll
     */
    private static void look(Node node, Optional<Bounds> room, List<String> found) {
        if (!node.isVisible()
                || node instanceof IndexedCell
                || node instanceof TableColumnHeader
                || node instanceof TopologyCanvas) {
            return;
        }
        Bounds place = node.localToScene(node.getLayoutBounds());
        if (node instanceof Labeled labeled && hasText(labeled)) {
            if (!isWhole(labeled)) {
                found.add("cut: " + described(labeled));
            } else if (room.filter(around -> !contains(around, place)).isPresent()) {
                found.add("outside: " + described(labeled));
            }
            return;
        }
        if (node instanceof Parent parent) {
            Optional<Bounds> within = within(parent, room, place);
            parent.getChildrenUnmodifiable().forEach(child -> look(child, within, found));
        }
    }

    /** Where a node's children have to be; a page that takes the width of its view is scrolled up and down alone. */
    private static Optional<Bounds> within(Parent node, Optional<Bounds> room, Bounds place) {
        if (isViewport(node) && node.getParent() instanceof ScrollPane scroller) {
            return room.filter(around -> scroller.isFitToWidth())
                    .map(around -> intersection(around, place))
                    .map(around -> new BoundingBox(around.getMinX(), -FAR, around.getWidth(), 2 * FAR));
        }
        // What lies in a viewport is as large as the viewport, and its only child reaches out of it.
        boolean inViewport = node.getParent() != null && isViewport(node.getParent());
        if (inViewport) {
            return room;
        }
        return node.getStyleClass().contains(TAB_ROW)
                ? Optional.empty()
                : room.map(around -> intersection(around, place));
    }

    private static boolean isViewport(Node node) {
        return node.getStyleClass().contains("viewport");
    }

    private static boolean hasText(Labeled labeled) {
        // A menu button leaves its text to a label within it.
        return !(labeled instanceof MenuButton)
                && labeled.getText() != null
                && !labeled.getText().isBlank()
                && labeled.getContentDisplay() != ContentDisplay.GRAPHIC_ONLY;
    }

    /** An ellipsis is part of the text that is drawn. */
    private static boolean isWhole(Labeled labeled) {
        String whole = plain(labeled.isMnemonicParsing() ? labeled.getText().replaceFirst("_", "") : labeled.getText());
        return labeled.getChildrenUnmodifiable().stream()
                .filter(Text.class::isInstance)
                .map(text -> plain(((Text) text).getText()))
                .anyMatch(whole::equals);
    }

    private static String plain(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static boolean contains(Bounds room, Bounds place) {
        return place.getMinX() >= room.getMinX() - SLACK
                && place.getMaxX() <= room.getMaxX() + SLACK
                && place.getMinY() >= room.getMinY() - SLACK
                && place.getMaxY() <= room.getMaxY() + SLACK;
    }

    private static Bounds intersection(Bounds one, Bounds two) {
        double left = Math.max(one.getMinX(), two.getMinX());
        double top = Math.max(one.getMinY(), two.getMinY());
        return new BoundingBox(
                left,
                top,
                Math.max(0, Math.min(one.getMaxX(), two.getMaxX()) - left),
                Math.max(0, Math.min(one.getMaxY(), two.getMaxY()) - top));
    }

    private static String described(Labeled labeled) {
        return "%s%s \"%s\""
                .formatted(
                        labeled.getId() == null ? "" : "#" + labeled.getId() + " ",
                        labeled.getStyleClass(),
                        labeled.getText());
    }
}
