package io.twoarm.model;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Something wrong or doubtful in a design or its file.
 *
 * @param rule stable identifier such as {@code lip-outside-subnet}
 * @param place where it is
 * @param message one or two sentences: what was found, what is allowed, and why
 * @param fix what to do about it, as an instruction
 */
public record Finding(String rule, Severity severity, Place place, String message, String fix) {
    /** By line and column, so that findings are read from top to bottom; those without a line come first. */
    public static final Comparator<Finding> BY_PLACE = Comparator.comparingInt(
                    (Finding finding) -> finding.place().line())
            .thenComparingInt(finding -> finding.place().column());

    public Finding {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(fix, "fix");
    }

    /**
     * The finding for people, in two lines without a final line feed.
     *
     * <p>The first line is {@code path:line:column: severity: message [rule]}, the form that editors and terminals turn
     * into a link; without a file the object stands in place of the path. The second line is the indented fix.
     */
    public String text() {
        return place.text() + ": " + severity.word() + ": " + message + " [" + rule + "]\n  fix: " + fix;
    }

    /** How bad it is: an error stops generation and deployment. */
    public enum Severity {
        ERROR,
        WARNING,
        NOTE;

        /** The severity as a lower-case word. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A place in the design.
     *
     * @param file the project file; empty for a topology that was never stored
     * @param line 1-based line; 0 when unknown
     * @param column 1-based column in characters; 0 when unknown
     * @param object the object and field it is about, such as {@code localAddressPools.lan-lips.addresses[0]}; the
     *     text form of an {@link ObjectPath}
     */
    public record Place(Optional<Path> file, int line, int column, String object) {

        /** A place in a topology that was never stored. */
        public static Place unstored(ObjectPath object) {
            return new Place(Optional.empty(), 0, 0, object.toString());
        }

        String text() {
            if (file.isEmpty()) {
                return object.isEmpty() ? "topology" : object;
            }
            return line == 0 ? file.get().toString() : file.get() + ":" + line + ":" + column;
        }
    }
}
