package io.twoarm.desktop.ui;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import io.twoarm.desktop.viewmodel.Settings;
import java.net.URL;
import java.util.List;
import java.util.stream.Stream;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.text.Font;

/** The two looks of the workbench. */
public enum Theme {
    LIGHT,
    DARK;

    private static final List<String> FONTS = List.of(
            "Inter-Regular.otf",
            "Inter-SemiBold.otf",
            "Inter-Bold.otf",
            "JetBrainsMono-Regular.ttf",
            "JetBrainsMono-SemiBold.ttf");

    /** Makes the fonts known that the style sheets name; once, before the first window. */
    public static void loadFonts() {
        FONTS.forEach(file -> {
            if (Font.loadFont(resource("fonts/" + file), 12) == null) {
                throw new IllegalStateException("the program is incomplete: font " + file + " cannot be read");
            }
        });
    }

    /** The program's icon in its sizes. */
    static List<Image> icons() {
        return Stream.of("icon-32.png", "icon-128.png")
                .map(Theme::resource)
                .map(Image::new)
                .toList();
    }

    static Theme of(Settings settings) {
        return settings.dark() ? DARK : LIGHT;
    }

    /** To be called before anything of a window is made: controls would load the toolkit's own theme in vain. */
    void prepare() {
        String wanted = switch (this) {
            case LIGHT -> new PrimerLight().getUserAgentStylesheetBSS();
            case DARK -> new PrimerDark().getUserAgentStylesheetBSS();
        };
        if (!wanted.equals(Application.getUserAgentStylesheet())) {
            Application.setUserAgentStylesheet(wanted);
        }
    }

    /**
     * Dresses a scene and every popup that it owns. Nothing happens to one that is dressed so: to style a whole window anew
     * takes as long as to draw it.
     *
     * @param contrast whether texts and lines stand out as far as they can
     */
    public void applyTo(Scene scene, boolean contrast) {
        prepare();
        String tokens = switch (this) {
            case LIGHT -> "css/tokens-light.css";
            case DARK -> "css/tokens-dark.css";
        };
        Stream<String> clearer = contrast
                ? Stream.of(
                        switch (this) {
                            case LIGHT -> "css/contrast-light.css";
                            case DARK -> "css/contrast-dark.css";
                        })
                : Stream.of();
        List<String> dress = Stream.of(
                        Stream.of(tokens),
                        clearer,
                        Stream.of("css/controlsfx-bridge.css", "css/workbench.css", "css/drawing.css"))
                .flatMap(sheets -> sheets)
                .map(Theme::resource)
                .toList();
        if (!scene.getStylesheets().equals(dress)) {
            scene.getStylesheets().setAll(dress);
        }
    }

    private static String resource(String path) {
        URL url = Theme.class.getResource("/io/twoarm/desktop/" + path);
        if (url == null) {
            throw new IllegalStateException("the program is incomplete: resource " + path + " is missing");
        }
        return url.toExternalForm();
    }
}
