package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that are nearly right, in great number. */
class MutatedFramesTest {
    private static final long SEED = 20_261_121;
    private static final int FEW = 40_000;
    private static final long MANY = 10_000_000;
    private static final int ROUNDS = 20;

    @Test
    void everyFrameOfTheMalformedCorpusIsCountedOnceAndFreed() {
        Director director = Director.with(DirectorTables::withIpv6);
        for (byte[] frame : MalformedCorpus.fromClients()) {
            director.deliver(Director.WAN, frame);
            director.tick();
            director.sent(Director.WAN);
            director.sent(Director.LAN);
            director.checkBuffers();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void noneStopsTheDirectorEscapesItsCountersOrHarmsAnotherFlow(int kindOfDirector) {
        FrameStorm storm = new FrameStorm(SEED + kindOfDirector);
        storm.run(FEW);
        assertThat(storm.reached()).as("kinds of ends that were reached").hasSizeGreaterThan(35);
    }

    @Test
    @Tag("long")
    void noneOfTenMillionStopsTheDirectorEscapesItsCountersOrHarmsAnotherFlow() {
        for (int round = 1; round <= ROUNDS; round++) {
            new FrameStorm(SEED + 5 + round).run(MANY / ROUNDS);
        }
    }
}
