package io.twoarm.director.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class NeighbourIndexTest {
    private record Key(int port, int address) {}

    @Test
    void randomChangesLeaveWhatAMapWouldHold() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(8);
        NeighbourIndex index = new NeighbourIndex(256);
        Map<Key, Integer> expected = new HashMap<>();
        for (int step = 0; step < 200_000; step++) {
            Key key = new Key(random.nextInt(3), random.nextInt(300));
            if (expected.containsKey(key)) {
                index.remove(key.port(), key.address());
                expected.remove(key);
            } else if (expected.size() < 256) {
                index.put(key.port(), key.address(), step);
                expected.put(key, step);
            }
            Key other = new Key(random.nextInt(3), random.nextInt(300));
            assertThat(index.find(other.port(), other.address())).isEqualTo(expected.getOrDefault(other, -1));
        }
    }
}
