package io.twoarm.desktop.ui;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Collects what JavaFX complains about in style sheets, from when it is made until it is closed. */
final class CssWarnings extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("javafx.css");
    private final List<String> messages = new CopyOnWriteArrayList<>();

    CssWarnings() {
        setLevel(Level.ALL);
        logger.addHandler(this);
    }

    List<String> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void publish(LogRecord record) {
        if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
            messages.add(record.getMessage());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
