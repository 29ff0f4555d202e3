package io.twoarm.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Sends the first packet of every kind to a director, amid packets of an established connection. */
final class FirstPackets {
    private static final int PRACTICE = 50_000;
    private static final int BASELINE = 2_001;
    /** Packets of the connection before each of another kind, so that nobody sleeps and no cache is cold. */
    private static final int BETWEEN = 200;

    private final RoundTrips trips;

    FirstPackets(RoundTrips trips) {
        this.trips = trips;
    }

    /** @return {@code KIND FIRST AGAIN;} for each: nanoseconds more than a packet of the connection in the same place takes */
    String measure(int round) throws IOException {
        trips.open();
        for (int i = 0; i < PRACTICE; i++) {
            trips.nanosAfterOrdinary();
        }
        long[] usual = new long[BASELINE];
        for (int i = 0; i < BASELINE; i++) {
            usual[i] = trips.nanosAfterOrdinary();
        }
        Arrays.sort(usual);
        long baseline = usual[BASELINE / 2];
        StringBuilder line = new StringBuilder();
        for (List<FirstKind> chain : FirstKind.chains(round)) {
            long[] first = run(chain, 0);
            long[] again = run(chain, 1);
            for (int i = 0; i < chain.size(); i++) {
                line.append("%s %d %d;".formatted(chain.get(i), first[i] - baseline, again[i] - baseline));
            }
        }
        return line.toString();
    }

    private long[] run(List<FirstKind> chain, int attempt) throws IOException {
        long[] nanos = new long[chain.size()];
        byte[] opening = {};
        for (int i = 0; i < nanos.length; i++) {
            FirstKind kind = chain.get(i);
            List<byte[]> frames = List.of(kind.frame(attempt, opening));
            for (int usual = 0; usual < BETWEEN; usual++) {
                trips.nanosAfterOrdinary();
            }
            nanos[i] = trips.nanosAfter(frames);
            if (!kind.sequel) {
                opening = trips.last();
            }
        }
        return nanos;
    }
}
