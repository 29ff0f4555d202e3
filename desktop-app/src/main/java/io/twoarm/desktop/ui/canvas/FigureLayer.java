package io.twoarm.desktop.ui.canvas;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.scene.Group;
import javafx.scene.Node;

/** Figures of one kind. A pulse of the toolkit visits all nodes of a scene, visible or not, so that not all need be in it. */
final class FigureLayer extends Group {
    private List<Figure> figures = List.of();

    /** Shows other figures, those of them that are near. */
    void show(Collection<? extends Figure> shown) {
        figures = List.copyOf(shown);
        getChildren().setAll(figures.stream().filter(Figure::isNear).toList());
    }

    /**
     * Takes figures that are not near out of the scene, and puts those back that are near again. Others stay in it all the
     * time: whatever comes into a scene is styled anew.
     */
    void keepNear() {
        List<Node> children = getChildren();
        Set<Node> before = new HashSet<>(children);
        children.removeAll(figures.stream()
                .filter(figure -> !figure.isNear() && before.contains(figure))
                .toList());
        List<Figure> coming = new ArrayList<>();
        int at = 0;
        for (Figure figure : figures) {
            if (!figure.isNear()) {
                continue;
            }
            if (before.contains(figure)) {
                children.addAll(at, coming);
                at += coming.size() + 1;
                coming.clear();
            } else {
                coming.add(figure);
            }
        }
        children.addAll(at, coming);
    }
}
