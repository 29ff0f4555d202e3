package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.Settings;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import io.twoarm.engine.TwoArmEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;

/** The JavaFX application: one window on one engine. */
public final class WorkbenchApplication extends Application {
    private Optional<WorkbenchModel> model = Optional.empty();

    @Override
    public void start(Stage stage) {
        Theme.loadFonts();
        WorkbenchModel workbench = new WorkbenchModel(
                TwoArmEngine.ofInstallation(new AskingDialogs()), Platform::runLater, Settings.userFile());
        model = Optional.of(workbench);
        WorkbenchWindow window = new WorkbenchWindow(stage, workbench);
        window.show();
        workbench.loadSettings();
        List<String> arguments = getParameters().getUnnamed();
        if (!arguments.isEmpty()) {
            workbench.project().open(Path.of(arguments.getFirst()));
        }
    }

    @Override
    public void stop() {
        model.ifPresent(WorkbenchModel::close);
    }
}
