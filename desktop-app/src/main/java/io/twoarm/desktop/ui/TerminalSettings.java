package io.twoarm.desktop.ui;

import com.techsenger.jeditermfx.core.TerminalColor;
import com.techsenger.jeditermfx.ui.settings.DefaultSettingsProvider;
import javafx.scene.control.Label;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.text.Font;

/** Font and colours of a terminal: those that the style sheets give to a label now. */
final class TerminalSettings extends DefaultSettingsProvider {
    private static final double LINE_SPACING = 1.1;

    private final Label styled;

    /** @param styled in a window, so that the style sheets are applied to it */
    TerminalSettings(Label styled) {
        this.styled = styled;
    }

    private static TerminalColor colour(Paint paint) {
        Color colour = (Color) paint;
        return new TerminalColor(
                (int) Math.round(colour.getRed() * 255), (int) Math.round(colour.getGreen() * 255), (int)
                        Math.round(colour.getBlue() * 255));
    }

    @Override
    public Font getTerminalFont() {
        return styled.getFont();
    }

    @Override
    public float getTerminalFontSize() {
        return (float) styled.getFont().getSize();
    }

    @Override
    public float getLineSpacing() {
        return (float) LINE_SPACING;
    }

    @Override
    public TerminalColor getDefaultForeground() {
        return colour(styled.getTextFill());
    }

    @Override
    public TerminalColor getDefaultBackground() {
        return styled.getBackground() == null
                        || styled.getBackground().getFills().isEmpty()
                ? super.getDefaultBackground()
                : colour(styled.getBackground().getFills().getFirst().getFill());
    }
}
