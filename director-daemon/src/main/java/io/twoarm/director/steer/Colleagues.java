package io.twoarm.director.steer;

/** The other workers, to whom one gives packets that it has begun with. */
public final class Colleagues {
    /** Of the only worker. */
    public static final Colleagues NONE = new Colleagues(0, new Inbox[0]);

    private final int worker;
    private final Inbox[] inboxes;

    /**
     * @param worker the own number
     * @param inboxes of all workers, the own included
     */
    public Colleagues(int worker, Inbox[] inboxes) {
        this.worker = worker;
        this.inboxes = inboxes.clone();
    }

    /**
     * Gives away a packet.
     *
     * @param port where it was received
     * @return false when there is no room
     */
    public boolean give(int other, int port, long mbuf) {
        return given(other, inboxes[other].offerHalfway(worker, port, mbuf));
    }

    /**
     * Gives away a packet that the other one is to receive.
     *
     * @param port where it comes in
     * @return false when there is no room
     */
    boolean pass(int other, int port, long mbuf) {
        return given(other, inboxes[other].offerReceived(worker, port, mbuf));
    }

    private boolean given(int other, boolean taken) {
        if (taken) {
            inboxes[worker].gave(1);
            inboxes[other].settle();
        }
        return taken;
    }
}
