package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/nat64.md} names a test for every clause, and each of them exists. */
class Nat64PageTest {
    private static final Path ROOT = Path.of(System.getProperty("twoarm.root"));
    private static final Path TESTS = ROOT.resolve("director-daemon/src/test");
    private static final Pattern FIXTURE = Pattern.compile("`([\\w-]+\\.packets)`: ([^`]+)");
    private static final Pattern METHOD = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    private static List<String> rows() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/nat64.md")).stream()
                .filter(line -> line.startsWith("|") && !line.startsWith("|---") && !line.startsWith("| clause"))
                .toList();
    }

    private static String lastCell(String row) {
        String[] cells = row.substring(1, row.length() - 1).split("\\|");
        assertThat(cells).as(row).hasSize(4);
        return cells[3].trim();
    }

    private static boolean hasMethod(String name, String method) throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            for (Path file : files.filter(path -> path.endsWith(name + ".java")).toList()) {
                if (Files.readString(file).contains(" " + method + "(")) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void everyNamedTestExists() throws IOException {
        List<String> missing = new ArrayList<>();
        int found = 0;
        for (String row : rows()) {
            Matcher fixture = FIXTURE.matcher(lastCell(row));
            while (fixture.find()) {
                found++;
                Path file =
                        TESTS.resolve("resources/io/twoarm/director/forward").resolve(fixture.group(1));
                if (!Files.readAllLines(file).contains("== " + fixture.group(2).trim())) {
                    missing.add(fixture.group());
                }
            }
            Matcher method = METHOD.matcher(lastCell(row));
            while (method.find()) {
                found++;
                if (!hasMethod(method.group(1), method.group(2))) {
                    missing.add(method.group());
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(found).isGreaterThan(70);
    }

    @Test
    void onlyClausesThatDoNotApplyGoWithoutATest() throws IOException {
        for (String row : rows()) {
            String cell = lastCell(row);
            boolean shown = FIXTURE.matcher(cell).find() || METHOD.matcher(cell).find();
            assertThat(shown || cell.equals("–") && row.contains("not applicable"))
                    .as(row)
                    .isTrue();
        }
    }
}
