package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.desktop.layout.Point;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

/** What pressing, dragging and releasing the mouse means on a drawing. */
final class MouseGestures {
    /** Movement in pixels below which a press is a click. */
    private static final double CLICK_SLACK = 4;

    private final TopologyCanvas canvas;
    private final Drawing drawing;
    private final Viewport viewport;
    private final OverlayLayer overlay;
    private final BendGestures bends;
    private Optional<Gesture> gesture = Optional.empty();
    private Point2D pressed = Point2D.ZERO;
    private Point2D last = Point2D.ZERO;
    private boolean moving;
    /** Where what bends a link is now. */
    private Point bent = new Point(0, 0);

    private Optional<HostRef> handled = Optional.empty();
    private Optional<ObjectRef> pointed = Optional.empty();

    /** What a drag does. */
    private sealed interface Gesture {
        /** The view moves. */
        record Pan() implements Gesture {}

        /** Figures move; their centres as they were. */
        record Carry(Figure lead, Map<Figure, Point> from) implements Gesture {}

        /** A frame is drawn around what is to be selected. */
        record Frame(List<ObjectRef> before) implements Gesture {}

        /** A line is drawn to what is to be connected. */
        record Connect(ObjectRef from, Point start) implements Gesture {}

        /** A link is bent. */
        record Bend(BendGestures.Grabbed grabbed) implements Gesture {}
    }

    MouseGestures(TopologyCanvas canvas, Drawing drawing, Viewport viewport, OverlayLayer overlay, BendGestures bends) {
        this.bends = bends;
        this.canvas = canvas;
        this.drawing = drawing;
        this.viewport = viewport;
        this.overlay = overlay;
        canvas.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        canvas.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        canvas.addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
        canvas.addEventHandler(MouseEvent.MOUSE_MOVED, this::hovered);
        canvas.addEventHandler(MouseEvent.MOUSE_EXITED, event -> point(Optional.empty()));
    }

    /** Ends a drag as if it had not begun. */
    boolean cancel() {
        boolean going = gesture.isPresent() && moving;
        if (gesture.isPresent() && gesture.get() instanceof Gesture.Carry carry) {
            carry.from().forEach(Figure::moveTo);
        }
        if (gesture.isPresent()) {
            drawing.lines().forgetDragged();
            drawing.route();
        }
        end();
        return going;
    }

    private void end() {
        gesture = Optional.empty();
        moving = false;
        drawing.lines().forgetDragged();
        overlay.clear();
        placeHandle();
    }

    /** The handle follows its host, and goes with it; those of bends follow their link. */
    void placeHandle() {
        bends.refresh();
        Optional<Figure> figure = canvas.editable() ? handled.flatMap(drawing::carrier) : Optional.empty();
        figure.ifPresentOrElse(
                host -> overlay.handleAt(host.centre().plus(host.width() / 2 + OverlayLayer.HANDLE_GAP, 0)),
                overlay::hideHandle);
    }

    void handle(Optional<ObjectRef> ref) {
        handled = ref.filter(HostRef.class::isInstance).map(HostRef.class::cast);
        placeHandle();
    }

    private void hovered(MouseEvent event) {
        Optional<ObjectRef> now = drawing.objectAt(event.getPickResult().getIntersectedNode());
        now.filter(HostRef.class::isInstance).ifPresent(ref -> handle(Optional.of(ref)));
        point(now);
    }

    private void point(Optional<ObjectRef> now) {
        if (canvas.editable() && !now.equals(pointed)) {
            pointed = now;
            canvas.listener().pointedAt(now);
        }
    }

    private void pressed(MouseEvent event) {
        canvas.requestFocus();
        pressed = new Point2D(event.getX(), event.getY());
        last = pressed;
        moving = false;
        Node node = event.getPickResult().getIntersectedNode();
        Optional<ObjectRef> hit = drawing.objectAt(node);
        switch (event.getButton()) {
            case PRIMARY -> {
                if (event.getClickCount() == 2 && hit.isPresent() && canvas.editable()) {
                    canvas.listener().rename(hit.get());
                } else {
                    gesture = Optional.of(begin(event, node, hit));
                }
            }
            case SECONDARY -> {
                hit = bends.linkAt(node).map(ObjectRef.class::cast).or(() -> drawing.objectAt(node));
                if (hit.filter(ref -> !canvas.selected().contains(ref)).isPresent()) {
                    canvas.listener().select(hit);
                }
                Point2D at = viewport.toDrawing(pressed);
                canvas.listener()
                        .menu(
                                hit,
                                new Point2D(event.getScreenX(), event.getScreenY()),
                                new Point(at.getX(), at.getY()));
            }
            default -> gesture = Optional.of(new Gesture.Pan());
        }
        event.consume();
    }

    private Gesture begin(MouseEvent event, Node node, Optional<ObjectRef> hit) {
        if (overlay.isHandle(node) && handled.isPresent()) {
            Figure host = drawing.carrier(handled.get()).orElseThrow();
            return new Gesture.Connect(handled.get(), host.centre());
        }
        Optional<BendGestures.Grabbed> bend = bends.handleAt(node);
        if (bend.isPresent()) {
            return new Gesture.Bend(bend.get());
        }
        boolean adding = event.isShiftDown() || event.isShortcutDown();
        if (hit.isEmpty()) {
            if (adding) {
                return new Gesture.Frame(canvas.selected());
            }
            canvas.listener().select(Optional.empty());
            return new Gesture.Pan();
        }
        ObjectRef ref = hit.get();
        if (adding) {
            canvas.listener().toggle(ref);
        } else if (!canvas.selected().contains(ref)) {
            canvas.listener().select(hit);
        }
        if (ref instanceof PortRef port && canvas.editable()) {
            Point2D at = viewport.toDrawing(pressed);
            return Optional.of(port)
                    .filter(it -> event.isAltDown())
                    .flatMap(it -> bends.bendAt(it, new Point(Math.rint(at.getX()), Math.rint(at.getY()))))
                    .<Gesture>map(Gesture.Bend::new)
                    .orElseGet(() -> new Gesture.Connect(
                            port, drawing.carrier(port).map(Figure::centre).orElseThrow()));
        }
        return drawing.carrier(ref).<Gesture>map(this::carry).orElseGet(Gesture.Pan::new);
    }

