package io.twoarm.desktop.ui;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/**
 * A row that cuts no text where it has too little room: what can be spared goes first, then buttons show their icon
 * alone, the last ones first, and labels wrap.
 */
final class ShrinkingRow extends HBox {
    /** How narrow a label gets before buttons lose their texts, in pixels. */
    private static final double LABEL_WIDTH = 190;

    /** How narrow a field gets, in pixels. */
    private static final double FIELD_WIDTH = 70;

    private List<Node> sparedFirst = List.of();
    private List<Node> sparedLast = List.of();
    private List<Object> fittedTo = List.of();

    ShrinkingRow(Node... nodes) {
        super(nodes);
        setMinWidth(0);
        setMinHeight(USE_PREF_SIZE);
        for (Node node : nodes) {
            if (node instanceof Label label) {
                label.setWrapText(true);
                label.setMinHeight(USE_PREF_SIZE);
            } else if (node instanceof ButtonBase || node instanceof HBox) {
                ((Region) node).setMinWidth(USE_PREF_SIZE);
            }
        }
    }

    /** Nodes in this row, at any depth, that are seen or done elsewhere too. */
    void spare(List<Node> first, List<Node> last) {
        sparedFirst = first;
        sparedLast = last;
    }

    @Override
    protected double computePrefHeight(double width) {
        if (width > 0) {
            fit(width);
        }
        return super.computePrefHeight(width);
    }

    @Override
    protected void layoutChildren() {
        fit(getWidth());
        super.layoutChildren();
    }

    /** Does nothing while nothing has changed, so that layout comes to an end. */
    private void fit(double width) {
        List<Object> now = state(width);
        if (now.equals(fittedTo)) {
            return;
        }
        fittedTo = now;
        sparedFirst.forEach(node -> show(node, true));
        sparedLast.forEach(node -> show(node, true));
        List<Runnable> steps = new ArrayList<>();
        sparedFirst.forEach(node -> steps.add(() -> show(node, false)));
        for (Node node : getChildren().reversed()) {
            if (node instanceof ButtonBase button
                    && button.getGraphic() != null
                    && !texts(button).isEmpty()) {
                button.setContentDisplay(ContentDisplay.LEFT);
                steps.add(() -> showIconAlone(button));
            }
        }
        sparedLast.forEach(node -> steps.add(() -> show(node, false)));
        for (Runnable step : steps) {
            if (needed() <= width) {
                return;
            }
            step.run();
        }
    }

    private static void showIconAlone(ButtonBase button) {
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        if (button.getTooltip() == null) {
            Tooltip tooltip = new Tooltip();
            tooltip.textProperty().bind(button.textProperty());
            button.setTooltip(tooltip);
        }
    }

    private List<Object> state(double width) {
        List<Object> state = new ArrayList<>();
        state.add(width);
        for (Node node : getChildren()) {
            state.add(
                    switch (node) {
                        case ButtonBase button -> button.isManaged() ? texts(button) : "";
                        case Label label -> label.getText();
                        default -> sparedFirst.contains(node) || sparedLast.contains(node) ? "" : node.prefWidth(-1);
                    });
        }
        return state;
    }

    private static String texts(ButtonBase button) {
        return button.getText() == null ? "" : button.getText();
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    private double needed() {
        List<Node> managed = getManagedChildren();
        double sum = snappedLeftInset() + snappedRightInset() + getSpacing() * Math.max(0, managed.size() - 1);
        for (Node node : managed) {
            double wanted = snapSizeX(node.prefWidth(-1));
            sum += switch (node) {
                case Label label -> Math.min(wanted, LABEL_WIDTH);
                case TextField field -> Math.min(wanted, FIELD_WIDTH);
                default -> wanted;
            };
        }
        return sum;
    }
}
