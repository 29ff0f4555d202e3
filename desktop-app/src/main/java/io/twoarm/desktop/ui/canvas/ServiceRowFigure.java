package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.NatGatewayRef;
import io.twoarm.desktop.viewmodel.Diagram.ServiceRow;
import io.twoarm.desktop.viewmodel.LiveOverlay.Health;
import io.twoarm.desktop.viewmodel.LiveOverlay.ServiceLive;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Group;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;

/** A virtual service inside its director's card. */
final class ServiceRowFigure extends Group {
    static final double HEIGHT = 46;
    private static final double INDENT = 16;

    private final ServiceRow row;
    private final Rectangle back = new Rectangle();
    private final Rectangle bar = new Rectangle();
    private final Text label;
    private final Text mode;
    private final Text live = Figure.text("", "service-live");
    private double width;

    ServiceRowFigure(ServiceRow row) {
        this.row = row;
        label = Figure.text(row.label(), "service-label");
        mode = Figure.text(row.mode(), "service-mode");
        back.getStyleClass().add("service-back");
        bar.getStyleClass().add("service-bar");
        bar.setMouseTransparent(true);
        getStyleClass().add("service-row");
        if (row.ref() instanceof NatGatewayRef) {
            getStyleClass().add("way-out");
        }
        setId(Figure.nodeId(row.ref()));
        setAccessibleRole(AccessibleRole.NODE);
        setAccessibleText(row.label() + ", " + row.mode());
        getChildren().addAll(back, bar, label, mode, live);
    }

    ObjectRef ref() {
        return row.ref();
    }

    void setSelected(boolean selected) {
        pseudoClassStateChanged(PseudoClass.getPseudoClass("selected"), selected);
    }

    double neededWidth() {
        return INDENT + Math.max(Figure.widthOf(label) + 70, Figure.widthOf(mode));
    }

    void arrange(double rowWidth) {
        width = rowWidth;
        back.setX(4);
        back.setWidth(rowWidth - 8);
        back.setY(2);
        back.setHeight(HEIGHT - 2);
        back.setArcWidth(12);
        back.setArcHeight(12);
        bar.setX(12);
        bar.setY(9);
        bar.setWidth(4);
        bar.setHeight(HEIGHT - 16);
        bar.setArcWidth(4);
        bar.setArcHeight(4);
        double block = Figure.heightOf(label) + Figure.heightOf(mode) + 1;
        double top = 1 + (HEIGHT - block) / 2;
        Figure.place(label, 12 + INDENT - 4, top);
        Figure.place(mode, 12 + INDENT - 4, top + Figure.heightOf(label) + 1);
        placeLive();
    }

    void show(Optional<ServiceLive> state) {
        live.setText(state.map(ServiceLive::summary).orElse(""));
        for (Health health : Health.values()) {
            boolean active = state.map(ServiceLive::health)
                    .filter(value -> value == health)
                    .isPresent();
            pseudoClassStateChanged(PseudoClass.getPseudoClass(StatusSign.styleName(health)), active);
        }
        placeLive();
    }

    private void placeLive() {
        Figure.place(live, width - 14 - Figure.widthOf(live), label.getY() + 1);
    }
}
