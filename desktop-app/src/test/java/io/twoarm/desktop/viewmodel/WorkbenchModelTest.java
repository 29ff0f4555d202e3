package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.layout.LayoutRequest;
import io.twoarm.desktop.layout.LayoutRequest.Box;
import io.twoarm.desktop.layout.Point;
import io.twoarm.engine.OpenProject;
import io.twoarm.engine.TwoArmEngine;
import io.twoarm.model.Finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbenchModelTest {
    @TempDir
    private Path directory;

    private final UserInterfaceQueue userInterface = new UserInterfaceQueue();
    private final List<Notice> notices = new ArrayList<>();
    private WorkbenchModel model;

    @BeforeEach
    void start() {
        model = new WorkbenchModel(
                new TwoArmEngine(directory.resolve("no-bundle.tar.gz")),
                userInterface,
                directory.resolve("settings.properties"));
        model.setOnNotice(notices::add);
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void aProjectIsOpenedWithItsDiagramAndWithoutProblems() throws InterruptedException {
        open(fixture().in(directory.resolve("lab")));

        assertThat(model.project().diagramProperty().get().hosts())
                .extracting(Diagram.HostNode::name)
                .containsExactly("client", "gateway", "director", "rs1", "rs2");
        assertThat(model.project().problemsProperty().get())
                .noneMatch(problem -> problem.finding().severity() == Severity.ERROR);
        assertThat(model.recent()).containsExactly(directory.resolve("lab"));
    }

    @Test
    void aProblemLeadsToItsObject() throws InterruptedException {
        open(fixture().withLipOutsideItsSubnet().in(directory.resolve("lab")));

        assertThat(model.project().problemsProperty().get())
                .filteredOn(problem -> problem.object().equals(Optional.of(new ObjectRef.LocalPoolRef("lan-lips"))))
                .first()
                .satisfies(problem -> {
                    assertThat(problem.finding().severity()).isEqualTo(Severity.ERROR);
                    assertThat(problem.place()).startsWith("topology.yaml:");
                });
        assertThat(model.project().project()).map(OpenProject::deployable).contains(false);
    }

    @Test
    void aChangeOfTheFileIsNoticedAndShown() throws InterruptedException {
        Path project = fixture().in(directory.resolve("lab"));
        open(project);

        fixture().withLipOutsideItsSubnet().in(project);
        userInterface.runUntil(
                "the problem",
                () -> model.project().findingsProperty().get().stream()
                        .anyMatch(finding -> finding.place().object().startsWith("localAddressPools.lan-lips")));

        fixture().in(project);
        userInterface.runUntil(
                "soundness",
                () -> model.project().project().filter(OpenProject::deployable).isPresent());
    }

    @Test
    void whileTheFileIsBrokenTheLastDrawingStays() throws InterruptedException, IOException {
        Path project = fixture().in(directory.resolve("lab"));
        open(project);

        Files.writeString(project.resolve("topology.yaml"), "hosts: [");
        userInterface.runUntil(
                "the broken state",
                () -> model.project()
                        .project()
                        .filter(open -> open.topology().isEmpty())
                        .isPresent());

        assertThat(model.project().diagramProperty().get().hosts()).hasSize(5);
        assertThat(model.project().findingsProperty().get()).isNotEmpty();
    }

    @Test
    void aDirectoryWithoutAProjectIsOpenedAsAProblem() throws InterruptedException {
        open(directory.resolve("nothing"));

        assertThat(model.project().findingsProperty().get())
                .singleElement()
                .satisfies(finding -> assertThat(finding.place().file())
                        .contains(directory.resolve("nothing").resolve("topology.yaml")));
    }

    @Test
    void aStarterBecomesAProjectInANewDirectory() throws InterruptedException {
        Path project = directory.resolve("new");

        model.project().create("two-arm-fullnat", project);
        userInterface.runUntil("the project", () -> model.project().project().isPresent());

        assertThat(project.resolve("topology.yaml")).exists();
        assertThat(model.project().project()).map(OpenProject::deployable).contains(true);
    }

    @Test
    void aDirectoryThatIsNotEmptyIsRefusedWithTheReason() throws InterruptedException, IOException {
        Files.writeString(Files.createDirectories(directory.resolve("full")).resolve("a"), "b");

        model.project().create("two-arm-fullnat", directory.resolve("full"));
        userInterface.runUntil("the refusal", () -> !notices.isEmpty());

        assertThat(notices).singleElement().satisfies(notice -> {
            assertThat(notice.kind()).isEqualTo(Notice.Kind.ERROR);
            assertThat(notice.details()).contains("is not empty");
        });
        assertThat(directory.resolve("full/topology.yaml")).doesNotExist();
    }

    @Test
    void aDraggedFigureIsKeptInTheLayoutFileAndStandsThereAgain() throws InterruptedException {
        Path project = fixture().in(directory.resolve("lab"));
        open(project);
        model.places().measured(request());
        userInterface.runUntil(
                "places", () -> !model.places().placesProperty().get().isEmpty());

        model.project().moved(Map.of(new HostRef("rs1"), new Point(700, 120)));
        model.close();

        start();
        open(project);
        model.places().measured(request());
        assertThat(model.places().placesProperty().get()).containsEntry("hosts.rs1", new Point(700, 120));
        assertThat(project.resolve("layout.yaml")).content().contains("rs1: { x: 700, y: 120 }");
    }

    @Test
    void arrangingAutomaticallyForgetsTheKeptPositions() throws InterruptedException {
        Path project = fixture().in(directory.resolve("lab"));
        open(project);
        model.places().measured(request());
        userInterface.runUntil(
                "places", () -> !model.places().placesProperty().get().isEmpty());
        var before = model.places().placesProperty().get();
        model.project().moved(Map.of(new HostRef("rs1"), new Point(9000, 120)));

        model.project().arrangeAutomatically();
        userInterface.runUntil(
                "the arrangement", () -> model.places().placesProperty().get().equals(before));
        model.close();

        assertThat(project.resolve("layout.yaml")).doesNotExist();
    }

    private static ProjectFixture fixture() {
        return ProjectFixture.twoArm().named("view-model-test");
    }

    private void open(Path project) throws InterruptedException {
        model.project().open(project);
        userInterface.runUntil("the project", () -> model.project().project().isPresent());
    }

    private LayoutRequest request() {
        Diagram diagram = model.project().diagramProperty().get();
        List<Box> boxes = Stream.concat(
                        diagram.hosts().stream().map(host -> host.ref().path()),
                        diagram.segments().stream().map(segment -> segment.ref().path()))
                .map(path -> new Box(path, 150, 60))
                .toList();
        return new LayoutRequest(
                boxes,
                ReadingOrder.stepsOf(diagram).stream()
                        .map(step -> new LayoutRequest.Connection(step.from(), step.to(), 100, 40))
                        .toList());
    }
}
