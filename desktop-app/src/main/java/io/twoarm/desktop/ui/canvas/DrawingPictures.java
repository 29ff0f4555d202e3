package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.picture.VectorPicture;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.transform.Scale;
import javafx.scene.transform.Transform;
import javafx.scene.transform.Translate;

/**
 * Pictures of a whole drawing, whatever part of it is seen.
 *
 * @param margin around it, in drawing units
 */
record DrawingPictures(Drawing drawing, double margin) {
    /** Pixels for a drawing unit, of drawings that are not too large. */
    private static final double SCALE = 2;

    /** More than 128 MB of pixels cannot be painted at once everywhere. */
    private static final double MOST_PIXELS = 1 << 25;

    /** What a view has behind its drawing. */
    static Color ground(Region view) {
        boolean plain =
                view.getBackground() == null || view.getBackground().getFills().isEmpty();
        return plain
                ? Color.WHITE
                : (Color) view.getBackground().getFills().getFirst().getFill();
    }

    WritableImage pixels(Color ground) {
        Bounds all = drawing.extent();
        double width = all.getWidth() + 2 * margin;
        double height = all.getHeight() + 2 * margin;
        double scale = Math.min(SCALE, Math.sqrt(MOST_PIXELS / (width * height)));
        SnapshotParameters parameters = new SnapshotParameters();
        parameters.setFill(ground);
        // A snapshot is taken in the parent's coordinates, so that the view's own shift and zoom are taken back first.
        List<Transform> own = List.copyOf(drawing.getTransforms());
        drawing.getTransforms()
                .setAll(new Scale(scale, scale), new Translate(margin - all.getMinX(), margin - all.getMinY()));
        try {
            parameters.setViewport(new Rectangle2D(0, 0, Math.floor(width * scale), Math.floor(height * scale)));
            return drawing.snapshot(parameters, null);
        } finally {
            drawing.getTransforms().setAll(own);
        }
    }

    VectorPicture lines(Color ground, String title) {
        Bounds all = drawing.extent();
        return new VectorPicture(
                Math.ceil(all.getWidth() + 2 * margin),
                Math.ceil(all.getHeight() + 2 * margin),
                title,
                new VectorPicture.Colour(ground.getRed(), ground.getGreen(), ground.getBlue(), 1),
                DrawnMarks.of(drawing, margin - all.getMinX(), margin - all.getMinY()));
    }
}
