package io.twoarm.config.keepalived;

import io.twoarm.config.keepalived.Keyword.Use;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes many keywords of one kind in few lines. */
final class KeywordLists {
    private KeywordLists() {}

    /** Keywords without a block. */
    static Stream<Keyword> plain(String context, Use use, String names) {
        return split(names).map(name -> new Keyword(context, name, Optional.empty(), use, "", ""));
    }

    /** A keyword whose block holds keywords of its own, found under the context {@code block}. */
    static Stream<Keyword> block(String context, Use use, String name, String block) {
        return Stream.of(new Keyword(context, name, Optional.of(block), use, "", ""));
    }

    /** Keywords whose blocks hold values, one to a line. */
    static Stream<Keyword> lines(String context, Use use, String names) {
        return split(names).map(name -> new Keyword(context, name, Optional.of(Keyword.LINES), use, "", ""));
    }

    private static Stream<String> split(String names) {
        return Stream.of(names.strip().split("\\s+"));
    }
}
