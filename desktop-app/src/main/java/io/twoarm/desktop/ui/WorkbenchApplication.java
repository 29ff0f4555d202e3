package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.Settings;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import io.twoarm.engine.TwoArmEngine;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The JavaFX application: one window on one engine. */
public final class WorkbenchApplication extends Application {
    private static final Logger LOG = LoggerFactory.getLogger(WorkbenchApplication.class);

    private Optional<WorkbenchModel> model = Optional.empty();

    @Override
    public void start(Stage stage) {
        Theme.loadFonts();
        WorkbenchModel workbench = new WorkbenchModel(
                TwoArmEngine.ofInstallation(new AskingDialogs()), Platform::runLater, Settings.userFile());
        model = Optional.of(workbench);
        workbench.loadSettings();
        WorkbenchWindow window = new WorkbenchWindow(stage, workbench);
        window.show();
        FirstFrame.then(stage.getScene(), () -> tellStart("window"));
        List<String> arguments = getParameters().getUnnamed();
        if (!arguments.isEmpty()) {
            workbench.project().open(Path.of(arguments.getFirst()));
            Subscriptions waiting = new Subscriptions();
            waiting.follow(workbench.places().placesProperty(), places -> {
                if (!places.isEmpty()) {
                    waiting.close();
                    FirstFrame.then(stage.getScene(), () -> tellStart("design"));
                }
            });
        }
    }

    /** For those who want to know how long it takes until something is seen: {@code TWOARM_LOG=debug}. */
    private static void tellStart(String what) {
        if (!LOG.isDebugEnabled()) {
            return;
        }
        long started = ManagementFactory.getRuntimeMXBean().getStartTime();
        Runtime runtime = Runtime.getRuntime();
        LOG.debug(
                "the {} was there {} ms after the start, with {} MiB of heap in use",
                what,
                System.currentTimeMillis() - started,
                (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }

    @Override
    public void stop() {
        model.ifPresent(WorkbenchModel::close);
    }
}
