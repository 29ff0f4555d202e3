package io.twoarm.director.service;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The services that match flows instead of having a VIP, in the order in which they are asked. Never changes. */
final class MatchList {
    private final FlowMatch[] matches;
    private final int[] numbers;

    MatchList(List<ServiceDefinition> services) {
        numbers = IntStream.range(0, services.size())
                .filter(i -> services.get(i).match().isPresent())
                .toArray();
        matches = IntStream.of(numbers)
                .mapToObj(i -> services.get(i).match().orElseThrow())
                .toArray(FlowMatch[]::new);
        Set<FlowMatch> seen = new HashSet<>();
        for (FlowMatch match : matches) {
            if (!seen.add(match)) {
                throw new IllegalArgumentException("Match service " + match + " is given twice; merge the two");
            }
        }
    }

    boolean isEmpty() {
        return numbers.length == 0;
    }

    /** Number of the first service that a flow's first packet matches, or -1. */
    int find(
            int protocol,
            long sourceHigh,
            long sourceLow,
            int sourcePort,
            long destinationHigh,
            long destinationLow,
            int destinationPort,
            int in,
            int out) {
        for (int i = 0; i < matches.length; i++) {
            if (matches[i].matches(
                    protocol,
                    sourceHigh,
                    sourceLow,
                    sourcePort,
                    destinationHigh,
                    destinationLow,
                    destinationPort,
                    in,
                    out)) {
                return numbers[i];
            }
        }
        return -1;
    }
}
