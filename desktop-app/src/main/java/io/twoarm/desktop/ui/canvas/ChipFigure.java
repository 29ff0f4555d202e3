package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.viewmodel.Diagram.AddressChip;
import io.twoarm.desktop.viewmodel.Diagram.AddressKind;
import io.twoarm.desktop.viewmodel.Texts;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Group;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;

/** A VIP or LIP as a coloured label at its port. */
final class ChipFigure extends Group {
    private static final double PADDING = 7;

    private final AddressChip chip;
    private final Rectangle back = new Rectangle();
    private final Rectangle badge = new Rectangle();
    private final Text kind;
    private final Text address;
    private double width;
    private double height;

    ChipFigure(AddressChip chip) {
        this.chip = chip;
        kind = Figure.text(Texts.text("addressKind", chip.kind()), "chip-kind");
        address = Figure.text(chip.address(), "chip-address");
        back.getStyleClass().add("chip-back");
        badge.getStyleClass().add("chip-badge");
        badge.setMouseTransparent(true);
        getStyleClass().addAll("chip", styleName(chip.kind()));
        setAccessibleRole(AccessibleRole.NODE);
        setAccessibleText(kind.getText() + " " + chip.address());
        getChildren().addAll(back, badge, kind, address);
    }

    private static String styleName(AddressKind kind) {
        return switch (kind) {
            case VIP -> "vip";
            case LIP -> "lip";
            case SHARED -> "shared";
            case NAT -> "nat";
        };
    }

    ObjectRef owner() {
        return chip.owner();
    }

    void setSelected(boolean selected) {
        pseudoClassStateChanged(PseudoClass.getPseudoClass("selected"), selected);
    }

    void arrange() {
        double badgeWidth = Figure.widthOf(kind) + 2 * PADDING - 2;
        height = Math.max(Figure.heightOf(address), Figure.heightOf(kind)) + 6;
        width = badgeWidth + Figure.widthOf(address) + 2 * PADDING - 1;
        box(back, width);
        box(badge, badgeWidth);
        Figure.place(kind, PADDING - 1, (height - Figure.heightOf(kind)) / 2);
        Figure.place(address, badgeWidth + PADDING - 1, (height - Figure.heightOf(address)) / 2);
    }

    private void box(Rectangle rectangle, double extent) {
        rectangle.setWidth(Math.rint(extent));
        rectangle.setHeight(Math.rint(height));
        rectangle.setArcWidth(10);
        rectangle.setArcHeight(10);
    }

    double width() {
        return width;
    }

    double height() {
        return height;
    }
}
