package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.viewmodel.LiveOverlay.Health;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.Group;
import javafx.scene.shape.Circle;
import javafx.scene.shape.SVGPath;

/** A small round sign for health; its shape says the same as its colour. */
final class StatusSign extends Group {
    static final double RADIUS = 7.5;
    private static final String CHECK = "M-3.2 0.2 L-1 2.6 L3.4 -2.4";
    private static final String DASH = "M-3 0 L3 0";
    private static final String EXCLAMATION = "M0 -3.6 L0 0.8 M0 3.2 L0 3.4";
    private static final String CROSS = "M-2.6 -2.6 L2.6 2.6 M2.6 -2.6 L-2.6 2.6";

    private final SVGPath stroke = new SVGPath();

    StatusSign() {
        Circle disc = new Circle(RADIUS);
        disc.getStyleClass().add("status-disc");
        stroke.getStyleClass().add("status-stroke");
        getStyleClass().add("status-sign");
        getChildren().addAll(disc, stroke);
        setMouseTransparent(true);
        show(Optional.empty());
    }

    void show(Optional<Health> health) {
        setVisible(health.isPresent());
        for (Health each : Health.values()) {
            boolean active = health.filter(value -> value == each).isPresent();
            pseudoClassStateChanged(PseudoClass.getPseudoClass(styleName(each)), active);
        }
        health.ifPresent(value -> stroke.setContent(
                switch (value) {
                    case UP -> CHECK;
                    case IDLE -> DASH;
                    case DEGRADED -> EXCLAMATION;
                    case DOWN -> CROSS;
                }));
    }

    static String styleName(Health health) {
        return switch (health) {
            case UP -> "up";
            case IDLE -> "idle";
            case DEGRADED -> "degraded";
            case DOWN -> "down";
        };
    }
}
