package io.twoarm.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Groups of horizontal bars, one colour for each program, as SVG. The same figures give the same text. */
final class BarChart {
    private static final int WIDTH = 840;
    private static final int LEFT = 250;
    private static final int RIGHT = 70;
    private static final int TOP = 84;
    private static final int BAR = 15;
    private static final int GAP = 18;
    private static final List<String> COLOURS = List.of("#0a6ebd", "#c4cad1", "#a3acb6", "#7f8a96", "#5a6570");

    private final String title;
    private final String unit;
    private final List<Group> groups = new ArrayList<>();

    private record Group(String name, Map<String, Double> values) {}

    BarChart(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    /** @param values by program, the same programs in all groups */
    void add(String name, Map<String, Double> values) {
        groups.add(new Group(name, values));
    }

    String svg() {
        double greatest = groups.stream()
                .flatMap(group -> group.values.values().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        double step = step(greatest);
        double scale = (WIDTH - LEFT - RIGHT) / (Math.ceil(greatest / step) * step);
        int height = TOP
                + groups.stream()
                        .mapToInt(group -> group.values.size() * BAR + GAP)
                        .sum()
                + 10;
        StringBuilder svg = new StringBuilder();
        line(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH,
                height);
        line(svg, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, height);
        line(svg, "<text x=\"16\" y=\"26\" font-size=\"16\" font-weight=\"bold\">%s</text>", escaped(title));
        legend(svg);
        for (double at = 0; at * scale <= WIDTH - LEFT - RIGHT + 1; at += step) {
            double x = LEFT + at * scale;
            line(
                    svg,
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#e3e6ea\"/>",
                    x,
                    TOP - 6,
                    x,
                    height - 8);
            line(
                    svg,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#57606a\">%.0f%s</text>",
                    x,
                    TOP - 12,
                    at,
                    at == 0 ? " " + unit : "");
        }
        bars(svg, scale);
        return svg.append("</svg>\n").toString();
    }

    private void legend(StringBuilder svg) {
        double x = 16;
        int colour = 0;
        for (String program : groups.getFirst().values.keySet()) {
            line(svg, "<rect x=\"%.0f\" y=\"40\" width=\"12\" height=\"12\" fill=\"%s\"/>", x, colour(colour++));
            line(svg, "<text x=\"%.0f\" y=\"50\">%s</text>", x + 18, escaped(program));
            x += 36 + 7.0 * program.length();
        }
    }

    private void bars(StringBuilder svg, double scale) {
        int y = TOP;
        for (Group group : groups) {
            line(
                    svg,
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                    LEFT - 10,
                    y + group.values.size() * BAR / 2 + 4,
                    escaped(group.name));
            int colour = 0;
            for (double value : group.values.values()) {
                double width = value * scale;
                line(
                        svg,
                        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                        LEFT,
                        y,
                        width,
                        BAR - 2,
                        colour(colour++));
                line(
                        svg,
                        "<text x=\"%.1f\" y=\"%d\" fill=\"#24292f\" font-size=\"11\">%.1f</text>",
                        LEFT + width + 5,
                        y + BAR - 4,
                        value);
                y += BAR;
            }
            y += GAP;
        }
    }

    private static String colour(int number) {
        return COLOURS.get(number % COLOURS.size());
    }

    /** 1, 2 or 5 times a power of ten, so that there are four to ten steps. */
    private static double step(double greatest) {
        double power = Math.pow(10, Math.floor(Math.log10(greatest / 4)));
        for (int factor : new int[] {1, 2, 5}) {
            if (greatest / (power * factor) <= 10) {
                return power * factor;
            }
        }
        return power * 10;
    }

    private static void line(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
