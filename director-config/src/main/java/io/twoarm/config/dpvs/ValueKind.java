package io.twoarm.config.dpvs;

import io.twoarm.config.syntax.BlockWriter;
import io.twoarm.config.syntax.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What may stand behind a keyword, how it is read and how it is printed. */
public sealed interface ValueKind<T> {

    /** Reads the words behind the keyword; there is at least one, except for a {@link Flag}. */
    Reading<T> read(List<Token> words);

    /** The value as it stands in the file; empty for a {@link Flag}. */
    String print(T value);

    /** The allowed values, for people: {@code 1 to 9000}. */
    String allowed();

    /**
     * What was read.
     *
     * @param value the value in effect; empty when none could be read
     * @param problem what is wrong with the text; empty when nothing is
     * @param tolerable true when the problem leaves a usable value
     */
    record Reading<T>(Optional<T> value, Optional<String> problem, boolean tolerable) {
        static <T> Reading<T> of(T value) {
            return new Reading<>(Optional.of(value), Optional.empty(), true);
        }

        static <T> Reading<T> adjusted(T value, String problem) {
            return new Reading<>(Optional.of(value), Optional.of(problem), true);
        }

        static <T> Reading<T> failed(String problem) {
            return new Reading<>(Optional.empty(), Optional.of(problem), false);
        }
    }

    /** How DPVS rounds a number that it has accepted. */
    enum Rounding {
        NONE,
        DOWN_TO_POWER_OF_TWO,
        /** The size of a pool: both 65536 and 65535 mean 65535. */
        DOWN_TO_POWER_OF_TWO_MINUS_ONE;

        int apply(int value) {
            return switch (this) {
                case NONE -> value;
                case DOWN_TO_POWER_OF_TWO -> Integer.highestOneBit(value);
                case DOWN_TO_POWER_OF_TWO_MINUS_ONE ->
                    value == Integer.MAX_VALUE ? value : Integer.highestOneBit(value + 1) - 1;
            };
        }
    }

    /** A decimal number. */
    record WholeNumber(int min, int max, String unit, Rounding rounding) implements ValueKind<Integer> {
        @Override
        public Reading<Integer> read(List<Token> words) {
            Reading<String> word = single(words);
            if (word.value().isEmpty()) {
                return Reading.failed(word.problem().orElseThrow());
            }
            String text = word.value().get();
            Optional<Integer> number = wholeNumber(text);
            if (number.isEmpty() || number.get() < min || number.get() > max) {
                return Reading.failed(text + " is not a whole number from " + allowed() + ".");
            }
            int rounded = rounding.apply(number.get());
            boolean powerOfTwo = Integer.bitCount(number.get()) == 1;
            if (rounded != number.get() && !powerOfTwo) {
                return Reading.adjusted(rounded, text + " is rounded down to " + rounded + ".");
            }
            return Reading.of(rounded);
        }

        /** A rounded value below the minimum is what the minimum, a power of two, is rounded to. */
        @Override
        public String print(Integer value) {
            return String.valueOf(Math.max(value, min));
        }

        @Override
        public String allowed() {
            return min + " to " + max + (unit.isEmpty() ? "" : " " + unit);
        }
    }

    /** {@code on} or {@code off}, in any case. */
    record Switch() implements ValueKind<Boolean> {
        @Override
        public Reading<Boolean> read(List<Token> words) {
            Reading<String> word = single(words);
            String text = word.value().orElse("").toLowerCase(Locale.ROOT);
            return switch (text) {
                case "on" -> Reading.of(true);
                case "off" -> Reading.of(false);
                default -> Reading.failed(word.problem().orElse(text + " is neither on nor off."));
            };
        }

        @Override
        public String print(Boolean value) {
            return value ? "on" : "off";
        }

        @Override
        public String allowed() {
            return "on, off";
        }
    }

    /** A keyword without a value: its presence switches something on. */
    record Flag() implements ValueKind<Boolean> {
        @Override
        public Reading<Boolean> read(List<Token> words) {
            return words.isEmpty()
                    ? Reading.of(true)
                    : Reading.adjusted(
                            true,
                            "The keyword takes no value: it switches on whatever follows it, here "
                                    + words.getFirst().value() + ".");
        }

        @Override
        public String print(Boolean value) {
            return "";
        }

        @Override
        public String allowed() {
            return "no value; present means on";
        }
    }

    /** One of a few words, in exactly this case. */
    record OneOf(List<String> words) implements ValueKind<String> {
        public OneOf {
            words = List.copyOf(words);
        }

        @Override
        public Reading<String> read(List<Token> tokens) {
            Reading<String> word = single(tokens);
            if (word.value().isEmpty()) {
                return word;
            }
            String text = word.value().get();
            return words.stream()
                    .filter(text::equals)
                    .findFirst()
                    .map(Reading::of)
                    .orElseGet(() -> Reading.failed(text + " is none of " + allowed() + "."));
        }

        @Override
        public String print(String value) {
            return value;
        }

        @Override
        public String allowed() {
            return String.join(", ", words);
        }
    }

