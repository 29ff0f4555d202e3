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

    /** Text without colours of its own stays so, and is drawn in those of the theme at that time. */
    private static final class Uncoloured extends StyleState {
        @Override
        public void reset() {
            setCurrent(TextStyle.EMPTY);
        }
    }

    ThemedTerminal(Label styled) {
        this(new TerminalSettings(styled));
    }

    private ThemedTerminal(TerminalSettings settings) {
        super(settings);
        this.settings = settings;
    }

    @Override
    protected StyleState createDefaultStyle() {
        StyleState coloured = super.createDefaultStyle();
        style = new Uncoloured();
        style.setDefaultStyle(new TextStyle(coloured.getDefaultForeground(), coloured.getDefaultBackground()));
        return style;
    }

    /** Takes the colours that the label has now. */
    void takeColours() {
        style.setDefaultStyle(new TextStyle(settings.getDefaultForeground(), settings.getDefaultBackground()));
        getTerminalPanel().repaint();
    }
}
