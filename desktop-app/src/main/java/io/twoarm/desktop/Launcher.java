package io.twoarm.desktop;

import io.twoarm.desktop.ui.WorkbenchApplication;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.templates.StarterTopologies;
import java.util.logging.Logger;
import javafx.application.Application;
import org.slf4j.LoggerFactory;

/** Starts the workbench from the class path, where JavaFX refuses a main class that is itself an application. */
public final class Launcher {
    private static final String CLASS_PATH_WARNING = "Unsupported JavaFX configuration";
    /** Held, because the logging system forgets loggers, and their filters with them, that nobody holds. */
    private static final Logger JAVAFX_LOG = Logger.getLogger("javafx");

    private Launcher() {}

    /** @param arguments at most one: the directory of the project to open */
    public static void main(String[] arguments) {
        Appearance.ofUser().apply();
        Thread.ofPlatform().name("ahead").daemon().start(Launcher::readAhead);
        // The class path is meant; the layout engine has no module descriptors.
        JAVAFX_LOG.setFilter(line -> !line.getMessage().startsWith(CLASS_PATH_WARNING));
        Application.launch(WorkbenchApplication.class, arguments);
    }

    /** What the window will ask for, read on another processor while the toolkit starts. */
    private static void readAhead() {
        LoggerFactory.getILoggerFactory();
        Texts.text("app.name");
        StarterTopologies.all();
    }
}
