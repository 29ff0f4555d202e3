package io.twoarm.director.scheduling;

/** Each in turn; weights only tell who takes part. */
final class RoundRobin implements Scheduler {
    private final int count;
    private final Members members;
    private int hand;

    RoundRobin(int count, Members members) {
        this.count = count;
        this.members = members;
    }

    @Override
    public int choose(FlowKey flow) {
        int place = Scheduler.availableFrom(hand, count, members);
        if (place != NONE) {
            hand = place + 1 < count ? place + 1 : 0;
        }
        return place;
    }
}
