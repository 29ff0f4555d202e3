package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.layout.BendHandle;
import io.twoarm.desktop.layout.LinkLine;
import io.twoarm.desktop.layout.Point;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import javafx.scene.Node;

/** Bending links by the handles of the one that is selected, or by grabbing a link anywhere. */
final class BendGestures {
    private final TopologyCanvas canvas;
    private final Drawing drawing;
    private final OverlayLayer overlay;
    /** The link whose handle was pressed last, and which of its handles. */
    private Optional<Chosen> chosen = Optional.empty();

    private record Chosen(PortRef link, int index) {}

    /**
     * A part of a link that follows the mouse.
     *
     * @param fromHandle whether it was taken by its handle, rather than by the line
     */
    record Grabbed(PortRef link, BendHandle handle, boolean fromHandle) {}

    BendGestures(TopologyCanvas canvas, Drawing drawing, OverlayLayer overlay) {
        this.canvas = canvas;
        this.drawing = drawing;
        this.overlay = overlay;
    }

    /** Shows the handles of the link that is selected alone. */
    void refresh() {
        Optional<PortRef> link = link();
        chosen = chosen.filter(it -> link.equals(Optional.of(it.link())));
        List<BendHandle> handles = link.map(this::handlesOf).orElse(List.of());
        overlay.bends().show(handles, chosen.map(Chosen::index));
    }

    private Optional<PortRef> link() {
        return canvas.editable()
                        && canvas.selected().size() == 1
                        && canvas.selected().getFirst() instanceof PortRef port
                ? Optional.of(port)
                : Optional.empty();
    }

    private List<BendHandle> handlesOf(PortRef link) {
        return drawing.courseOf(link)
                .filter(course -> drawing.shows(link))
                .map(course -> BendHandle.of(course, drawing.lines().of(link)))
                .orElse(List.of());
    }

    /** The link whose handle a node shows. */
    Optional<PortRef> linkAt(Node node) {
        return overlay.bends().at(node).flatMap(handle -> link());
    }

    /** The handle that a node shows. */
    Optional<Grabbed> handleAt(Node node) {
        return overlay.bends().at(node).flatMap(handle -> link().map(link -> grabbed(link, handle, true)));
    }

    /** What a link can be bent by at a point of it. */
    Optional<Grabbed> bendAt(PortRef link, Point at) {
        return drawing.courseOf(link)
                .flatMap(course -> BendHandle.at(course, drawing.lines().kept(link), at))
                .map(handle -> grabbed(link, handle, false));
    }

    private Grabbed grabbed(PortRef link, BendHandle handle, boolean fromHandle) {
        chosen = Optional.of(new Chosen(link, handle.index()));
        return new Grabbed(link, handle, fromHandle);
    }

    /** @return where it is now */
    Point drag(Grabbed grabbed, Point wanted, boolean snap) {
        BendHandle handle = grabbed.handle();
        Optional<Point> onLine = handle.onLine(wanted);
        Snapping snapped = snap && onLine.isEmpty() ? snapped(handle, wanted) : Snapping.none(wanted);
        Point at = onLine.orElse(snapped.at());
        drawing.lines().drag(grabbed.link(), handle.dragged(at));
        drawing.route();
        overlay.guides(snapped);
        overlay.bends().showMoving(handle, along(handle, at), onLine.isPresent());
        canvas.figuresMoved();
        return at;
    }

    /** A leg moves across itself only. */
    private static Point along(BendHandle handle, Point at) {
        Point from = handle.place();
        return handle.isLeg() ? handle.isLevel() ? new Point(from.x(), at.y()) : new Point(at.x(), from.y()) : at;
    }

    private Snapping snapped(BendHandle handle, Point wanted) {
        List<Snapping.Box> corners = Stream.concat(
                        drawing.boxesBut(List.of()).stream().map(Snapping.Box::centre), handle.neighbours().stream())
                .map(BendGestures::point)
                .toList();
        Snapping all = Snapping.near(point(wanted), corners);
        return new Snapping(
                all.at(),
                handle.isLevel() ? OptionalDouble.empty() : all.x(),
                handle.isLeg() && !handle.isLevel() ? OptionalDouble.empty() : all.y(),
                List.of());
    }

    private static Snapping.Box point(Point at) {
        return new Snapping.Box(at, 0, 0);
    }

    void drop(Grabbed grabbed, Point at) {
        draw(grabbed.link(), grabbed.handle().dropped(at));
    }

    /** Takes the chosen bend away; false when there is none. */
    boolean removeChosen() {
        Optional<LinkLine> without = chosenHandle().flatMap(BendHandle::removed);
        without.ifPresent(line -> {
            PortRef link = chosen.orElseThrow().link();
            chosen = Optional.empty();
            draw(link, line);
        });
        return without.isPresent();
    }

    /** Moves the chosen bend; false when there is none. */
    boolean moveChosen(double dx, double dy) {
        Optional<BendHandle> handle = chosenHandle();
        handle.ifPresent(
                it -> draw(chosen.orElseThrow().link(), it.dragged(it.place().plus(dx, dy))));
        return handle.isPresent();
    }

    private Optional<BendHandle> chosenHandle() {
        return chosen.filter(it -> link().equals(Optional.of(it.link())))
                .flatMap(it -> handlesOf(it.link()).stream()
                        .filter(handle -> handle.index() == it.index())
                        .findFirst());
    }

    private void draw(PortRef link, LinkLine line) {
        boolean sameHandles =
                line.bends().size() == drawing.lines().of(link).bends().size();
        chosen = chosen.filter(it -> sameHandles);
        drawing.route();
        refresh();
        if (!line.equals(drawing.lines().kept(link))) {
            canvas.listener().draw(link, line);
        }
    }
}
