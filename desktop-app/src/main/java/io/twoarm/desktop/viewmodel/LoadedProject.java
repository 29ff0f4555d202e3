package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.Design;
import io.twoarm.desktop.viewmodel.DesignFile.Source;
import io.twoarm.engine.OpenProject;
import io.twoarm.model.Finding;
import io.twoarm.model.project.LayoutFile;
import io.twoarm.model.project.LayoutFile.LayoutReading;
import io.twoarm.model.project.ProjectFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A project as it was read.
 *
 * @param findings those of the topology and of the layout
 * @param problems the same for people, with what a program can repair
 * @param source empty when the file cannot be read as a topology
 * @param layout the text of the layout file; empty when there is none
 * @param stamp the state of the files before they were read, so that no later change is missed
 */
record LoadedProject(
        OpenProject project,
        List<Finding> findings,
        List<Problem> problems,
        Optional<Source> source,
        String text,
        Optional<String> layout,
        FileStamp stamp) {

    /** Whether the files are still as they were read; false also when that cannot be found out. */
    boolean isCurrent() {
        try {
            return stamp.equals(FileStamp.of(project.directory()));
        } catch (IOException unknown) {
            return false;
        }
    }

    /** Opens and reads; takes a while, and belongs on a background thread. */
    static LoadedProject read(Path directory, Callable<OpenProject> opener) throws Exception {
        FileStamp before = FileStamp.of(directory);
        OpenProject opened = opener.call();
        FileStamp stamp = before.exists() ? before : FileStamp.of(directory);
        Path file = directory.resolve(ProjectFiles.TOPOLOGY);
        String text = Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        Path layoutFile = directory.resolve(ProjectFiles.LAYOUT);
        Optional<String> layoutText = DesignFile.textIn(layoutFile);
        Optional<LayoutReading> layout = opened.topology().map(read -> LayoutFile.read(directory, read));
        List<Finding> findings = new ArrayList<>(opened.findings());
        layout.ifPresent(reading -> findings.addAll(reading.findings()));
        List<Problem> problems = Problem.listOf(findings, opened.fixes());
        Optional<Source> source = opened.topology()
                .map(read -> new Source(
                        new Design(
                                read,
                                layout.map(LayoutReading::layout)
                                        .map(KeptPlaces::of)
                                        .orElse(Map.of()),
                                layout.map(LayoutReading::layout)
                                        .map(KeptPlaces::linesOf)
                                        .orElse(Map.of())),
                        text,
                        layoutText));
        return new LoadedProject(opened, findings, problems, source, text, layoutText, stamp);
    }
}
