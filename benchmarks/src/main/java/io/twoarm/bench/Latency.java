package io.twoarm.bench;

import io.twoarm.bench.EchoClient.Part;
import io.twoarm.bench.WiredWay.Middle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Round trips, requests and connections through a director on virtual wires, beside the kernel's own ways. All ways stand at the
 * same time and take turns of a quarter of a second or a second, so that what a machine does beside them concerns all of them.
 */
final class Latency {
    private static final int SLICE_MILLIS = 250;
    /** Beside other programs: a director takes some 50 ms to notice them after each rest. */
    private static final int CROWDED_SLICE_MILLIS = 1_000;
    /** Of each part and way before anything counts: the client is compiled meanwhile, and the director's worker. */
    private static final int WARM_UP_MILLIS = 750;

    private final Workplace workplace;
    private final int rounds;
    private final int sliceMillis;
    private final int slices;
    private final int neighbours;
    private final Consumer<String> progress;
    private final Map<Middle, Slices> results = new EnumMap<>(Middle.class);

    /**
     * @param rounds how often all programs are started anew
     * @param seconds of each part in a round
     * @param neighbours programs that want a whole CPU each, beside all others
     */
    Latency(Workplace workplace, int rounds, int seconds, int neighbours, Consumer<String> progress) {
        this.workplace = workplace;
        this.rounds = rounds;
        sliceMillis = neighbours == 0 ? SLICE_MILLIS : CROWDED_SLICE_MILLIS;
        slices = seconds * 1_000 / sliceMillis;
        this.neighbours = neighbours;
        this.progress = progress;
    }

    Map<Middle, Slices> measure() throws IOException, InterruptedException {
        for (Middle middle : Middle.values()) {
            results.put(middle, new Slices());
        }
        for (int round = 1; round <= rounds; round++) {
            progress.accept("round %d of %d".formatted(round, rounds));
            round(round);
        }
        return results;
    }

    private void round(int round) throws IOException, InterruptedException {
        Map<Middle, WiredWay> ways = new EnumMap<>(Middle.class);
        List<Process> others = new ArrayList<>();
        try {
            for (Middle middle : Middle.values()) {
                ways.put(
                        middle,
                        WiredWay.up(workplace.home(), workplace.folder().resolve(middle.name() + "-" + round), middle));
            }
            for (int i = 0; i < neighbours; i++) {
                others.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
            }
            for (Part part : Part.values()) {
                for (WiredWay way : ways.values()) {
                    way.measure(part, WARM_UP_MILLIS);
                }
            }
            for (int slice = 0; slice < slices; slice++) {
                for (Part part : Part.values()) {
                    for (Map.Entry<Middle, WiredWay> way : ways.entrySet()) {
                        results.get(way.getKey()).add(part, way.getValue().measure(part, sliceMillis));
                    }
                }
            }
        } finally {
            others.forEach(Process::destroyForcibly);
            for (WiredWay way : ways.values()) {
                way.close();
            }
        }
    }
}
