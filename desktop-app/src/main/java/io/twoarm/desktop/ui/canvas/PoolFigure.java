package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.layout.Point;
import io.twoarm.desktop.viewmodel.Diagram.PoolFrame;
import java.util.Collection;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;

/** A frame around the realservers of a pool, with its name below them. */
final class PoolFigure extends Figure {
    private static final double PADDING = 14;
    private static final double TITLE = 30;

    private final PoolFrame frame;
    private final Rectangle border = new Rectangle();
    private final Text name;
    private final Text caption;
    private double left;
    private double top;
    private double width;
    private double height;

    PoolFigure(PoolFrame frame) {
        super(frame.ref(), "pool-figure");
        this.frame = frame;
        name = text(frame.name(), "pool-name");
        caption = text(frame.caption(), "pool-caption");
        border.getStyleClass().add("pool-border");
        border.setArcWidth(24);
        border.setArcHeight(24);
        getChildren().addAll(border, name, caption);
        setAccessibleText(frame.name() + ", " + frame.caption());
    }

    PoolFrame frame() {
        return frame;
    }

    @Override
    void arrange() {}

    /** @param depth how many other pools already frame these members; each frame stands a little further out */
    void enclose(Collection<HostFigure> members, int depth) {
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
        setShown(!members.isEmpty());
        if (members.isEmpty()) {
            return;
        }
        double margin = PADDING + depth * 8;
        double titles = TITLE + depth * TITLE;
        double needed = widthOf(name) + widthOf(caption) + 3 * PADDING;
        double missing = Math.max(0, needed - (right - left) - 2 * margin);
        left = Math.rint(left - margin - missing / 2);
        top = Math.rint(top - margin);
        width = Math.rint(right + margin + missing / 2 - left);
        height = Math.rint(bottom + titles + 4 - top);
        border.setX(left + 0.5);
        border.setY(top + 0.5);
        border.setWidth(width);
        border.setHeight(height);
        double y = top + height - TITLE + (TITLE - heightOf(name)) / 2;
        place(name, left + PADDING + 2, y);
        place(caption, left + width - PADDING - 2 - widthOf(caption), y + heightOf(name) - heightOf(caption));
        placeBadge();
    }

    @Override
    Point badgeAt() {
        return new Point(left, top);
    }

    double left() {
        return left;
    }

    /** Whether a horizontal line at that height meets the frame's side, away from its corners. */
    boolean spans(double y) {
        return isShown() && y > top + PADDING && y < top + height - PADDING;
    }

    double right() {
        return left + width;
    }

    double middle() {
        return top + height / 2;
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
