package io.twoarm.desktop.ui;

import com.techsenger.jeditermfx.core.TextStyle;
import com.techsenger.jeditermfx.core.model.StyleState;
import com.techsenger.jeditermfx.ui.JediTermFxWidget;
import javafx.scene.control.Label;

/** A terminal in the font and colours of a label, also after the theme has changed. */
final class ThemedTerminal extends JediTermFxWidget {
    private final TerminalSettings settings;
    /** Without an initial value: the constructor above asks for it before this class has any. */
    private StyleState style;

    ThemedTerminal(Label styled) {
        this(new TerminalSettings(styled));
    }

    private ThemedTerminal(TerminalSettings settings) {
        super(settings);
        this.settings = settings;
    }

    @Override
    protected StyleState createDefaultStyle() {
        style = super.createDefaultStyle();
        return style;
    }

    /** Takes the colours that the label has now. */
    void takeColours() {
        style.setDefaultStyle(new TextStyle(settings.getDefaultForeground(), settings.getDefaultBackground()));
        getTerminalPanel().repaint();
    }
}
