package io.twoarm.config;

import java.util.List;

/**
 * What is printed around the values of a configuration file.
 *
 * @param header lines of the comment at the top, without comment signs; empty for no comment
 * @param explained whether each keyword is explained where it first appears
 */
public record PrintStyle(List<String> header, boolean explained) {
    public static final PrintStyle BARE = new PrintStyle(List.of(), false);

    public PrintStyle {
        header = List.copyOf(header);
    }

    public static PrintStyle explained(List<String> header) {
        return new PrintStyle(header, true);
    }
}
