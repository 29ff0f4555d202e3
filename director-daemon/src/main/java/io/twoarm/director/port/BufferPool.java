package io.twoarm.director.port;

/** A pool of packet buffers. Bursts are native arrays of buffer addresses, 8 bytes each. */
public interface BufferPool {

    /**
     * Fills {@code burst} with {@code count} empty buffers (length 0, headroom {@link Mbuf#HEADROOM}).
     *
     * @return false when the pool has not that many; nothing is taken then
     */
    boolean allocate(long burst, int count);

    /** Gives {@code count} buffers back. */
    void free(long burst, int count);
}
