package io.twoarm.desktop.viewmodel;

import io.twoarm.diagnose.Diagnosis;
import io.twoarm.engine.Engine;
import io.twoarm.engine.Estate;
import io.twoarm.engine.OpenProject;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;

/** The way to the hosts of the open design while they run, for everything that asks them. */
public final class RunningHosts {
    private final Engine engine;
    private final ProjectModel project;
    private final RunModel run;
    private final BooleanBinding reachable;

    RunningHosts(Engine engine, ProjectModel project, RunModel run) {
        this.engine = engine;
        this.project = project;
        this.run = run;
        reachable = Bindings.createBooleanBinding(
                () -> run.estate().isPresent() && project.project().isPresent(),
                run.stateProperty(),
                project.projectProperty());
    }

    /** Whether there are hosts to ask. */
    public BooleanBinding reachableProperty() {
        return reachable;
    }

    /**
     * Opens the way to the hosts of the design as it is now. To be called on the user interface's thread; what it returns
     * blocks, may run on any other, and is closed by whoever got it.
     */
    Optional<Supplier<Diagnosis>> diagnosis() {
        Optional<Estate> estate = run.estate();
        Optional<OpenProject> open = project.project();
        return estate.isPresent() && open.isPresent()
                ? Optional.of(() -> engine.diagnose(open.get(), estate.get()))
                : Optional.empty();
    }
}
