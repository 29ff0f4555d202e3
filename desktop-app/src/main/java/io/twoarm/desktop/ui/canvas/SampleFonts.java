package io.twoarm.desktop.ui.canvas;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/**
 * Lets figures that look alike be measured by one of them. Applying style sheets to the details of all figures is most of the
 * time that a large drawing takes to open, and their texts are all that the figures' sizes follow from.
 */
final class SampleFonts {
    /** The first figure of each kind. */
    private final Map<Kind, Figure> samples = new HashMap<>();
    /** Figures without style, each with the one that it looks like. */
    private final Map<Figure, Figure> plain = new LinkedHashMap<>();

    /**
     * What the fonts of a figure's texts depend on.
     *
     * @param figure its style classes
     * @param texts those of its texts
     */
    private record Kind(List<String> figure, Set<List<String>> texts) {}

    void clear() {
        samples.clear();
        plain.clear();
    }

    /** Whether the details of a figure have to be in the scene before it can be arranged. */
    boolean needed(Figure figure) {
        if (!figure.isPlain()) {
            return true;
        }
        Kind kind = new Kind(
                List.copyOf(figure.getStyleClass()), fontsIn(figure.details()).keySet());
        Figure sample = samples.putIfAbsent(kind, figure);
        if (sample != null) {
            plain.put(figure, sample);
        }
        return sample == null;
    }

    /** To be called as soon as style sheets are applied to what is in the scene. */
    void apply() {
        Map<Figure, Map<List<String>, Font>> known = new HashMap<>();
        plain.forEach((figure, sample) -> {
            Map<List<String>, Font> fonts = known.computeIfAbsent(sample, it -> fontsIn(it.details()));
            visit(figure.details(), text -> text.setFont(fonts.get(text.getStyleClass())));
        });
        plain.clear();
    }

    private static Map<List<String>, Font> fontsIn(Parent details) {
        Map<List<String>, Font> fonts = new HashMap<>();
        visit(details, text -> fonts.put(List.copyOf(text.getStyleClass()), text.getFont()));
        return fonts;
    }

    private static void visit(Parent parent, Consumer<Text> visitor) {
        for (Node child : parent.getChildrenUnmodifiable()) {
            switch (child) {
                case Text text -> visitor.accept(text);
                case Parent inner -> visit(inner, visitor);
                default -> {}
            }
        }
    }
}
