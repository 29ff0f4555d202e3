package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.viewmodel.Texts;
import javafx.scene.Group;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;

/** Says that a host is not as designed and deployed. */
final class DriftLabel extends Group {
    private static final double PADDING = 7;

    private final Rectangle back = new Rectangle();
    private final Text text = Figure.text("", "drift-text");

    DriftLabel() {
        getStyleClass().add("drift-label");
        back.getStyleClass().add("drift-back");
        back.setArcWidth(14);
        back.setArcHeight(14);
        getChildren().addAll(back, text);
        setMouseTransparent(true);
        setVisible(false);
    }

    /** @param things that differ; none hides the label */
    void show(int things) {
        setVisible(things > 0);
        text.setText(things > 0 ? Texts.text("diagram.drift", things) : "");
        applyCss();
        back.setWidth(width());
        back.setHeight(height());
        Figure.place(text, PADDING, 2);
    }

    double width() {
        return Figure.widthOf(text) + 2 * PADDING;
    }

    double height() {
        return Figure.heightOf(text) + 4;
    }
}
