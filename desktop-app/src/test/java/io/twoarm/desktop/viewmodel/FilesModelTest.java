package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.artifact.HostArtifacts;
import io.twoarm.desktop.ProjectFixture;
import io.twoarm.engine.Overrides;
import io.twoarm.engine.TwoArmEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesModelTest {
    private static final String PATH = "/etc/twoarm/keepalived.conf";

    @TempDir
    private Path directory;

    private final UserInterfaceQueue userInterface = new UserInterfaceQueue();
    private WorkbenchModel model;

    @BeforeEach
    void start() {
        model = new WorkbenchModel(
                new TwoArmEngine(directory.resolve("no-bundle.tar.gz")),
                userInterface,
                directory.resolve("settings.properties"));
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void aChangeThatDoesNotFitHidesNoFileAndIsTold() throws Exception {
        Path project = ProjectFixture.twoArm().named("files").in(directory.resolve("lab"));
        Path patch = unfitPatch(project);

        model.project().open(project);
        userInterface.runUntil(
                "files are generated",
                () -> !model.files().hostsProperty().get().isEmpty());

        assertThat(model.files().hostsProperty().get())
                .extracting(HostArtifacts::host)
                .contains("director", "rs1", "rs2");
        assertThat(model.files().hindranceProperty().get()).isEmpty();
        assertThat(model.files().misfitsProperty().get())
                .singleElement()
                .extracting(Overrides.Misfit::message)
                .asString()
                .startsWith(patch + ":3 no longer fits")
                .contains("fix:");
        assertThat(model.files().files(Optional.empty()).get("director"))
                .filteredOn(model.files()::misfit)
                .extracting(FilesModel.Compared::path)
                .containsExactly(PATH);
    }

    private static Path unfitPatch(Path project) throws IOException {
        Path patch = new Overrides(project).patchOf("director", PATH);
        Files.createDirectories(patch.getParent());
        return Files.writeString(patch, """
                --- generated/etc/twoarm/keepalived.conf
                +++ wanted/etc/twoarm/keepalived.conf
                @@ -1,3 +1,3 @@
                 no such line
                -nor this one
                +but this one
                 nor that
                """);
    }
}
