package io.twoarm.artifact;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command that judges files before they are put into place.
 *
 * @param command program and arguments; an argument <code>{/absolute/path}</code> stands for the staged copy of that file
 * @param reason what is proven when it exits with 0
 */
public record Validation(List<String> command, String reason) {
    private static final Pattern STAGED = Pattern.compile("\\{(/[^{}]+)}");

    /** The word for a file's staged copy. */
    static String staged(String path) {
        return "{" + path + "}";
    }

    /** A word of a command with the paths of staged copies in it. */
    public static String withStaged(String word, UnaryOperator<String> copyOf) {
        return STAGED.matcher(word).replaceAll(match -> Matcher.quoteReplacement(copyOf.apply(match.group(1))));
    }
}
