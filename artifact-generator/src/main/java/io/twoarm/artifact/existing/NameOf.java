package io.twoarm.artifact.existing;

import io.twoarm.model.Name;

/** Names for a topology, made from names of the files. */
final class NameOf {
    private static final int LONGEST = 63;

    private NameOf() {}

    /** The text with other characters replaced; the fallback when nothing usable is left. */
    static String text(String text, String fallback) {
        String usable = text.replaceAll("[^A-Za-z0-9_.-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        String cut = usable.length() > LONGEST ? usable.substring(0, LONGEST) : usable;
        return Name.check(cut.isEmpty() ? fallback : cut);
    }
}
