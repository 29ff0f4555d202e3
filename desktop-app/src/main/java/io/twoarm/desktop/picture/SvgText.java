package io.twoarm.desktop.picture;

import io.twoarm.desktop.picture.VectorPicture.Colour;
import io.twoarm.desktop.picture.VectorPicture.Mark;
import io.twoarm.desktop.picture.VectorPicture.Step;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A picture as SVG 1.1. The same picture gives the same bytes. */
public final class SvgText {
    private final StringBuilder out = new StringBuilder();

    private SvgText() {}

    public static String of(VectorPicture picture) {
        return new SvgText().write(picture);
    }

    private String write(VectorPicture picture) {
        String width = number(picture.width());
        String height = number(picture.height());
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                .append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\">\n"
                        .formatted(width, height, width, height))
                .append("<title>")
                .append(escaped(picture.title()))
                .append("</title>\n")
                .append("<rect width=\"100%\" height=\"100%\"")
                .append(painted("fill", picture.background()))
                .append("/>\n");
        picture.marks().forEach(this::mark);
        return out.append("</svg>\n").toString();
    }

    private void mark(Mark mark) {
        switch (mark) {
            case Mark.Outline outline -> outline(outline);
            case Mark.Label label -> label(label);
        }
    }

    private void outline(Mark.Outline outline) {
        out.append("<path d=\"").append(steps(outline.steps())).append('"');
        out.append(outline.fill().map(colour -> painted("fill", colour)).orElse(" fill=\"none\""));
        outline.pen().ifPresent(pen -> {
            out.append(painted("stroke", pen.colour()))
                    .append(" stroke-width=\"")
                    .append(number(pen.width()))
                    .append("\" stroke-linejoin=\"round\"");
            if (!pen.dashes().isEmpty()) {
                out.append(" stroke-dasharray=\"")
                        .append(pen.dashes().stream().map(SvgText::number).collect(Collectors.joining(" ")))
                        .append('"');
            }
        });
        out.append("/>\n");
    }

    private static String steps(List<Step> steps) {
        return steps.stream()
                .map(step -> switch (step) {
                    case Step.Move move -> "M" + number(move.x()) + " " + number(move.y());
                    case Step.Line line -> "L" + number(line.x()) + " " + number(line.y());
                    case Step.Curve curve ->
                        "C%s %s %s %s %s %s"
                                .formatted(
                                        number(curve.x1()),
                                        number(curve.y1()),
                                        number(curve.x2()),
                                        number(curve.y2()),
                                        number(curve.x()),
                                        number(curve.y()));
                    case Step.Close _ -> "Z";
                })
                .collect(Collectors.joining());
    }

    private void label(Mark.Label label) {
        String x = number(label.x());
        String y = number(label.y());
        out.append("<text x=\"%s\" y=\"%s\" font-family=\"%s, %s\" font-size=\"%s\""
                .formatted(
                        x,
                        y,
                        escaped(label.lettering().family()),
                        label.lettering().monospaced() ? "monospace" : "sans-serif",
                        number(label.lettering().size())));
        if (label.lettering().bold()) {
            out.append(" font-weight=\"600\"");
        }
        if (label.degrees() != 0) {
            out.append(" transform=\"rotate(%s %s %s)\"".formatted(number(label.degrees()), x, y));
        }
        out.append(" textLength=\"")
                .append(number(label.width()))
                .append("\" lengthAdjust=\"spacingAndGlyphs\"")
                .append(painted("fill", label.colour()))
                .append('>')
                .append(escaped(label.text()))
                .append("</text>\n");
    }

    private static String painted(String what, Colour colour) {
        String solid = " %s=\"#%02x%02x%02x\""
                .formatted(
                        what,
                        Math.round(colour.red() * 255),
                        Math.round(colour.green() * 255),
                        Math.round(colour.blue() * 255));
        return colour.opacity() < 1 ? solid + " %s-opacity=\"%s\"".formatted(what, number(colour.opacity())) : solid;
    }

    /** At most two decimals, and none that say nothing. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.replaceFirst("\\.?0+$", "").replaceFirst("^-0$", "0");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
