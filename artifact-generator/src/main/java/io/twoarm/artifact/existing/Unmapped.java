package io.twoarm.artifact.existing;

/**
 * Something in a file that a topology does not say, or that had to be assumed.
 *
 * @param line 1-based; 0 when it is about no line
 * @param text what stands there, or what is missing
 * @param why what becomes of it
 */
public record Unmapped(String file, int line, String text, String why) {

    /** Such as {@code keepalived.conf:12: quorum 2: it has no counterpart in a topology}. */
    public String message() {
        String place = file.isEmpty() ? "" : line > 0 ? file + ":" + line + ": " : file + ": ";
        return place + text + ": " + why;
    }
}
