package io.twoarm.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A host's files below a folder, as a deployment stages them before it puts them into place. */
record StagedHost(HostArtifacts artifacts, Path root) {
    static StagedHost of(HostArtifacts artifacts, Path root) throws IOException {
        for (HostFile file : artifacts.files()) {
            Path path = root.resolve(file.path().substring(1));
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.content());
        }
        return new StagedHost(artifacts, root);
    }

    Path path(String path) {
        return root.resolve(path.substring(1));
    }

    /** Runs the validation whose command holds {@code word}, on the staged files. */
    Tool.Result validate(String word) {
        Validation validation = artifacts.validations().stream()
                .filter(candidate -> String.join(" ", candidate.command()).contains(word))
                .findFirst()
                .orElseThrow(() -> new AssertionError(artifacts.host() + " has no validation with " + word));
        return Tool.run(staged(validation.command()));
    }

    /** The command with the staged copies in place of the files that it names. */
    List<String> staged(List<String> command) {
        return command.stream()
                .map(word -> Validation.withStaged(word, path -> path(path).toString()))
                .toList();
    }
}
