package io.twoarm.bench;

import io.twoarm.bench.EchoClient.Part;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What an {@link EchoClient} has measured on one way, slice by slice. */
final class Slices {
    private final Map<Part, List<double[]>> values = new EnumMap<>(Part.class);

    /** @param measured what the client says of the part */
    void add(Part part, double[] measured) {
        values.computeIfAbsent(part, _ -> new ArrayList<>()).add(measured);
    }

    /** Median over the slices of the first value of a part: a rate, or the median of a time. */
    double median(Part part) {
        return median(part, 0);
    }

    /** Median over the slices of a value of a part. */
    double median(Part part, int value) {
        Figures figures = new Figures();
        values.get(part).forEach(slice -> figures.add(slice[value]));
        return figures.median();
    }

    /** Greatest of a value of a part. */
    double greatest(Part part, int value) {
        return values.get(part).stream()
                .mapToDouble(slice -> slice[value])
                .max()
                .orElseThrow();
    }

    /** Median of the ratios of a rate to a peer's, each of two slices that were measured one right after the other. */
    double ratio(Part rate, Slices peer) {
        Figures figures = new Figures();
        List<double[]> own = values.get(rate);
        for (int slice = 0; slice < own.size(); slice++) {
            figures.add(own.get(slice)[0] / peer.values.get(rate).get(slice)[0]);
        }
        return figures.median();
    }
}
