package io.twoarm.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts and signs stand out from their ground as WCAG 2 asks for: 4.5 to 1 for all, 7 to 1 with high contrast. */
class ColourContrastTest {
    private static final Pattern TOKEN = Pattern.compile("(-twoarm-[a-z-]+):\\s*#([0-9a-fA-F]{6})");
    private static final List<String> ON_GROUND = List.of(
            "ink",
            "ink-soft",
            "client",
            "router",
            "director",
            "realserver",
            "wan",
            "lan",
            "access",
            "transit",
            "relation",
            "selection",
            "up",
            "degraded",
            "down");
    private static final List<String> ON_TINT =
            List.of("client", "router", "director", "realserver", "wan", "lan", "access", "transit");
    private static final List<String> UNDER_INK =
            List.of("director-tint", "director-head", "group-tint", "added", "removed");

    @ParameterizedTest
    @CsvSource({"light, '', 4.5", "dark, '', 4.5", "light, contrast-light, 7", "dark, contrast-dark, 7"})
    void textsAndSignsStandOutFromTheirGround(String theme, String over, double least) throws IOException {
        Map<String, Integer> colours = new HashMap<>(tokens("tokens-" + theme));
        if (!over.isEmpty()) {
            colours.putAll(tokens(over));
        }
        List<String> weak = new ArrayList<>();
        for (String ground : List.of("canvas", "card")) {
            ON_GROUND.forEach(sign -> judge(colours, sign, ground, least, weak));
        }
        ON_TINT.forEach(sign -> judge(colours, sign, sign + "-tint", least, weak));
        UNDER_INK.forEach(ground -> judge(colours, "ink", ground, least, weak));
        List.of("vip", "lip").forEach(chip -> judge(colours, "on-chip", chip, least, weak));
        List.of("up", "degraded", "down").forEach(sign -> judge(colours, "on-status", sign, least, weak));

        assertThat(weak).isEmpty();
    }

    private static void judge(
            Map<String, Integer> colours, String sign, String ground, double least, List<String> weak) {
        double ratio = ratio(luminance(colours.get("-twoarm-" + sign)), luminance(colours.get("-twoarm-" + ground)));
        if (ratio < least) {
            weak.add("%s on %s: %.2f".formatted(sign, ground, ratio));
        }
    }

    private static double ratio(double one, double other) {
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }

    /** Relative luminance as WCAG 2 defines it, 0 to 1. */
    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 0xff) + 0.7152 * linear(rgb >> 8 & 0xff) + 0.0722 * linear(rgb & 0xff);
    }

    private static double linear(int channel) {
        double value = channel / 255.0;
        return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static Map<String, Integer> tokens(String sheet) throws IOException {
        Map<String, Integer> tokens = new HashMap<>();
        try (InputStream in = Theme.class.getResourceAsStream("/io/twoarm/desktop/css/" + sheet + ".css")) {
            Matcher matcher = TOKEN.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            while (matcher.find()) {
                tokens.put(matcher.group(1), Integer.parseInt(matcher.group(2), 16));
            }
        }
        return tokens;
    }
}
