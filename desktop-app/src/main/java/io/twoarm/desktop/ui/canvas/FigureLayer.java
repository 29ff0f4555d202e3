package io.twoarm.desktop.ui.canvas;

import java.util.Collection;
import java.util.List;
import javafx.scene.Group;

/** Figures of one kind. A pulse of the toolkit visits all nodes of a scene, visible or not, so that not all need be in it. */
final class FigureLayer extends Group {
    private List<Figure> figures = List.of();

    /** Shows other figures, those of them that are near. */
    void show(Collection<? extends Figure> shown) {
        figures = List.copyOf(shown);
        keepNear();
    }

    /** Takes figures that are not near out of the scene, and puts those back that are near again. */
    void keepNear() {
        List<Figure> near = figures.stream().filter(Figure::isNear).toList();
        if (!getChildren().equals(near)) {
            getChildren().setAll(near);
        }
    }
}
