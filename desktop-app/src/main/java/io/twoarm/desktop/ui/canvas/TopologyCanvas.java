package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.layout.BendHandle;
import io.twoarm.desktop.layout.LayoutRequest;
import io.twoarm.desktop.layout.LinkLine;
import io.twoarm.desktop.layout.Point;
import io.twoarm.desktop.picture.VectorPicture;
import io.twoarm.desktop.viewmodel.Diagram;
import io.twoarm.desktop.viewmodel.LiveOverlay;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.TraceOverlay;
import io.twoarm.lab.Impairment;
import io.twoarm.model.Finding.Severity;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Dimension2D;
import javafx.geometry.Insets;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;

/**
 * Shows a topology and lets people look around in it, select and drag.
 *
 * <p>Plain mouse events only: a platform's own drag-and-drop would not work everywhere.
 */
public final class TopologyCanvas extends Region {
    private static final Insets MARGIN = new Insets(26);
    private static final double ZOOM_STEP = 1.2;

    private final GridLayer grid = new GridLayer();
    private Insets margin = MARGIN;
    private final Drawing drawing = new Drawing();
    private final DrawingPictures pictures = new DrawingPictures(drawing, MARGIN.getLeft());
    private final ViewMotion motion = new ViewMotion(drawing);
    private final OverlayLayer overlay = new OverlayLayer();
    private final Viewport viewport = new Viewport(drawing, motion.picture(), overlay);
    private final BendGestures bends = new BendGestures(this, drawing, overlay);
    private final PaletteDrops drops = new PaletteDrops(this, drawing, viewport, overlay);
    private final MouseGestures gestures = new MouseGestures(this, drawing, viewport, overlay, bends);
    private Consumer<LayoutRequest> onMeasured = request -> {};
    private Optional<CanvasListener> listener = Optional.empty();
    private Runnable onLook = () -> {};
    private List<ObjectRef> selected = List.of();
    private boolean arranged;
    private Fit fitted = Fit.READABLE;
    private Dimension2D fittedSize = new Dimension2D(0, 0);
    private boolean fitWanted;
    private boolean overview;
    private boolean placed;
    private boolean snapping = true;

    /** How the view follows its own size, until people look somewhere by themselves. */
    private enum Fit {
        NOT,
        READABLE,
        WHOLE
    }

