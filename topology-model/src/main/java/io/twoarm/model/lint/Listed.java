package io.twoarm.model.lint;

import io.twoarm.model.Prefix;
import io.twoarm.model.Segment;
import java.util.Collection;

/** Names in a sentence. */
final class Listed {
    private static final int MOST = 8;

    private Listed() {}

    /** The names with commas, the first few of many, or that there are none. */
    static String names(Collection<String> names) {
        if (names.isEmpty()) {
            return "none";
        }
        String listed = String.join(", ", names.stream().limit(MOST).toList());
        return names.size() > MOST ? listed + " and " + (names.size() - MOST) + " more" : listed;
    }

    static String subnets(Segment segment) {
        return names(segment.subnets().stream().map(Prefix::toString).toList());
    }
}
