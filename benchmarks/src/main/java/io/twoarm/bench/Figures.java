package io.twoarm.bench;

import java.util.ArrayList;
import java.util.List;

/** Nanoseconds of the worker's CPU time for each packet, one entry per slice. */
final class Figures {
    private final List<Double> nanosPerPacket = new ArrayList<>();

    void add(double nanos) {
        nanosPerPacket.add(nanos);
    }

    double median() {
        return quantile(0.5);
    }

    double least() {
        return quantile(0);
    }

    double greatest() {
        return quantile(1);
    }

    /** @param share 0 to 1; between two entries the nearer one */
    private double quantile(double share) {
        List<Double> sorted = nanosPerPacket.stream().sorted().toList();
        if (sorted.isEmpty()) {
            throw new IllegalStateException("nothing was measured");
        }
        if (share == 0.5 && sorted.size() % 2 == 0) {
            return (sorted.get(sorted.size() / 2 - 1) + sorted.get(sorted.size() / 2)) / 2;
        }
        return sorted.get((int) Math.round(share * (sorted.size() - 1)));
    }
}