    /** A name or path of one word. */
    record Text(int longest) implements ValueKind<String> {
        @Override
        public Reading<String> read(List<Token> words) {
            Reading<String> word = single(words);
            return word.value().filter(text -> text.length() > longest).isPresent()
                    ? Reading.failed(word.value().get() + " is longer than " + longest + " characters.")
                    : word;
        }

        @Override
        public String print(String value) {
            return BlockWriter.word(value);
        }

        @Override
        public String allowed() {
            return "one word of up to " + longest + " characters";
        }
    }

    /** Words joined by {@code |} without blanks. */
    record JoinedWords(List<String> words) implements ValueKind<List<String>> {
        public JoinedWords {
            words = List.copyOf(words);
        }

        @Override
        public Reading<List<String>> read(List<Token> tokens) {
            Reading<String> word = single(tokens);
            if (word.value().isEmpty()) {
                return Reading.failed(word.problem().orElseThrow());
            }
            List<String> parts = List.of(word.value().get().split("\\|", -1));
            return words.containsAll(parts)
                    ? Reading.of(parts)
                    : Reading.failed(word.value().get() + " is not " + allowed() + ".");
        }

        @Override
        public String print(List<String> value) {
            return String.join("|", value);
        }

        @Override
        public String allowed() {
            return String.join(", ", words) + ", or several of them joined by | without blanks";
        }
    }

    /** Numbers with blanks between them. */
    record NumberList(int min, int max) implements ValueKind<List<Integer>> {
        @Override
        public Reading<List<Integer>> read(List<Token> words) {
            List<Integer> numbers = new ArrayList<>();
            for (Token word : words) {
                Optional<Integer> number = wholeNumber(word.value());
                if (number.isEmpty() || number.get() < min || number.get() > max) {
                    return Reading.failed(word.value() + " is not a whole number from " + min + " to " + max + ".");
                }
                numbers.add(number.get());
            }
            return Reading.of(List.copyOf(numbers));
        }

        @Override
        public String print(List<Integer> value) {
            return String.join(" ", value.stream().map(String::valueOf).toList());
        }

        @Override
        public String allowed() {
            return "numbers from " + min + " to " + max + " with blanks between them";
        }
    }

    /** 128 bits as 32 hexadecimal digits. */
    record Hex128() implements ValueKind<String> {
        @Override
        public Reading<String> read(List<Token> words) {
            Reading<String> word = single(words);
            return word.value().filter(text -> !text.matches("[0-9A-Fa-f]{32}")).isPresent()
                    ? Reading.failed(word.value().get() + " is not 32 hexadecimal digits.")
                    : word;
        }

        @Override
        public String print(String value) {
            return value;
        }

        @Override
        public String allowed() {
            return "32 hexadecimal digits";
        }
    }

    /** Options of a bonding, {@code name=value} with semicolons between them. */
    record BondingOptions() implements ValueKind<Boolean> {
        private static final Set<String> ON = Set.of("dedicated_queues=on", "dedicated_queues=enable");
        private static final Set<String> OFF = Set.of("dedicated_queues=off", "dedicated_queues=disable");

        @Override
        public Reading<Boolean> read(List<Token> words) {
            Reading<String> word = single(words);
            String text = word.value().orElse("");
            if (ON.contains(text) || OFF.contains(text)) {
                return Reading.of(ON.contains(text));
            }
            return Reading.failed(word.problem().orElse(text + " is not " + allowed() + "."));
        }

        @Override
        public String print(Boolean value) {
            return value ? "dedicated_queues=on" : "dedicated_queues=off";
        }

        @Override
        public String allowed() {
            return "dedicated_queues=on or dedicated_queues=off";
        }
    }

    static ValueKind<Integer> number(int min, int max, String unit) {
        return new WholeNumber(min, max, unit, Rounding.NONE);
    }

    static ValueKind<Integer> downToPowerOfTwo(int min, int max, String unit) {
        return new WholeNumber(min, max, unit, Rounding.DOWN_TO_POWER_OF_TWO);
    }

    static ValueKind<Integer> downToPowerOfTwoMinusOne(int min, int max, String unit) {
        return new WholeNumber(min, max, unit, Rounding.DOWN_TO_POWER_OF_TWO_MINUS_ONE);
    }

    /** Seconds up to a year. */
    static ValueKind<Integer> seconds() {
        return number(1, 31535999, "seconds");
    }

    static ValueKind<Boolean> onOff() {
        return new Switch();
    }

    static ValueKind<Boolean> flag() {
        return new Flag();
    }

    static ValueKind<String> oneOf(String... words) {
        return new OneOf(List.of(words));
    }

    static ValueKind<String> text(int longest) {
        return new Text(longest);
    }

    static ValueKind<List<String>> joined(String... words) {
        return new JoinedWords(List.of(words));
    }

    private static Reading<String> single(List<Token> words) {
        String text = words.getFirst().value();
        return words.size() == 1
                ? Reading.of(text)
                : Reading.failed("One value is expected, but " + words.get(1).value() + " follows " + text + ".");
    }

    private static Optional<Integer> wholeNumber(String text) {
        return text.matches("[0-9]{1,10}") && Long.parseLong(text) <= Integer.MAX_VALUE
                ? Optional.of(Integer.valueOf(text))
                : Optional.empty();
    }
}
