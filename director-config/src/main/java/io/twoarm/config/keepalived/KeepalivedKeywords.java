package io.twoarm.config.keepalived;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All keywords of {@code keepalived.conf} that DPVS's fork (2.0.19) knows, and those of the bundled director. */
public final class KeepalivedKeywords {
    private static final List<Keyword> ALL = Stream.of(
                    HonouredKeywords.ALL, ServiceKeywords.OTHER, RedundancyKeywords.OTHER, GlobalKeywords.OTHER)
            .flatMap(List::stream)
            .toList();

    private static final Map<String, Map<String, Keyword>> BY_CONTEXT = ALL.stream()
            .collect(Collectors.groupingBy(
                    Keyword::context, Collectors.toUnmodifiableMap(Keyword::name, Function.identity())));

    private KeepalivedKeywords() {}

    public static List<Keyword> all() {
        return ALL;
    }

    /** The keyword of that name in a block; the context outside all blocks is empty. */
    public static Optional<Keyword> find(String context, String name) {
        return Optional.ofNullable(BY_CONTEXT.getOrDefault(context, Map.of()).get(name));
    }

    static List<String> namesIn(String context) {
        return ALL.stream()
                .filter(keyword -> keyword.context().equals(context))
                .map(Keyword::name)
                .toList();
    }
}
