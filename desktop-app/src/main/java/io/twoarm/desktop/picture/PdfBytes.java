package io.twoarm.desktop.picture;

import io.twoarm.desktop.picture.VectorPicture.Colour;
import io.twoarm.desktop.picture.VectorPicture.Mark;
import io.twoarm.desktop.picture.VectorPicture.Pen;
import io.twoarm.desktop.picture.VectorPicture.Step;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A picture as a PDF 1.4 of one page (ISO 32000-1), with the fonts that every reader has. Texts are stretched to the width
 * that they have in the picture, and can be searched and copied. The same picture gives the same bytes.
 */
public final class PdfBytes {
    /** Windows-1252 is what PDF calls WinAnsiEncoding. */
    private static final Charset ENCODING = Charset.forName("windows-1252");
    /** The picture's unit is 1/96 inch, that of PDF 1/72. */
    private static final double SCALE = 0.75;

    private final VectorPicture picture;
    private final StringBuilder content = new StringBuilder();
    /** Names of graphics states by opacity in thousandths. */
    private final Map<Long, String> opacities = new TreeMap<>();

    private PdfBytes(VectorPicture picture) {
        this.picture = picture;
    }

    public static byte[] of(VectorPicture picture) {
        return new PdfBytes(picture).write();
    }

    private byte[] write() {
        // Turns the page over, so that y grows downwards as in the picture.
        content.append("%s 0 0 %s 0 %s cm\n1 j\n".formatted(n(SCALE), n(-SCALE), n(picture.height() * SCALE)));
        fill(picture.background());
        content.append("0 0 %s %s re f\n".formatted(n(picture.width()), n(picture.height())));
        for (Mark mark : picture.marks()) {
            switch (mark) {
                case Mark.Outline outline -> outline(outline);
                case Mark.Label label -> label(label);
            }
        }
        return file();
    }

    private void outline(Mark.Outline outline) {
        content.append("q\n");
        outline.fill().ifPresent(this::fill);
        outline.pen().ifPresent(this::pen);
        outline.steps().forEach(this::step);
        boolean filled = outline.fill().isPresent();
        content.append(outline.pen().isEmpty() ? "f" : filled ? "B" : "S").append("\nQ\n");
    }

    private void step(Step step) {
        content.append(
                switch (step) {
                    case Step.Move move -> n(move.x()) + " " + n(move.y()) + " m\n";
                    case Step.Line line -> n(line.x()) + " " + n(line.y()) + " l\n";
                    case Step.Curve it ->
                        "%s %s %s %s %s %s c\n"
                                .formatted(n(it.x1()), n(it.y1()), n(it.x2()), n(it.y2()), n(it.x()), n(it.y()));
                    case Step.Close _ -> "h\n";
                });
    }

    private void fill(Colour colour) {
        content.append("%s %s %s rg\n".formatted(n(colour.red()), n(colour.green()), n(colour.blue())));
        opacity(colour);
    }

    private void pen(Pen pen) {
        Colour colour = pen.colour();
        content.append("%s %s %s RG %s w [%s] 0 d\n"
                .formatted(
                        n(colour.red()),
                        n(colour.green()),
                        n(colour.blue()),
                        n(pen.width()),
                        pen.dashes().stream().map(PdfBytes::n).collect(Collectors.joining(" "))));
        opacity(colour);
    }

    private void opacity(Colour colour) {
        String state = opacities.computeIfAbsent(Math.round(colour.opacity() * 1000), thousandths -> "G" + thousandths);
        content.append('/').append(state).append(" gs\n");
    }

    private void label(Mark.Label label) {
        BaseFont font = BaseFont.of(label.lettering());
        double natural = font.width(label.text()) * label.lettering().size();
        double stretch = natural == 0 ? 100 : 100 * label.width() / natural;
        double angle = Math.toRadians(label.degrees());
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        content.append("q\n");
        fill(label.colour());
        // The letters stand on their heads on the turned page, unless they are turned back.
        content.append("BT /%s %s Tf %s Tz %s %s %s %s %s %s Tm <%s> Tj ET\nQ\n"
                .formatted(
                        font.name(),
                        n(label.lettering().size()),
                        n(stretch),
                        n(cos),
                        n(sin),
                        n(sin),
                        n(-cos),
                        n(label.x()),
                        n(label.y()),
                        hexadecimal(label.text())));
    }

    private static String hexadecimal(String text) {
        StringBuilder hex = new StringBuilder();
        for (byte each : BaseFont.writable(text).getBytes(ENCODING)) {
            hex.append("%02X".formatted(each & 0xff));
        }
        return hex.toString();
    }

    private static String n(double value) {
        return SvgText.number(value);
    }

    private byte[] file() {
        List<String> objects = new ArrayList<>();
        objects.add("<< /Type /Catalog /Pages 2 0 R >>");
        objects.add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        StringBuilder fonts = new StringBuilder();
        for (BaseFont font : BaseFont.values()) {
            fonts.append("/%s << /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >> "
                    .formatted(font.name(), font.baseName()));
        }
        String states = opacities.entrySet().stream()
                .map(each -> "/%s << /ca %s /CA %s >>"
                        .formatted(each.getValue(), n(each.getKey() / 1000.0), n(each.getKey() / 1000.0)))
                .collect(Collectors.joining(" "));
        objects.add(("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %s %s] /Contents 4 0 R"
                        + " /Resources << /Font << %s>> /ExtGState << %s >> >> >>")
                .formatted(n(picture.width() * SCALE), n(picture.height() * SCALE), fonts, states));
        objects.add("<< /Length %d >>\nstream\n%sendstream".formatted(content.length(), content));
        objects.add("<< /Title <FEFF%s> /Producer (TwoArm) >>".formatted(utf16(picture.title())));
        return joined(objects);
    }

    private static String utf16(String text) {
        StringBuilder hex = new StringBuilder();
        text.chars().forEach(each -> hex.append("%04X".formatted(each)));
        return hex.toString();
    }

    /** Objects with the table of where each of them begins, in bytes. */
    private static byte[] joined(List<String> objects) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("%PDF-1.4\n".getBytes(StandardCharsets.US_ASCII));
        StringBuilder table = new StringBuilder("0000000000 65535 f \n");
        for (int i = 0; i < objects.size(); i++) {
            table.append("%010d 00000 n \n".formatted(bytes.size()));
            bytes.writeBytes(
                    "%d 0 obj\n%s\nendobj\n".formatted(i + 1, objects.get(i)).getBytes(StandardCharsets.US_ASCII));
        }
        int start = bytes.size();
        int count = objects.size() + 1;
        bytes.writeBytes("xref\n0 %d\n%strailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
                .formatted(count, table, count, objects.size(), start)
                .getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }
}
