package io.twoarm.artifact.existing;

import io.twoarm.model.Range;
import io.twoarm.model.TrafficLimits;
import java.util.Optional;
import java.util.function.Consumer;

/** Limits of a service's traffic, as keepalived and ipvsadm write them. */
final class TrafficImport {
    private static final Range PERCENT = new Range(1, 100);

    private final Consumer<String> missing;

    private TrafficImport(Consumer<String> missing) {
        this.missing = missing;
    }

    /**
     * What a topology can say of them.
     *
     * @param bps million bits per second
     * @param proportion percent of these
     * @param packets per second
     * @param missing is told what a topology cannot say
     */
    static TrafficLimits of(
            Optional<String> bps, Optional<String> proportion, Optional<String> packets, Consumer<String> missing) {
        TrafficImport reader = new TrafficImport(missing);
        int megabits = reader.number("bps", bps, TrafficLimits.BANDWIDTH).orElse(0);
        int percent = reader.number("limit_proportion", proportion, PERCENT).orElse(PERCENT.highest());
        long hundredths = (long) megabits * percent;
        int bandwidth = (int) Math.ceilDiv(hundredths, PERCENT.highest());
        if (hundredths % PERCENT.highest() != 0) {
            missing.accept("a topology has whole million bits per second: " + bandwidth + " in place of " + percent
                    + " % of " + megabits);
        }
        return new TrafficLimits(
                bandwidth,
                reader.number("packet_rate", packets, TrafficLimits.PACKET_RATE).orElse(0));
    }

    /** Empty also for 0, which is no limit. */
    private Optional<Integer> number(String what, Optional<String> word, Range allowed) {
        Optional<Integer> number = word.flatMap(KeepalivedImport::number);
        if (word.isPresent()
                && number.filter(it -> it == 0 || allowed.contains(it)).isEmpty()) {
            missing.accept(what + " is " + word.get() + "; a topology has " + allowed + ", or no limit");
        }
        return number.filter(allowed::contains);
    }
}
