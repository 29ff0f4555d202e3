package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.layout.Point;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javafx.scene.input.KeyEvent;

/** What Escape and the arrows mean on a drawing. */
record KeyGestures(TopologyCanvas canvas, Drawing drawing, MouseGestures gestures, BendGestures bends) {
    private static final double STEP = 8;

    void pressed(KeyEvent event) {
        switch (event.getCode()) {
            case ESCAPE -> {
                if (!gestures.cancel()) {
                    canvas.listener().select(Optional.empty());
                }
            }
            case LEFT -> arrow(event, -1, 0);
            case RIGHT -> arrow(event, 1, 0);
            case UP -> arrow(event, 0, -1);
            case DOWN -> arrow(event, 0, 1);
            default -> {
                return;
            }
        }
        event.consume();
    }

    /** Arrows go to the next figure in that direction; with Alt they move the bend that was chosen, or the selected figures. */
    private void arrow(KeyEvent event, int dx, int dy) {
        if (!event.isAltDown()) {
            Optional<Figure> current = canvas.selected().stream().findFirst().flatMap(drawing::carrier);
            drawing.neighbour(current, new Heading(dx, dy))
                    .ifPresent(ref -> canvas.listener().select(Optional.of(ref)));
            return;
        }
        canvas.lookedAround();
        if (!bends.moveChosen(dx * STEP, dy * STEP)) {
            Map<ObjectRef, Point> centres = new LinkedHashMap<>();
            for (ObjectRef ref : canvas.selected()) {
                drawing.carrier(ref)
                        .ifPresent(figure ->
                                centres.put(figure.ref(), figure.centre().plus(dx * STEP, dy * STEP)));
            }
            canvas.listener().moved(centres);
        }
    }
}
