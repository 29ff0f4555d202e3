package io.twoarm.desktop.ui.canvas;

import io.twoarm.model.Finding.Severity;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Group;
import javafx.scene.shape.Circle;
import javafx.scene.text.Text;

/** A sign at a figure that lint has something to say about it. */
final class ProblemBadge extends Group {
    private static final double RADIUS = 9;

    ProblemBadge() {
        Circle disc = new Circle(RADIUS);
        disc.getStyleClass().add("badge-disc");
        Text sign = Figure.text("!", "badge-sign");
        sign.setX(-2);
        sign.setY(-8.5);
        getChildren().addAll(disc, sign);
        getStyleClass().add("badge");
        setVisible(false);
    }

    /** Notes are no reason for a badge. */
    void show(Optional<Severity> severity) {
        setVisible(severity.filter(it -> it != Severity.NOTE).isPresent());
        getStyleClass().setAll("badge");
        severity.ifPresent(it -> getStyleClass().add(it.name().toLowerCase(Locale.ROOT)));
    }
}
