package io.twoarm.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What a forwarder did in some slices of time, all of equal length. */
record Observation(List<Double> nanosPerPacket) {

    /** @throws IOException also when a packet was dropped: the figures would be of no use */
    static Observation of(Forwarder forwarder, Duration warmUp, Duration slice, int slices) throws IOException {
        pause(warmUp);
        List<Double> nanosPerPacket = new ArrayList<>();
        long packets = forwarder.forwarded();
        long lost = forwarder.lost();
        long nanos = forwarder.worker().nanos();
        for (int one = 0; one < slices; one++) {
            pause(slice);
            long packetsNow = forwarder.forwarded();
            long nanosNow = forwarder.worker().nanos();
            if (packetsNow == packets) {
                throw new IOException("no packet was forwarded; the counters say: " + forwarder.account());
            }
            nanosPerPacket.add((double) (nanosNow - nanos) / (packetsNow - packets));
            packets = packetsNow;
            nanos = nanosNow;
        }
        long lostNow = forwarder.lost();
        if (lostNow != lost) {
            throw new IOException(
                    "%,d packets were dropped while %,d were forwarded; the figures would be of no use: %s"
                            .formatted(lostNow - lost, packets, forwarder.account()));
        }
        return new Observation(nanosPerPacket);
    }

    void addTo(Figures figures) {
        nanosPerPacket.forEach(figures::add);
    }

    private static void pause(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
