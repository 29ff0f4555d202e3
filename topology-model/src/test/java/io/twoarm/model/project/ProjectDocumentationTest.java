package io.twoarm.model.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.model.Topology;
import io.twoarm.model.lint.Lint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProjectDocumentationTest {
    private final String page = read("docs/project-file.md");
    private final List<String> examples = Pattern.compile("^```yaml\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(page)
            .results()
            .map(block -> block.group(1))
            .toList();

    @Test
    void everyKeyHasALineAndRequiredOnesAreBold() {
        for (Shape shape : Shape.values()) {
            for (String key : shape.keys()) {
                String bold = "**`" + key + "`**";
                boolean documentedAsRequired = page.contains("| " + bold + " |")
                        || page.contains(bold + " to the right")
                        || page.contains(bold + " downwards");
                assertThat(
                                shape.required().containsKey(key)
                                        ? documentedAsRequired
                                        : page.contains("| `" + key + "` |"))
                        .as("%s of %s", key, shape)
                        .isTrue();
            }
        }
    }

    @Test
    void theExamplesAreReadWithoutFindings() {
        assertThat(examples).hasSize(2);
        ProjectReading small = ProjectReader.readText(examples.getFirst(), Path.of("topology.yaml"));
        assertThat(Lint.check(small)).isEmpty();
        Topology topology = small.topology().orElseThrow();

        LayoutFile.LayoutReading layout = LayoutFile.readText(examples.getLast(), Path.of("layout.yaml"), topology);
        assertThat(layout.findings()).isEmpty();
        assertThat(layout.layout().host("director")).isPresent();
    }

    @Test
    void everyRuleOfReadingAndSavingIsDocumented() {
        List<String> documented = Pattern.compile("^\\| <a id=\"([a-z0-9-]+)\"></a>`\\1` \\|", Pattern.MULTILINE)
                .matcher(read("docs/lint-rules.md"))
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();

        assertThat(documented).contains(ProjectWriter.DROPPED_COMMENT, LayoutFile.UNKNOWN_NODE);
        for (ReadingRule rule : ReadingRule.values()) {
            assertThat(documented).contains(rule.id());
        }
        assertThat(documented).hasSize(ReadingRule.values().length + 2);
    }

    private static String read(String file) {
        Path path = Path.of(System.getProperty("twoarm.root"), file);
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new AssertionError(path + " cannot be read; run the tests through Maven, which sets twoarm.root", e);
        }
    }
}
