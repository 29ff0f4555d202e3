package io.twoarm.desktop;

import io.twoarm.model.Topology;
import io.twoarm.model.project.ProjectFiles;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.templates.StarterTopologies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A starter, mostly the two-arm one, as a project in a directory, with changes that a test asks for. */
public final class ProjectFixture {
    private String text;

    private ProjectFixture(String starter) {
        text = StarterTopologies.named(starter).orElseThrow().topology();
    }

    public static ProjectFixture twoArm() {
        return new ProjectFixture("two-arm-fullnat");
    }

    /** Another starter as a project. */
    public static ProjectFixture starter(String name) {
        return new ProjectFixture(name);
    }

    /** The name is also that of the lab. */
    public ProjectFixture named(String name) {
        text = text.replaceFirst("(?m)^name: .*$", "name: " + name);
        return this;
    }

    /** @throws IllegalArgumentException when the text is not in the project file */
    public ProjectFixture replacing(String old, String changed) {
        if (!text.contains(old)) {
            throw new IllegalArgumentException("the project file has no " + old);
        }
        text = text.replace(old, changed);
        return this;
    }

    /** A LIP that lies in no subnet of its port's segment. */
    public ProjectFixture withLipOutsideItsSubnet() {
        return replacing("addresses: [192.168.229.204]", "addresses: [192.168.228.204]");
    }

    public String text() {
        return text;
    }

    public Topology topology() {
        return ProjectReader.readText(text, Path.of(ProjectFiles.TOPOLOGY))
                .topology()
                .orElseThrow();
    }

    public Path in(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(ProjectFiles.TOPOLOGY), text);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
