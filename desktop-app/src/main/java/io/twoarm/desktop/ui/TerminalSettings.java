package io.twoarm.desktop.ui;

import com.techsenger.jeditermfx.core.TerminalColor;
import com.techsenger.jeditermfx.ui.settings.DefaultSettingsProvider;
import javafx.scene.control.Label;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.text.Font;

/** Font and colours of a terminal: those that the style sheets give to a label. */
final class TerminalSettings extends DefaultSettingsProvider {
    private static final double LINE_SPACING = 1.1;

    private final Font font;
    private final TerminalColor foreground;
    private final TerminalColor background;

    /** @param styled with the style sheets applied; the theme at this moment counts */
    TerminalSettings(Label styled) {
        font = styled.getFont();
        foreground = colour(styled.getTextFill());
        background = styled.getBackground() == null
                        || styled.getBackground().getFills().isEmpty()
                ? super.getDefaultBackground()
                : colour(styled.getBackground().getFills().getFirst().getFill());
    }

    private static TerminalColor colour(Paint paint) {
        Color colour = (Color) paint;
        return new TerminalColor(
                (int) Math.round(colour.getRed() * 255), (int) Math.round(colour.getGreen() * 255), (int)
                        Math.round(colour.getBlue() * 255));
    }

    @Override
    public Font getTerminalFont() {
        return font;
    }

    @Override
    public float getTerminalFontSize() {
        return (float) font.getSize();
    }

    @Override
    public float getLineSpacing() {
        return (float) LINE_SPACING;
    }

    @Override
    public TerminalColor getDefaultForeground() {
        return foreground;
    }

    @Override
    public TerminalColor getDefaultBackground() {
        return background;
    }
}
