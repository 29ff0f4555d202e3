package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.desktop.layout.LayoutRequest;
import io.twoarm.engine.TwoArmEngine;
import io.twoarm.model.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An open project that is edited, with the models behind a window and a thread of the user interface that a test runs. */
abstract class EditedProject {
    @TempDir
    Path directory;

    final UserInterfaceQueue userInterface = new UserInterfaceQueue();
    final List<Notice> notices = new ArrayList<>();
    WorkbenchModel model;
    Path file;
    String original;

    @BeforeEach
    void open() throws InterruptedException, IOException {
        model = new WorkbenchModel(
                new TwoArmEngine(directory.resolve("no-bundle.tar.gz")),
                userInterface,
                directory.resolve("settings.properties"));
        model.setOnNotice(notices::add);
        Path project = ProjectFixture.twoArm().named("editing").in(directory.resolve("lab"));
        file = project.resolve("topology.yaml");
        original = Files.readString(file);
        model.project().open(project);
        userInterface.runUntil("the project is open", () -> model.project().editable());
        measure();
        userInterface.runUntil(
                "everything is placed",
                () -> !model.places().placesProperty().get().isEmpty());
    }

    @AfterEach
    void close() {
        model.close();
    }

    /** As the drawing does after every change. */
    final void measure() {
        List<LayoutRequest.Box> boxes = new ArrayList<>();
        topology().hosts().forEach(host -> boxes.add(new LayoutRequest.Box(new HostRef(host.name()).path(), 200, 80)));
        topology()
                .segments()
                .forEach(segment -> boxes.add(new LayoutRequest.Box(new SegmentRef(segment.name()).path(), 120, 20)));
        model.places().measured(new LayoutRequest(boxes, List.of()));
    }

    final Topology topology() {
        return model.project().topologyProperty().get().orElseThrow();
    }

    final int position() {
        return model.project().editing().historyProperty().get().position();
    }

    final void saved() throws InterruptedException {
        userInterface.runUntil(
                "everything is written",
                () -> model.project().editing().savedProperty().get());
    }

    final String undoName() {
        return model.project()
                .editing()
                .historyProperty()
                .get()
                .undoable()
                .map(EditingModel::nameOf)
                .orElseThrow();
    }

    final String layout() throws IOException {
        return Files.readString(file.resolveSibling("layout.yaml"));
    }

    final String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
