package io.twoarm.director.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The words behind {@code dpip}: options anywhere, object, verb, a subject, and pairs of names and values. */
final class DpipWords {
    private static final int WRONG = 1;
    private static final Set<String> FLAGS = Set.of("sapool", "local", "onlink");
    private static final Set<String> NAMES = Set.of(
            "dev",
            "via",
            "scope",
            "mtu",
            "src",
            "metric",
            "lladdr",
            "broadcast",
            "valid_lft",
            "prefered_lft",
            "preferred_lft",
            "tos",
            "proto",
            "type");
    private static final Map<String, String> VERBS =
            Map.of("list", "show", "change", "set", "delete", "del", "address", "addr");

    private final List<String> places = new ArrayList<>();
    private final Map<String, String> values = new HashMap<>();
    private final Set<Character> switches = new TreeSet<>();

    private DpipWords() {}

    /** Whether the object of a command, its first word that is no option, is this one. */
    static boolean isAbout(String object, List<String> words) {
        return words.stream()
                .filter(word -> !word.startsWith("-"))
                .findFirst()
                .filter(object::equals)
                .isPresent();
    }

    static DpipWords parse(List<String> words) throws ToolFailure {
        DpipWords parsed = new DpipWords();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.length() > 1 && word.startsWith("-")) {
                i += parsed.option(word, i + 1 < words.size() ? words.get(i + 1) : "");
            } else if (FLAGS.contains(word) && parsed.places.size() >= 2) {
                parsed.values.put(word, "");
            } else if (NAMES.contains(word) && parsed.places.size() >= 2) {
                i++;
                if (i == words.size()) {
                    throw new ToolFailure(WRONG, "invalid parameter: " + word + " needs a value");
                }
                parsed.values.put(word, words.get(i));
            } else {
                parsed.places.add(word);
            }
        }
        if (parsed.places.size() > 3) {
            throw new ToolFailure(WRONG, "invalid parameter: unexpected argument " + parsed.places.get(3));
        }
        return parsed;
    }

    /** @return how many further words belong to the option */
    private int option(String word, String next) throws ToolFailure {
        switch (word) {
            case "-4", "-6", "-v", "-s", "-h", "-V", "-C", "-F" -> switches.add(word.charAt(1));
            case "--verbose" -> switches.add('v');
            case "--stats" -> switches.add('s');
            case "--help" -> switches.add('h');
            case "--color", "--force" -> {
                // Nothing to colour, and nothing that needs force.
            }
            case "-f", "--family" -> {
                if (!next.equals("inet") && !next.equals("inet6")) {
                    throw new ToolFailure(WRONG, "invalid parameter: " + word + " is inet or inet6");
                }
                switches.add(next.equals("inet6") ? '6' : '4');
                return 1;
            }
            default -> throw new ToolFailure(WRONG, "invalid parameter: unknown option " + word);
        }
        return 0;
    }

    boolean wantsVersion() {
        return switches.contains('V');
    }

    boolean wantsHelp() {
        return switches.contains('h') || places.isEmpty() || places.getLast().equals("help");
    }

    boolean wantsStatistics() {
        return switches.contains('s');
    }

    boolean isVerbose() {
        return switches.contains('v');
    }

    boolean isIpv4() {
        return switches.contains('4');
    }

    boolean isIpv6() {
        return switches.contains('6');
    }

    String object() {
        return VERBS.getOrDefault(places.getFirst(), places.getFirst());
    }

    /** What is to be done; without a word, show. */
    String verb() {
        String verb = places.size() < 2 ? "show" : places.get(1);
        return VERBS.getOrDefault(verb, verb);
    }

    Optional<String> subject() {
        return places.size() < 3 ? Optional.empty() : Optional.of(places.get(2));
    }

    String subject(String what) throws ToolFailure {
        return subject()
                .orElseThrow(() ->
                        new ToolFailure(WRONG, "invalid parameter: " + object() + " " + verb() + " needs " + what));
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String required(String name) throws ToolFailure {
        return value(name)
                .orElseThrow(() ->
                        new ToolFailure(WRONG, "invalid parameter: " + object() + " " + verb() + " needs " + name));
    }

    int number(String name, int otherwise) throws ToolFailure {
        String text = values.getOrDefault(name, "");
        if (text.isEmpty()) {
            return otherwise;
        }
        if (text.matches("\\d{1,9}")) {
            return Integer.parseInt(text);
        }
        throw new ToolFailure(WRONG, "invalid parameter: " + name + " " + text + " is no number");
    }
}
