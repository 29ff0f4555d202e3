package io.twoarm.director.port;

/** What a worker does with the packets of its ports. Called by the worker's thread only. */
public interface PacketProcessor {

    /**
     * Processes a burst: every packet is sent on, answered, kept or freed when this returns, and counted once.
     *
     * @param port index of the receiving port
     * @param burst native array of buffer addresses
     * @param nowMicros the worker's monotonic clock in microseconds, read once per turn
     */
    void process(int port, long burst, int count, long nowMicros);

    /**
     * Goes on with packets that another worker has begun with. That one has counted them as received and given away; they
     * are counted here once more. What has no steps that are shared among workers treats them as received.
     */
    default void goOn(int port, long burst, int count, long nowMicros) {
        process(port, burst, count, nowMicros);
    }

    /**
     * Does what is due without a packet: expiry, resolution, health checks.
     *
     * @return how much was done; 0 lets the worker rest
     */
    int tick(long nowMicros);
}
