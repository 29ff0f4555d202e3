package io.twoarm.engine;

import io.twoarm.model.Finding;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which a person should work through findings: what is wrong by itself, then what cannot be reached because
 * of it, then what is only doubtful. Otherwise the order stays.
 */
final class CausesFirst {
    /** Rules that follow a packet through the whole design; any other error on its way makes them speak too. */
    private static final String REACHABILITY = "-cannot-reach-";

    private CausesFirst() {}

    static List<Finding> sort(List<Finding> findings) {
        return findings.stream()
                .sorted(Comparator.comparingInt(CausesFirst::rank))
                .toList();
    }

    private static int rank(Finding finding) {
        if (finding.severity() != Finding.Severity.ERROR) {
            return 2;
        }
        return finding.rule().contains(REACHABILITY) ? 1 : 0;
    }
}
