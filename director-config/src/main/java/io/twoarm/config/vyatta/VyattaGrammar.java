package io.twoarm.config.vyatta;

import io.twoarm.config.ConfigFile;
import io.twoarm.config.ConfigFinding;
import io.twoarm.config.NearestKeyword;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which statements a release knows, with the kinds of their values; and the tree in braces that follows from it. */
public final class VyattaGrammar {
    private static final Map<Release, VyattaGrammar> ALL = new EnumMap<>(Release.class);

    static {
        for (Release release : Release.values()) {
            ALL.put(release, new VyattaGrammar(release));
        }
    }

    private final Release release;
    private final Place root = new Place();

    /** A place in the tree: what may follow. */
    private static final class Place {
        private final Map<String, Place> keywords = new LinkedHashMap<>();
        private final Map<Value, Place> values = new LinkedHashMap<>();

        private boolean isEnd() {
            return keywords.isEmpty() && values.isEmpty();
        }

        private Optional<Place> next(String word) {
            Place keyword = keywords.get(word);
            if (keyword != null) {
                return Optional.of(keyword);
            }
            return values.entrySet().stream()
                    .filter(entry -> entry.getKey().accepts(word))
                    .map(Map.Entry::getValue)
                    .findFirst();
        }
    }

    private VyattaGrammar(Release release) {
        this.release = release;
        text(release)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(line -> {
                    Place place = root;
                    for (String word : line.split(" +")) {
                        place = word.startsWith("<") || word.contains("|")
                                ? place.values.computeIfAbsent(Value.of(word), _ -> new Place())
                                : place.keywords.computeIfAbsent(word, _ -> new Place());
                    }
                });
    }

    public static VyattaGrammar of(Release release) {
        return ALL.get(release);
    }

    /** Everything that the release would refuse, in the order of the file. */
    public List<ConfigFinding> check(VyattaFile file) {
        List<ConfigFinding> findings = new ArrayList<>(file.findings());
        file.statements().forEach(statement -> problem(statement).ifPresent(findings::add));
        return findings;
    }

    private Optional<ConfigFinding> problem(Statement statement) {
        Place place = root;
        for (int i = 0; i < statement.words().size(); i++) {
            String word = statement.word(i);
            Optional<Place> next = place.next(word);
            if (next.isEmpty()) {
                return Optional.of(unknown(statement, i, place));
            }
            place = next.get();
        }
        if (!place.isEnd() && place.keywords.isEmpty() && !place.values.isEmpty()) {
            return Optional.of(finding(
                    "value-missing",
                    statement,
                    statement.last(),
                    "\"" + statement + "\" has no value",
                    allowed(place)));
        }
        return Optional.empty();
    }

    private ConfigFinding unknown(Statement statement, int position, Place place) {
        String word = statement.word(position);
        String way = String.join(" ", statement.words().subList(0, position));
        if (place.isEnd()) {
            return finding("word-too-many", statement, word, "\"" + word + "\" follows a whole setting", "Remove it.");
        }
        String nearest = NearestKeyword.to(word, place.keywords.keySet())
                .map(it -> "Did you mean " + it + "? ")
                .orElse("");
        return finding(
                place.keywords.isEmpty() ? "value" : "unknown-keyword",
                statement,
                word,
                release.title() + " does not know \"" + word + "\"" + (way.isEmpty() ? "" : " after \"" + way + "\""),
                nearest + allowed(place));
    }

    private static String allowed(Place place) {
        List<String> words = new ArrayList<>(place.keywords.keySet());
        place.values.keySet().forEach(value -> words.add(value.toString()));
        return "Allowed: " + String.join(", ", words) + ".";
    }

    private static ConfigFinding finding(String rule, Statement statement, String word, String message, String fix) {
        return ConfigFinding.error(rule, ConfigFile.ROUTER, statement.origin(), word, message + ".", fix);
    }

    /**
     * The statements as a tree in braces, four blanks for each level.
     *
     * @throws IllegalArgumentException when the release does not know one of them
     */
    public String braces(List<Statement> statements) {
        for (Statement statement : statements) {
            problem(statement).ifPresent(finding -> {
                throw new IllegalArgumentException(finding.message());
            });
        }
        StringBuilder text = new StringBuilder();
        block(root, statements.stream().map(Statement::words).toList(), 0, text);
        return text.toString();
    }

    private static void block(Place place, List<List<String>> ways, int depth, StringBuilder text) {
        for (Map.Entry<String, List<List<String>>> entry : byFirst(ways).entrySet()) {
            Place next = place.next(entry.getKey()).orElseThrow();
            List<List<String>> below = entry.getValue();
            if (next.isEnd()) {
                line(text, depth, quoted(entry.getKey()));
            } else if (next.keywords.isEmpty()) {
                byFirst(below).forEach((value, rest) -> {
                    Place after = next.next(value).orElseThrow();
                    String heading = entry.getKey() + " " + quoted(value);
                    if (after.isEnd()) {
                        line(text, depth, heading);
                    } else {
                        line(text, depth, heading + " {");
                        block(after, rest, depth + 1, text);
                        line(text, depth, "}");
                    }
                });
            } else {
                line(text, depth, entry.getKey() + " {");
                block(next, below, depth + 1, text);
                line(text, depth, "}");
            }
        }
    }

    /** The ways without their first words, by these; a way that ends with it adds nothing below. */
    private static Map<String, List<List<String>>> byFirst(List<List<String>> ways) {
        Map<String, List<List<String>>> groups = new LinkedHashMap<>();
        for (List<String> way : ways) {
            List<List<String>> below = groups.computeIfAbsent(way.getFirst(), _ -> new ArrayList<>());
            if (way.size() > 1) {
                below.add(way.subList(1, way.size()));
            }
        }
        return groups;
    }

    private static void line(StringBuilder text, int depth, String line) {
        text.append("    ".repeat(depth)).append(line).append('\n');
    }

    private static String quoted(String word) {
        boolean plain = !word.isEmpty() && word.chars().noneMatch(sign -> " \t{}\"'#".indexOf(sign) >= 0);
        return plain ? word : '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** A statement as the command that sets it. */
    public static String command(Statement statement) {
        StringBuilder text = new StringBuilder("set");
        for (String word : statement.words()) {
            if (word.indexOf('\'') >= 0 || word.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("no command can hold this value: " + word);
            }
            boolean plain = word.matches("[A-Za-z0-9_./:@,+-]+");
            text.append(' ').append(plain ? word : "'" + word + "'");
        }
        return text.toString();
    }

    private static String text(Release release) {
        try (InputStream in = VyattaGrammar.class.getResourceAsStream(release.resource())) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: " + release.resource() + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
