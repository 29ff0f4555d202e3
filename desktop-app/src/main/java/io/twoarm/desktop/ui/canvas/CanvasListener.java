package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.design.Kind;
import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.layout.LinkLine;
import io.twoarm.desktop.layout.Point;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Point2D;

/** What people do on a drawing. Without a listener a drawing can only be looked at. */
public interface CanvasListener {
    /** One object, or nothing, is to be selected. */
    void select(Optional<ObjectRef> ref);

    /** An object is to be selected or not, besides the others. */
    void toggle(ObjectRef ref);

    /** What a frame was drawn around. */
    void selectAll(Collection<ObjectRef> refs);

    /** Hosts and segments have new centres. */
    void moved(Map<ObjectRef, Point> centres);

    /** A link was bent, or a bend of it moved or removed. */
    void draw(PortRef link, LinkLine line);

    /** A line was drawn from one object to another. */
    void connect(ObjectRef from, ObjectRef to);

    /**
     * Something from the palette was let go.
     *
     * @param at in drawing units
     * @param target what is there
     */
    void place(Kind kind, Point at, Optional<ObjectRef> target);

    /** An object is to get another name. */
    void rename(ObjectRef ref);

    /** The mouse is over another object than before, or over none. */
    default void pointedAt(Optional<ObjectRef> ref) {}

    /**
     * A menu is wanted.
     *
     * @param screen where
     * @param at the same in drawing units
     */
    void menu(Optional<ObjectRef> ref, Point2D screen, Point at);
}
