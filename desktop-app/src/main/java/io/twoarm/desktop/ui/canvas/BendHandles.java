package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.layout.BendHandle;
import io.twoarm.desktop.layout.Point;
import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.Shape;

/** The handles of one link: a circle on each bend, a bar across the middle of each leg of an orthogonal link. */
final class BendHandles extends Group {
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final PseudoClass LEAVING = PseudoClass.getPseudoClass("leaving");
    private static final double RADIUS = 5.5;
    private static final double BAR_LENGTH = 18;
    private static final double BAR_WIDTH = 7;

    private final Group still = new Group();
    /** Over the others while it moves; these stay in the scene, because the mouse is bound to the one that it pressed. */
    private final Group moving = new Group();

    private List<BendHandle> shown = List.of();
    private Optional<Integer> chosen = Optional.empty();

    BendHandles() {
        moving.setMouseTransparent(true);
        getChildren().addAll(still, moving);
    }

    /**
     * Handles that are shown already stay the nodes that they are: the mouse may be on one of them.
     *
     * @param selected the one that the Delete key removes
     */
    void show(List<BendHandle> handles, Optional<Integer> selected) {
        still.setOpacity(1);
        moving.getChildren().clear();
        if (handles.equals(shown) && selected.equals(chosen)) {
            return;
        }
        shown = List.copyOf(handles);
        chosen = selected;
        still.getChildren().setAll(handles.stream().map(BendHandles::knob).toList());
        still.getChildren()
                .forEach(knob -> knob.pseudoClassStateChanged(
                        SELECTED, selected.equals(Optional.of(((BendHandle) knob.getUserData()).index()))));
    }

    /** @param leaving whether letting go here removes it */
    void showMoving(BendHandle handle, Point at, boolean leaving) {
        Shape knob = knob(handle);
        knob.setTranslateX(Math.rint(at.x()));
        knob.setTranslateY(Math.rint(at.y()));
        knob.pseudoClassStateChanged(SELECTED, true);
        knob.pseudoClassStateChanged(LEAVING, leaving);
        moving.getChildren().setAll(knob);
        still.setOpacity(0);
    }

    Optional<BendHandle> at(Node node) {
        return node != null && node.getParent() == still
                ? Optional.of((BendHandle) node.getUserData())
                : Optional.empty();
    }

    private static Shape knob(BendHandle handle) {
        Shape knob = handle.isLeg() ? bar(handle.isLevel()) : new Circle(RADIUS);
        knob.getStyleClass().add("bend-handle");
        knob.setId("bend-handle-" + handle.index());
        knob.setUserData(handle);
        knob.setTranslateX(Math.rint(handle.place().x()));
        knob.setTranslateY(Math.rint(handle.place().y()));
        return knob;
    }

    private static Rectangle bar(boolean level) {
        double width = level ? BAR_LENGTH : BAR_WIDTH;
        double height = level ? BAR_WIDTH : BAR_LENGTH;
        Rectangle bar = new Rectangle(-width / 2, -height / 2, width, height);
        bar.setArcWidth(BAR_WIDTH);
        bar.setArcHeight(BAR_WIDTH);
        bar.getStyleClass().add(level ? "level" : "upright");
        return bar;
    }
}
