package io.twoarm.model.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.model.Finding;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Reads broken files that have one thing wrong with them. */
final class SoleFinding {
    static final String HEAD = "twoarm: 1\nname: lab\n";

    private SoleFinding() {}

    /** The message about lines below a good head. */
    static String messageOf(String lines) {
        return of(HEAD + lines + "\n").message();
    }

    /** The only finding about a whole file. */
    static Finding of(String text) {
        ProjectReading reading = ProjectReader.readText(text, Path.of("topology.yaml"));
        assertThat(reading.topology()).isEmpty();
        assertThat(reading.findings())
                .as(reading.findings().stream().map(Finding::text).collect(Collectors.joining("\n", "\n", "\n")))
                .hasSize(1);
        return reading.findings().getFirst();
    }
}
