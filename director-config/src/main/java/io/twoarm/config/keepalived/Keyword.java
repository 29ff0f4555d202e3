package io.twoarm.config.keepalived;

import java.util.Optional;

/**
 * A keyword of {@code keepalived.conf}.
 *
 * @param context the block it stands in, such as {@code virtual_server}; empty outside all blocks
 * @param block what it opens; empty for a keyword without a block
 * @param use what the bundled director makes of it
 * @param values what may follow it, for people; empty for keywords that are not honoured
 * @param about what it is for, one sentence for people; empty for keywords that are not honoured
 */
public record Keyword(String context, String name, Optional<String> block, Use use, String values, String about) {

    /** The block of a keyword whose lines are values rather than keywords. */
    static final String LINES = "lines";

    /** What the bundled director makes of a keyword. */
    public enum Use {
        /** It acts on it. */
        HONOURED,
        /** It reads it; no packet is forwarded differently for it. */
        WITHOUT_EFFECT,
        /** It asks for forwarding that the bundled director does not do. */
        REFUSED
    }
}
