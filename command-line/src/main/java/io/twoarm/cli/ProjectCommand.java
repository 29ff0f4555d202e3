package io.twoarm.cli;

import io.twoarm.engine.Engine;
import io.twoarm.engine.EngineException;
import io.twoarm.engine.Estate;
import io.twoarm.engine.LabSession;
import io.twoarm.engine.OpenProject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Parameters;

/** A command about a project directory. */
abstract class ProjectCommand implements Callable<Integer> {
    final Engine engine;
    final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "The project: a directory with topology.yaml.")
    Path directory;

    ProjectCommand(Engine engine, Terminal terminal) {
        this.engine = engine;
        this.terminal = terminal;
    }

    /** The project, when nothing of error level is wrong with it; otherwise its findings are the error. */
    OpenProject deployableProject() {
        OpenProject project = engine.open(directory);
        if (!project.deployable()) {
            project.findings().forEach(finding -> terminal.line(finding.text()));
            throw new EngineException("the project has errors; nothing was changed on any host.");
        }
        return project;
    }

    /** The running lab of the project. */
    Optional<LabSession> lab(OpenProject project) {
        return project.topology().flatMap(topology -> engine.findLab(topology.name()));
    }

    /** The running lab of the project, for commands that need it. */
    LabSession runningLab(OpenProject project) {
        return lab(project)
                .orElseThrow(() -> new EngineException(
                        "the lab of this project is not running.\n        fix:     twoarm lab up " + directory));
    }

    /** The running lab, or else the real hosts. */
    Estate estate(OpenProject project, HostOptions options) {
        return switch (options.where) {
            case LAB -> runningLab(project).estate();
            case HOSTS -> engine.hosts(project, options.login());
            case RUNNING ->
                lab(project).map(LabSession::estate).orElseGet(() -> engine.hosts(project, options.login()));
        };
    }
}
