package io.twoarm.config.keepalived;

import io.twoarm.config.AddressLiteral;
import io.twoarm.config.ConfigFile;
import io.twoarm.config.ConfigFinding;
import io.twoarm.config.NearestKeyword;
import io.twoarm.config.Origin;
import io.twoarm.config.syntax.Node.Statement;
import io.twoarm.config.syntax.Token;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Collects findings, and reads single values so that each bad one leaves a finding. */
final class Report {
    private final List<ConfigFinding> findings = new ArrayList<>();

    List<ConfigFinding> findings() {
        return findings;
    }

    void error(String rule, Origin origin, String keyword, String message, String fix) {
        findings.add(ConfigFinding.error(rule, ConfigFile.KEEPALIVED, origin, keyword, message, fix));
    }

    void warning(String rule, Origin origin, String keyword, String message, String fix) {
        findings.add(ConfigFinding.warning(rule, ConfigFile.KEEPALIVED, origin, keyword, message, fix));
    }

    void unsupported(Origin origin, String keyword, String what, String fix) {
        error(ConfigFinding.UNSUPPORTED, origin, keyword, what + " is known but not supported by this director.", fix);
    }

    /** The only word behind a keyword. */
    Optional<Token> word(Statement statement, String allowed) {
        List<Token> words = statement.arguments();
        if (words.isEmpty()) {
            error(
                    "missing-value",
                    statement.origin(),
                    statement.keyword(),
                    statement.keyword() + " has no value.",
                    "Write " + allowed + ".");
            return Optional.empty();
        }
        if (words.size() > 1) {
            error(
                    "bad-value",
                    words.get(1).origin(),
                    statement.keyword(),
                    statement.keyword() + " takes one value, but "
                            + words.get(1).value() + " follows "
                            + words.getFirst().value() + ".",
                    "Write " + allowed + ".");
            return Optional.empty();
        }
        return Optional.of(words.getFirst());
    }

    void badValue(Token word, String keyword, String allowed) {
        error(
                "bad-value",
                word.origin(),
                keyword,
                keyword + ": " + word.value() + " is not " + allowed + ".",
                "Write " + allowed + ".");
    }

    /** One of the words that are names of values, in capitals or not. */
    <T extends Enum<T>> Optional<T> choice(Statement statement, Function<String, Optional<T>> reader, T[] values) {
        List<String> allowed = Stream.of(values)
                .flatMap(value -> Stream.of(value.name(), value.name().toLowerCase(Locale.ROOT)))
                .filter(text -> reader.apply(text).isPresent())
                .toList();
        String list = "one of " + String.join(", ", allowed);
        return word(statement, list).flatMap(word -> {
            Optional<T> value = reader.apply(word.value());
            if (value.isEmpty()) {
                String near = NearestKeyword.to(word.value(), allowed)
                        .map(name -> " Did you mean " + name + "?")
                        .orElse("");
                error(
                        "bad-value",
                        word.origin(),
                        statement.keyword(),
                        statement.keyword() + ": " + word.value() + " is not " + list + ".",
                        "Write " + list + "." + near);
            }
            return value;
        });
    }

    /** A keyword whose mere presence means yes. */
    boolean isOn(Statement statement) {
        List<Token> words = statement.arguments();
        if (words.isEmpty()) {
            return true;
        }
        return switch (words.getFirst().value().toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes" -> true;
            case "false", "off", "no" -> false;
            default -> {
                badValue(words.getFirst(), statement.keyword(), "true or false");
                yield true;
            }
        };
    }

    Optional<Integer> number(Statement statement, int min, int max) {
        String allowed = "a whole number from " + min + " to " + max;
        return word(statement, allowed).flatMap(word -> number(word, statement.keyword(), min, max));
    }

    Optional<Integer> number(Token word, String keyword, int min, int max) {
        String text = word.value();
        if (text.matches("[0-9]{1,10}") && Long.parseLong(text) >= min && Long.parseLong(text) <= max) {
            return Optional.of(Integer.valueOf(text));
        }
        badValue(word, keyword, "a whole number from " + min + " to " + max);
        return Optional.empty();
    }

    /** Seconds with up to six decimals, at most a day. */
    Optional<Duration> seconds(Statement statement, boolean zeroAllowed) {
        String allowed = (zeroAllowed ? "0" : "0.000001") + " to 86400 seconds";
        return word(statement, allowed).flatMap(word -> {
            if (!word.value().matches("[0-9]{1,5}(\\.[0-9]{1,6})?")) {
                badValue(word, statement.keyword(), allowed);
                return Optional.empty();
            }
            long micros = new BigDecimal(word.value()).movePointRight(6).longValueExact();
            if (micros > 86_400_000_000L || micros == 0 && !zeroAllowed) {
                badValue(word, statement.keyword(), allowed);
                return Optional.empty();
            }
            return Optional.of(Duration.ofNanos(micros * 1000));
        });
    }

    Optional<InetAddress> address(Token word, String keyword) {
        Optional<InetAddress> address = AddressLiteral.parse(word.value());
        if (address.isEmpty()) {
            badValue(word, keyword, "an IPv4 or IPv6 address");
        }
        return address;
    }

    Optional<AddressRange> range(Token word, String keyword) {
        Optional<AddressRange> range = AddressRange.parse(word.value());
        if (range.isEmpty()) {
            badValue(
                    word,
                    keyword,
                    "an address, or a range such as 192.168.229.210-219 of up to " + AddressRange.LARGEST
                            + " addresses");
        }
        return range;
    }
}
