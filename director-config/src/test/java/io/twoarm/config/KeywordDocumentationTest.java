package io.twoarm.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.config.dpvs.DpvsKeywords;
import io.twoarm.config.dpvs.Setting;
import io.twoarm.config.dpvs.Setting.Support;
import io.twoarm.config.dpvs.ValueKind;
import io.twoarm.config.keepalived.KeepalivedKeywords;
import io.twoarm.config.keepalived.Keyword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The lists of keywords in {@code docs/director-configuration.md} are those of the tables.
 *
 * <p>After an intended change: {@code mvn -pl director-config test -Dtwoarm.golden.write=true}, then read the difference.
 */
class KeywordDocumentationTest {
    private static final Path PAGE = Path.of(System.getProperty("twoarm.root"), "docs/director-configuration.md");
    private static final Pattern PART =
            Pattern.compile("(<!-- begin ([a-z]+ [a-z-]+): [^>]*-->\n)(.*?)(<!-- end \\2 -->)", Pattern.DOTALL);

    @Test
    void thePageListsExactlyTheKeywordsOfTheTables() throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("dpvs honoured", dpvsTable());
        parts.put("dpvs without-effect", dpvsList(Support.WITHOUT_EFFECT));
        parts.put("dpvs refused", dpvsList(Support.REFUSED));
        parts.put("keepalived honoured", keepalivedTable());
        parts.put("keepalived without-effect", keepalivedList(Keyword.Use.WITHOUT_EFFECT));
        parts.put("keepalived refused", keepalivedList(Keyword.Use.REFUSED));
        String page = Files.readString(PAGE);
        String right = PART.matcher(page)
                .replaceAll(
                        found -> Matcher.quoteReplacement(found.group(1) + parts.get(found.group(2)) + found.group(4)));
        if (Boolean.getBoolean("twoarm.golden.write")) {
            Files.writeString(PAGE, right);
        }

        assertThat(PART.matcher(page).results().map(found -> found.group(2))).containsExactlyElementsOf(parts.keySet());
        assertThat(Files.readString(PAGE)).isEqualTo(right);
    }

    private static String dpvsTable() {
        return "| block | keyword | values | default | meaning |\n|---|---|---|---|---|\n"
                + DpvsKeywords.all().stream()
                        .filter(setting -> setting.support() == Support.HONOURED)
                        .map(KeywordDocumentationTest::row)
                        .collect(Collectors.joining());
    }

    private static <T> String row(Setting<T> setting) {
        boolean flag = setting.kind() instanceof ValueKind.Flag;
        String fallback = flag
                ? setting.fallback().equals(Optional.of(true)) ? "on" : "off"
                : setting.fallback().map(setting.kind()::print).orElse("");
        return "| %s | `%s` | %s | %s | %s |%n"
                .formatted(
                        setting.block().replace("/", " / "),
                        setting.name(),
                        flag ? "*flag*" : setting.kind().allowed().replace("|", "\\|"),
                        fallback,
                        setting.about())
                .replace(System.lineSeparator(), "\n");
    }

    private static String dpvsList(Support support) {
        return byBlock(DpvsKeywords.all().stream()
                .filter(setting -> setting.support() == support)
                .map(setting -> List.of(setting.block().replace("/", " / "), setting.name())));
    }

    private static String keepalivedTable() {
        return "| block | keyword | values | meaning |\n|---|---|---|---|\n"
                + KeepalivedKeywords.all().stream()
                        .filter(keyword -> keyword.use() == Keyword.Use.HONOURED)
                        .map(keyword -> "| " + keyword.context() + " | `" + keyword.name() + "` | " + keyword.values()
                                + " | " + keyword.about() + " |\n")
                        .collect(Collectors.joining());
    }

    /** Without what stands only inside blocks that are on the list themselves. */
    private static String keepalivedList(Keyword.Use use) {
        List<String> contexts = List.of("", "global_defs", "virtual_server", "real_server", "TCP_CHECK");
        return byBlock(KeepalivedKeywords.all().stream()
                .filter(keyword -> keyword.use() == use && contexts.contains(keyword.context()))
                .map(keyword -> List.of(
                        keyword.context().isEmpty() ? "outside all blocks" : keyword.context(), keyword.name())));
    }

    private static String byBlock(Stream<List<String>> blocksAndNames) {
        Map<String, String> lines = blocksAndNames.collect(Collectors.groupingBy(
                List::getFirst,
                LinkedHashMap::new,
                Collectors.mapping(pair -> "`" + pair.getLast() + "`", Collectors.joining(", "))));
        return lines.entrySet().stream()
                .map(line -> "- " + line.getKey() + ": " + line.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