    /** Everything that is selected moves when one of it is dragged. */
    private Gesture carry(Figure lead) {
        Map<Figure, Point> from = new LinkedHashMap<>();
        from.put(lead, lead.centre());
        if (canvas.selected().contains(lead.ref())) {
            canvas.selected().stream()
                    .filter(ref -> ref instanceof HostRef || ref instanceof SegmentRef)
                    .flatMap(ref -> drawing.carrier(ref).stream())
                    .forEach(figure -> from.put(figure, figure.centre()));
        }
        return new Gesture.Carry(lead, from);
    }

    private void dragged(MouseEvent event) {
        Point2D at = new Point2D(event.getX(), event.getY());
        moving = moving || at.distance(pressed) > CLICK_SLACK;
        if (moving && gesture.isPresent()) {
            follow(gesture.get(), event, at);
        }
        last = at;
        event.consume();
    }

    private void follow(Gesture going, MouseEvent event, Point2D at) {
        canvas.lookedAround();
        switch (going) {
            case Gesture.Pan _ -> {
                viewport.pan(at.getX() - last.getX(), at.getY() - last.getY());
                canvas.viewMoved();
            }
            case Gesture.Carry carry -> move(carry, at, canvas.snapping() != event.isAltDown());
            case Gesture.Frame frame -> {
                Bounds box = overlay.frame(viewport.toDrawing(pressed), viewport.toDrawing(at));
                Set<ObjectRef> inside = new LinkedHashSet<>(frame.before());
                inside.addAll(drawing.within(box));
                canvas.listener().selectAll(inside);
            }
            case Gesture.Connect connect ->
                overlay.rubber(
                        connect.start(),
                        viewport.toDrawing(at),
                        target(event, connect).isPresent());
            case Gesture.Bend bend -> {
                Point2D by = at.subtract(pressed).multiply(1 / viewport.zoom());
                Point from = bend.grabbed().handle().place();
                Point wanted = new Point(Math.rint(from.x() + by.getX()), Math.rint(from.y() + by.getY()));
                // Alt is down when a link is grabbed to bend it, and says nothing about snapping then.
                boolean free = event.isAltDown() && bend.grabbed().fromHandle();
                bent = bends.drag(bend.grabbed(), wanted, canvas.snapping() != free);
            }
        }
    }

    private void move(Gesture.Carry carry, Point2D at, boolean snap) {
        Point2D by = at.subtract(pressed).multiply(1 / viewport.zoom());
        Point start = carry.from().get(carry.lead());
        Point wanted = start.plus(Math.rint(by.getX()), Math.rint(by.getY()));
        Snapping snapped = snap && canvas.editable()
                ? Snapping.near(
                        new Snapping.Box(
                                wanted, carry.lead().width(), carry.lead().height()),
                        drawing.boxesBut(carry.from().keySet()))
                : Snapping.none(wanted);
        double dx = snapped.at().x() - start.x();
        double dy = snapped.at().y() - start.y();
        carry.from().forEach((figure, from) -> figure.moveTo(from.plus(dx, dy)));
        drawing.carryLines(carry.from().keySet(), dx, dy);
        overlay.guides(snapped);
        drawing.route(carry.from().keySet());
        placeHandle();
        canvas.figuresCarried();
    }

    /** What a link would end at. */
    private Optional<ObjectRef> target(MouseEvent event, Gesture.Connect connect) {
        return drawing.objectAt(event.getPickResult().getIntersectedNode())
                .map(ref -> ref instanceof PortRef || ref instanceof ObjectRef.ServiceRef
                        ? drawing.carrier(ref).map(Figure::ref).orElse(ref)
                        : ref)
                .filter(ref -> connect.from() instanceof PortRef
                        ? ref instanceof SegmentRef
                        : ref instanceof SegmentRef || ref instanceof HostRef)
                .filter(ref -> !ref.equals(connect.from()));
    }

    private void released(MouseEvent event) {
        Optional<Gesture> ended = gesture;
        boolean moved = moving;
        boolean clicked = !moved && event.getButton() == MouseButton.PRIMARY && !event.isShiftDown();
        end();
        overlay.hideGuides();
        if (moved) {
            switch (ended.orElse(new Gesture.Pan())) {
                case Gesture.Carry carry -> {
                    Map<ObjectRef, Point> centres = new LinkedHashMap<>();
                    carry.from().keySet().forEach(figure -> centres.put(figure.ref(), figure.centre()));
                    canvas.listener().moved(centres);
                }
                case Gesture.Connect connect ->
                    target(event, connect).ifPresent(to -> canvas.listener().connect(connect.from(), to));
                case Gesture.Bend bend -> bends.drop(bend.grabbed(), bent);
                case Gesture.Pan _, Gesture.Frame _ -> {}
            }
        } else if (clicked && canvas.selected().size() > 1 && !event.isShortcutDown()) {
            drawing.objectAt(event.getPickResult().getIntersectedNode())
                    .ifPresent(ref -> canvas.listener().select(Optional.of(ref)));
        }
        event.consume();
    }
}
