package io.twoarm.director.scheduling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Realservers of a service with what they carry, by place. */
final class TestMembers implements Members {
    final boolean[] up;
    final int[] weights;
    final long[] active;
    final long[] inactive;

    TestMembers(int... weights) {
        this.weights = weights;
        up = new boolean[weights.length];
        Arrays.fill(up, true);
        active = new long[weights.length];
        inactive = new long[weights.length];
    }

    static TestMembers alike(int count, int weight) {
        int[] weights = new int[count];
        Arrays.fill(weights, weight);
        return new TestMembers(weights);
    }

    List<Share> shares() {
        List<Share> shares = new ArrayList<>();
        for (int place = 0; place < weights.length; place++) {
            shares.add(new Share("192.168." + place / 250 + "." + (1 + place % 250) + ":80", weights[place]));
        }
        return shares;
    }

    Scheduler scheduler(SchedulerKind kind) {
        return Scheduler.of(kind, HashTarget.SOURCE, shares(), this);
    }

    @Override
    public boolean isAvailable(int place) {
        return up[place] && weights[place] > 0;
    }

    @Override
    public long active(int place) {
        return active[place];
    }

    @Override
    public long inactive(int place) {
        return inactive[place];
    }
}