    public TopologyCanvas() {
        getStyleClass().add("topology-canvas");
        // What moves on the drawing must not cause a layout of the window.
        drawing.setManaged(false);
        getChildren().addAll(grid, drawing, motion.picture(), overlay);
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.PARENT);
        addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        addEventHandler(KeyEvent.KEY_PRESSED, new KeyGestures(this, drawing, gestures, bends)::pressed);
        sceneProperty().addListener((property, before, scene) -> requestLayout());
    }

    public void setListener(CanvasListener wanted) {
        listener = Optional.of(wanted);
    }

    CanvasListener listener() {
        return listener.orElseThrow();
    }

    /** Whether anybody wants to know what people do here. */
    boolean editable() {
        return listener.isPresent();
    }

    List<ObjectRef> selected() {
        return selected;
    }

    /** Called when the view or a figure has moved, such as for an overview. */
    public void setOnLook(Runnable action) {
        onLook = action;
    }

    /** The listener gets the sizes of the figures of each new diagram, and answers with {@link #place}. */
    public void setOnMeasured(Consumer<LayoutRequest> listener) {
        onMeasured = listener;
    }

    /** Room that fitting leaves free at the edges, such as for controls that lie over the drawing. */
    public void setMargin(Insets free) {
        margin = free;
    }

    /** Whether figures come into line with others while they are dragged; Alt does the other thing. */
    public void setSnapping(boolean wanted) {
        snapping = wanted;
    }

    boolean snapping() {
        return snapping;
    }

    /** Shows everything however small, from the start; for pictures, where texts need not be read. */
    public void setOverview(boolean wanted) {
        overview = wanted;
    }

    public ReadOnlyDoubleProperty zoomProperty() {
        return viewport.zoomProperty();
    }

    /**
     * Replaces what is shown. Figures appear as soon as they are placed.
     *
     * @param keepView whether the view stays where it is, because it is the same design after an edit
     */
    public void show(Diagram diagram, boolean keepView) {
        motion.end();
        drawing.show(diagram);
        drawing.states().select(selected);
        drawing.setVisible(false);
        arranged = false;
        placed = keepView && placed;
        requestLayout();
    }

    public void place(Map<String, Point> places) {
        motion.end();
        drawing.place(places);
        drawing.setVisible(true);
        if (!placed) {
            placed = true;
            wantFit(overview ? Fit.WHOLE : Fit.READABLE);
        }
        gestures.placeHandle();
        figuresMoved();
        if (drawing.isLarge()) {
            // Details that are there from now on have no style yet, and a layout may be going on that comes after that.
            drawing.applyCss();
        }
    }

    public void select(List<ObjectRef> refs) {
        selected = refs;
        drawing.states().select(refs);
        gestures.handle(refs.stream().findFirst());
        // Screen readers read the drawing as one thing; what is selected is what it is about.
        setAccessibleText(
                refs.isEmpty()
                        ? Texts.text("canvas.accessible")
                        : Texts.text(
                                "canvas.accessible.selected",
                                refs.stream().map(drawing::describe).collect(Collectors.joining(", "))));
    }

    /**
     * How links run.
     *
     * @param lines by the path of the link's port; a link that is missing is straight
     */
    public void showLines(Map<String, LinkLine> lines) {
        if (drawing.lines().keep(lines) && placed) {
            drawing.route();
            gestures.placeHandle();
            figuresMoved();
        }
    }

    /** The bends of a bent link that runs as a link runs now; at least one. */
    public List<Point> bendsOf(ObjectRef.PortRef link) {
        return drawing.courseOf(link)
                .map(course ->
                        BendHandle.bendsToStartWith(course, drawing.lines().kept(link)))
                .orElse(List.of());
    }

    /** Takes the bend away whose handle was pressed last; false when there is none. */
    public boolean removeChosenBend() {
        return bends.removeChosen();
    }

    /** The worst problem of each host, segment and pool. */
    public void showProblems(Map<ObjectRef, Severity> problems) {
        drawing.states().showProblems(problems);
    }

    /** How many things of each host are not as they should be. */
    public void showDrift(Map<ObjectRef, Integer> drift) {
        drawing.states().showDrift(drift);
    }

    /** The cables that are not as they should be. */
    public void showImpaired(Map<ObjectRef.PortRef, Impairment> impaired) {
        drawing.states().showImpaired(impaired);
    }

    /** The way of a trace, over everything else. */
    public void showTrace(TraceOverlay trace) {
        drawing.showTrace(trace);
    }

    public void showLive(LiveOverlay live) {
        drawing.states().showLive(live);
    }

    /** Shows the whole drawing, and keeps it whole when the view changes its size. */
    public void fit() {
        wantFit(Fit.WHOLE);
    }

    private void wantFit(Fit wanted) {
        fitted = wanted;
        fitWanted = true;
        requestLayout();
    }

    public void zoomIn() {
        zoomTo(viewport.zoom() * ZOOM_STEP);
    }

    public void zoomOut() {
        zoomTo(viewport.zoom() / ZOOM_STEP);
    }

    public void zoomToActualSize() {
        zoomTo(1);
    }

    private void zoomTo(double zoom) {
        fitted = Fit.NOT;
        viewport.zoomTo(zoom, getWidth() / 2, getHeight() / 2);
        moveGrid();
    }

    /** Where an object's figure stands in this view, for overlays and tests. */
    public Optional<Bounds> boundsOf(ObjectRef ref) {
        // Not by way of the scene, in which figures are only while they are near.
        return drawing.carrier(ref).map(figure -> drawing.localToParent(figure.getBoundsInParent()));
    }

    @Override
    protected void layoutChildren() {
        grid.cover(getWidth(), getHeight());
        if (!arranged && getScene() != null) {
            arranged = true;
            drawing.arrange();
            onMeasured.accept(drawing.layoutRequest());
        }
        boolean resized = getWidth() != fittedSize.getWidth() || getHeight() != fittedSize.getHeight();
        if (placed && (fitWanted || resized) && fitted != Fit.NOT) {
            fitWanted = false;
            fittedSize = new Dimension2D(getWidth(), getHeight());
            viewport.fit(
                    drawing.extent(), getWidth(), getHeight(), margin, fitted == Fit.READABLE && !isWholeInWindow());
        }
        moveGrid();
    }

    /** Views take room, but hide no figure of a drawing that could be read without them. */
    private boolean isWholeInWindow() {
        return getScene() != null
                && Viewport.readable(
                        drawing.extent(), getScene().getWidth(), getScene().getHeight(), margin);
    }

    private void moveGrid() {
        drawing.follow(seen(), viewport.zoom());
        grid.shift(viewport.shiftX(), viewport.shiftY());
        onLook.run();
    }

    /** People look somewhere by themselves: the view no longer follows its own size. */
    void lookedAround() {
        fitted = Fit.NOT;
    }

    void viewMoved() {
        viewMoved(false);
    }

    private void viewMoved(boolean zooming) {
        motion.moved(seen(), viewport.zoom(), zooming);
        moveGrid();
    }

    /** What is carried is under the mouse, and with its links near all the time. */
    void figuresCarried() {
        motion.end();
        drawing.follow(seen(), viewport.zoom());
        if (!drawing.isLarge()) {
            // One of very many is hardly seen to move in an overview, which is drawn as a whole.
            onLook.run();
        }
    }

    void figuresMoved() {
        motion.end();
        drawing.look(seen(), viewport.zoom());
        onLook.run();
    }

    /** Shows the selected figures as large as they fit. */
    public void fitSelection() {
        drawing.boundsOf(selected).ifPresent(bounds -> {
            fitted = Fit.NOT;
            viewport.fit(bounds, getWidth(), getHeight(), margin, false);
            moveGrid();
        });
    }

    /** The whole drawing on its ground, twice as large as on a screen so that it can be printed; smaller if it is very large. */
    public WritableImage picture() {
        return unselected(pictures::pixels);
    }

    /** The whole drawing on its ground, as lines and texts. */
    public VectorPicture vectorPicture(String title) {
        return unselected(ground -> pictures.lines(ground, title));
    }

    /** A picture shows the whole design, and not what somebody does with it. */
    private <T> T unselected(Function<Color, T> picture) {
        motion.end();
        drawing.states().select(List.of());
        drawing.showAll();
        try {
            return picture.apply(DrawingPictures.ground(this));
        } finally {
            drawing.states().select(selected);
            drawing.look(seen(), viewport.zoom());
        }
    }

    /** Lets the objects glow that something else is about right now, such as a line of a file. */
    public void glow(Collection<ObjectRef> refs) {
        drawing.states().glow(refs);
    }

    /** Hides wires, and the links on them. */
    public void hide(Collection<ObjectRef> segments) {
        drawing.hide(segments);
        onLook.run();
    }

    /** Brings an object into view when it is not, and lets it flash. */
    public void reveal(ObjectRef ref) {
        drawing.boundsOf(List.of(ref)).ifPresent(bounds -> {
            if (!seen().contains(bounds)) {
                centreOn(bounds.getCenterX(), bounds.getCenterY());
            }
            overlay.flash(bounds);
        });
    }

    /** Moves the view so that a point of the drawing is in its middle. */
    void centreOn(double x, double y) {
        fitted = Fit.NOT;
        viewport.centreOn(x, y, getWidth(), getHeight());
        moveGrid();
    }

    Drawing drawing() {
        return drawing;
    }

    /** The part of the drawing that is seen. */
    Bounds seen() {
        Point2D from = viewport.toDrawing(Point2D.ZERO);
        Point2D to = viewport.toDrawing(new Point2D(getWidth(), getHeight()));
        return new BoundingBox(from.getX(), from.getY(), to.getX() - from.getX(), to.getY() - from.getY());
    }

    /** The middle of what is seen, in drawing units. */
    public Point middle() {
        Bounds seen = seen();
        return new Point(Math.rint(seen.getCenterX()), Math.rint(seen.getCenterY()));
    }

    /** What people drag here from the palette. */
    public PaletteDrops drops() {
        return drops;
    }

    /** It stays where it was let go, even the first one: what comes next is put beside it. */
    void keepsPlaces() {
        lookedAround();
        placed = true;
    }

    private void scrolled(ScrollEvent event) {
        fitted = Fit.NOT;
        if (event.isShortcutDown()) {
            double factor = Math.pow(1.0016, event.getDeltaY());
            viewport.zoomTo(viewport.zoom() * factor, event.getX(), event.getY());
        } else {
            viewport.pan(event.getDeltaX(), event.getDeltaY());
        }
        viewMoved(event.isShortcutDown());
        event.consume();
    }
}
