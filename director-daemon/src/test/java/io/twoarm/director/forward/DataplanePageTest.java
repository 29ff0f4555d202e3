package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.report.Counter;
import io.twoarm.director.session.SessionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code docs/dataplane.md} says what the code does. */
class DataplanePageTest {
    private static List<String> tableAfter(String header) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(System.getProperty("twoarm.root"), "docs", "dataplane.md"));
        return lines.subList(lines.indexOf(header) + 2, lines.size()).stream()
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    @Test
    void itListsEveryCounterWithItsSentence() throws IOException {
        assertThat(tableAfter("| counter | kind | meaning |"))
                .containsExactlyElementsOf(Arrays.stream(Counter.values())
                        .map(counter -> "| `" + counter.label() + "` | "
                                + counter.kind().name().toLowerCase(Locale.ROOT) + " | " + counter.sentence() + " |")
                        .toList());
    }

    @Test
    void itListsEveryStateWithItsTime() throws IOException {
        assertThat(tableAfter("| state | seconds |"))
                .containsExactlyElementsOf(Arrays.stream(SessionState.values())
                        .map(state ->
                                "| `" + state + "` | " + state.defaultTimeout().toSeconds() + " |")
                        .toList());
    }
}
