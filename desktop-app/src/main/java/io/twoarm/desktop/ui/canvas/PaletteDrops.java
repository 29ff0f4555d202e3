package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.design.Kind;
import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.layout.Point;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.scene.input.MouseEvent;

/** New objects, dragged from the palette onto the drawing. */
public final class PaletteDrops {
    private final TopologyCanvas canvas;
    private final Drawing drawing;
    private final Viewport viewport;
    private final OverlayLayer overlay;

    PaletteDrops(TopologyCanvas canvas, Drawing drawing, Viewport viewport, OverlayLayer overlay) {
        this.canvas = canvas;
        this.drawing = drawing;
        this.viewport = viewport;
        this.overlay = overlay;
    }

    /**
     * Shows what would be placed where the mouse is.
     *
     * @param event of a drag that began in the palette
     */
    public void ghost(Kind kind, String name, MouseEvent event) {
        Point2D at = canvas.sceneToLocal(event.getSceneX(), event.getSceneY());
        overlay.ghost(name, viewport.toDrawing(at), canvas.contains(at) && accepts(kind, event));
    }

    /** Ends a drag from the palette. */
    public void drop(Kind kind, MouseEvent event) {
        overlay.clear();
        Point2D local = canvas.sceneToLocal(event.getSceneX(), event.getSceneY());
        if (canvas.contains(local) && accepts(kind, event)) {
            Point2D at = viewport.toDrawing(local);
            canvas.keepsPlaces();
            canvas.listener().place(kind, new Point(Math.rint(at.getX()), Math.rint(at.getY())), under(event));
        }
    }

    public void forgetGhost() {
        overlay.clear();
    }

    private boolean accepts(Kind kind, MouseEvent event) {
        return switch (kind) {
            case CLIENT, ROUTER, DIRECTOR, REALSERVER, SEGMENT, POOL -> true;
            case SERVICE, LOCAL_POOL, NAT_GATEWAY ->
                under(event)
                        .filter(ObjectRef.HostRef.class::isInstance)
                        .filter(ref -> drawing.isDirector((ObjectRef.HostRef) ref))
                        .isPresent();
        };
    }

    /** The host or segment under the mouse. */
    private Optional<ObjectRef> under(MouseEvent event) {
        return drawing.objectAt(event.getPickResult().getIntersectedNode())
                .flatMap(drawing::carrier)
                .map(Figure::ref);
    }
}
