package io.twoarm.engine.drawing;

import io.twoarm.engine.drawing.Sketch.Shape;
import io.twoarm.model.Topology;
import io.twoarm.model.project.Layout;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import javax.imageio.ImageIO;

/** A design as an SVG (1.1) or a PNG, which need no display. */
public final class Picture {
    private static final int SCALE = 2;
    private static final String PAPER = "#ffffff";

    private final Sketch sketch;

    private Picture(Sketch sketch) {
        this.sketch = sketch;
    }

    /**
     * Draws a design.
     *
     * @param layout places of the nodes; with any of them missing, or two on top of each other, all are placed in rows
     */
    public static Picture of(Topology topology, Layout layout) {
        return new Picture(SketchMaker.of(topology, layout));
    }

    /** The picture as text; texts in it stay texts. The same on every machine. */
    public String svg() {
        StringBuilder svg = new StringBuilder(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$s" viewBox="0 0 %1$s %2$s"\
                 font-family="DejaVu Sans, Arial, sans-serif">
                <title>%3$s</title>
                <rect width="100%%" height="100%%" fill="%4$s"/>
                """.formatted(number(sketch.width()), number(sketch.height()), escaped(sketch.title()), PAPER));
        sketch.shapes().forEach(shape -> svg.append(element(shape)).append('\n'));
        return svg.append("</svg>\n").toString();
    }

    private static String element(Shape shape) {
        return switch (shape) {
            case Shape.Box it ->
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\" fill=\"%s\" stroke=\"%s\" stroke-width=\"1.5\"/>"
                        .formatted(
                                number(it.x()),
                                number(it.y()),
                                number(it.width()),
                                number(it.height()),
                                number(it.round()),
                                it.fill(),
                                it.stroke());
            case Shape.Line it ->
                "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"2\"/>"
                        .formatted(number(it.x1()), number(it.y1()), number(it.x2()), number(it.y2()), it.stroke());
            case Shape.Label it ->
                "<text x=\"%s\" y=\"%s\" font-size=\"%s\"%s text-anchor=\"middle\" fill=\"%s\">%s</text>"
                        .formatted(
                                number(it.x()),
                                number(it.y()),
                                number(it.size()),
                                it.bold() ? " font-weight=\"bold\"" : "",
                                it.fill(),
                                escaped(it.text()));
        };
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** The picture at twice its size, for screens with many pixels; the same on every machine with the same fonts. */
    public byte[] png() {
        System.setProperty("java.awt.headless", "true");
        BufferedImage image = new BufferedImage(
                (int) Math.ceil(sketch.width() * SCALE),
                (int) Math.ceil(sketch.height() * SCALE),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.decode(PAPER));
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.scale(SCALE, SCALE);
        sketch.shapes().forEach(shape -> paint(shape, graphics));
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void paint(Shape shape, Graphics2D graphics) {
        switch (shape) {
            case Shape.Box it -> {
                RoundRectangle2D box = new RoundRectangle2D.Double(
                        it.x(), it.y(), it.width(), it.height(), 2 * it.round(), 2 * it.round());
                graphics.setColor(Color.decode(it.fill()));
                graphics.fill(box);
                graphics.setColor(Color.decode(it.stroke()));
                graphics.setStroke(new BasicStroke(1.5f));
                graphics.draw(box);
            }
            case Shape.Line it -> {
                graphics.setColor(Color.decode(it.stroke()));
                graphics.setStroke(new BasicStroke(2));
                graphics.draw(new Line2D.Double(it.x1(), it.y1(), it.x2(), it.y2()));
            }
            case Shape.Label it -> {
                Font font =
                        new Font(Font.SANS_SERIF, it.bold() ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) it.size());
                graphics.setFont(font);
                graphics.setColor(Color.decode(it.fill()));
                double width = graphics.getFontMetrics()
                        .getStringBounds(it.text(), graphics)
                        .getWidth();
                graphics.drawString(it.text(), (float) (it.x() - width / 2), (float) it.y());
            }
        }
    }
}
