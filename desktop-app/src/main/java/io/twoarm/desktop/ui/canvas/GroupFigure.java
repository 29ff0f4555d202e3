package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.layout.Point;
import io.twoarm.desktop.viewmodel.Diagram.GroupFrame;
import java.util.Collection;
import javafx.scene.Group;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;

/** A frame around the directors of a group. Its name runs up its left side, where no link passes. */
final class GroupFigure extends Figure {
    /** Room for the two upright lines of text at the left. */
    static final double BAND = 46;

    static final double PADDING = 12;
    private static final double CORNER = 22;
    private static final double LINE_GAP = 1;

    private final GroupFrame frame;
    private final Rectangle border = new Rectangle();
    private final Rectangle band = new Rectangle();
    private final Text name;
    private final Text caption;
    private final Group upright;
    private double left;
    private double top;
    private double width;
    private double height;

    GroupFigure(GroupFrame frame) {
        super(frame.ref(), "group-figure");
        this.frame = frame;
        name = text(frame.name(), "group-name");
        caption = text(frame.caption(), "group-caption");
        upright = new Group(name, caption);
        upright.setMouseTransparent(true);
        upright.setRotate(-90);
        border.getStyleClass().add("group-border");
        border.setMouseTransparent(true);
        band.getStyleClass().add("group-band");
        for (Rectangle rectangle : new Rectangle[] {border, band}) {
            rectangle.setArcWidth(CORNER);
            rectangle.setArcHeight(CORNER);
        }
        getChildren().addAll(border, band, upright);
        setAccessibleText(frame.name() + ", " + frame.caption());
    }

    GroupFrame frame() {
        return frame;
    }

    /** How high the frame has to be for its texts. */
    double textLength() {
        return Math.max(widthOf(name), widthOf(caption)) + 2 * PADDING;
    }

    @Override
    void arrange() {
        double middle = Math.max(widthOf(name), widthOf(caption)) / 2;
        place(name, middle - widthOf(name) / 2, 0);
        place(caption, middle - widthOf(caption) / 2, heightOf(name) + LINE_GAP);
    }

    void enclose(Collection<HostFigure> members) {
        setShown(!members.isEmpty());
        if (members.isEmpty()) {
            return;
        }
        double right = Double.NEGATIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        left = Double.POSITIVE_INFINITY;
        top = Double.POSITIVE_INFINITY;
        for (HostFigure member : members) {
            left = Math.min(left, member.centre().x() - member.width() / 2);
            right = Math.max(right, member.centre().x() + member.width() / 2);
            top = Math.min(top, member.centre().y() - member.height() / 2);
            bottom = Math.max(bottom, member.centre().y() + member.height() / 2);
        }
        double missing = Math.max(0, textLength() - (bottom - top) - 2 * PADDING);
        left = Math.rint(left - BAND);
        top = Math.rint(top - PADDING - missing / 2);
        width = Math.rint(right + PADDING - left);
        height = Math.rint(bottom + PADDING + missing / 2 - top);
        bounds(border, width);
        bounds(band, BAND - PADDING);
        double uprightWidth = upright.getLayoutBounds().getWidth();
        double uprightHeight = upright.getLayoutBounds().getHeight();
        upright.setTranslateX(Math.rint(left + (BAND - PADDING) / 2 - uprightWidth / 2));
        upright.setTranslateY(Math.rint(top + height / 2 - uprightHeight / 2));
        placeBadge();
    }

    private void bounds(Rectangle rectangle, double extent) {
        rectangle.setX(left + 0.5);
        rectangle.setY(top + 0.5);
        rectangle.setWidth(extent);
        rectangle.setHeight(height);
    }

    @Override
    Point badgeAt() {
        return new Point(left, top);
    }

    double right() {
        return left + width;
    }

    @Override
    double width() {
        return width;
    }

    @Override
    double height() {
        return height;
    }
}
