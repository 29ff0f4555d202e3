package io.twoarm.model.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.model.Finding;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.templates.StarterTopologies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RuleDocumentationTest {
    private final String page = read("docs/lint-rules.md");

    @Test
    void everyRuleIsDocumentedUnderItsIdWithSeveritySentenceAndReason() {
        for (LintRule rule : Lint.rules()) {
            Matcher section = Pattern.compile(
                            "^### " + rule.id() + "\\n(.*?)(?=^#|\\z)", Pattern.DOTALL | Pattern.MULTILINE)
                    .matcher(page);

            assertThat(section.find()).as("a section for %s", rule.id()).isTrue();
            String text = section.group(1).replaceAll("\\s+", " ");
            assertThat(text)
                    .contains(
                            rule.sentence() + " Otherwise: **" + rule.severity().word() + "**.")
                    .contains(rule.reason());
        }
    }

    @Test
    void noSectionIsAboutARuleThatDoesNotExist() {
        assertThat(Pattern.compile("^### (.+)$", Pattern.MULTILINE)
                        .matcher(page)
                        .results())
                .extracting(heading -> heading.group(1))
                .containsExactlyElementsOf(
                        Lint.rules().stream().map(LintRule::id).toList());
    }

    @Test
    void theExampleIsWhatLintSays() {
        String text = StarterTopologies.named("two-arm-fullnat")
                .orElseThrow()
                .topology()
                .replace("192.168.229.204", "192.168.228.204");

        Finding finding = Lint.check(ProjectReader.readText(text, Path.of("lab", "topology.yaml"))).stream()
                .filter(candidate -> candidate.rule().equals("lip-outside-subnet"))
                .findFirst()
                .orElseThrow();

        assertThat(page).contains("```\n" + finding.text() + "\n```\n");
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
