package io.twoarm.director.scheduling;

import java.util.Arrays;

/**
 * A realserver for each address: a table with as many slots in a row for each realserver as its weight says. A change of
 * the realservers moves most addresses; {@link Maglev} moves few. While one is not available, its addresses are spread over
 * the others.
 */
final class AddressHash implements Scheduler {
    private static final int SIZE = 4096;
    private static final int REHASHES = 8;

    private final boolean byDestination;
    private final HashTarget target;
    private final Members members;
    private final int count;
    private final char[] table = new char[SIZE];
    private final boolean empty;

    AddressHash(boolean byDestination, HashTarget target, int[] weights, Members members) {
        this.target = target;
        this.byDestination = byDestination;
        this.members = members;
        count = weights.length;
        long sum = Arrays.stream(weights).asLongStream().sum();
        empty = sum == 0;
        long behind = 0;
        int slot = 0;
        for (int place = 0; place < count; place++) {
            behind += weights[place];
            while (!empty && slot < SIZE && (long) slot * sum < behind * SIZE) {
                table[slot++] = (char) place;
            }
        }
    }

    @Override
    public int choose(FlowKey flow) {
        if (empty) {
            return NONE;
        }
        long hash = byDestination ? flow.destination() : flow.source(target);
        int place = table[(int) hash & SIZE - 1];
        for (int i = 0; i < REHASHES && !members.isAvailable(place); i++) {
            hash = KeyHash.of(hash);
            place = table[(int) hash & SIZE - 1];
        }
        return Scheduler.availableFrom(place, count, members);
    }
}
