package io.twoarm.desktop.picture;

import io.twoarm.desktop.picture.VectorPicture.Lettering;
import java.nio.charset.Charset;

/** The fonts that every PDF reader has (ISO 32000-1, 9.6.2.2), with the widths of their letters. */
enum BaseFont {
    F1("Helvetica", Widths.HELVETICA),
    F2("Helvetica-Bold", Widths.HELVETICA_BOLD),
    F3("Courier", Widths.COURIER),
    F4("Courier-Bold", Widths.COURIER);

    private static final int OTHER = 556;
    private static final int COURIER_WIDTH = 600;

    private final String baseName;
    private final int[] widths;

    BaseFont(String baseName, int[] widths) {
        this.baseName = baseName;
        this.widths = widths;
    }

    static BaseFont of(Lettering lettering) {
        if (lettering.monospaced()) {
            return lettering.bold() ? F4 : F3;
        }
        return lettering.bold() ? F2 : F1;
    }

    String baseName() {
        return baseName;
    }

    /** The text with what no such font can write replaced. */
    static String writable(String text) {
        Charset encoding = Charset.forName("windows-1252");
        StringBuilder written = new StringBuilder();
        text.codePoints().forEach(each -> {
            String letter = Character.toString(each);
            written.append(
                    encoding.newEncoder().canEncode(letter)
                            ? letter
                            : switch (letter) {
                                case "↓" -> "v";
                                case "↑" -> "^";
                                case "→" -> ">";
                                case "−" -> "-";
                                default -> "?";
                            });
        });
        return written.toString();
    }

    /** Of a text at size 1. */
    double width(String text) {
        int thousandths = 0;
        String written = writable(text);
        for (int i = 0; i < written.length(); i++) {
            int index = written.charAt(i) - ' ';
            int other = widths == Widths.COURIER ? COURIER_WIDTH : OTHER;
            thousandths += index >= 0 && index < widths.length ? widths[index] : other;
        }
        return thousandths / 1000.0;
    }

    /** From space to tilde, in thousandths of the size. */
    private static final class Widths {
        private static final int[] HELVETICA = {
            278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
                    556,
            556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500,
                    667,
            556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333,
                    556,
            556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500,
                    722,
            500, 500, 500, 334, 260, 334, 584
        };
        private static final int[] HELVETICA_BOLD = {
            278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
                    556,
            556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556,
                    722,
            611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333,
                    556,
            611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556,
                    778,
            556, 556, 500, 389, 280, 389, 584
        };
        private static final int[] COURIER = {};
    }
}
