package io.twoarm.director.port;

/** A port of the dataplane, used by one worker. No method allocates, blocks or locks. */
public interface PacketPort {

    /** The port's name in {@code dpvs.conf}. */
    String name();

    /** The port's Ethernet address in the low 48 bits, first byte highest. */
    long macAddress();

    /** Largest IP packet in bytes. */
    int mtu();

    /**
     * Receives up to {@code max} frames.
     *
     * @param burst native array that gets the buffers' addresses
     * @return how many were received
     */
    int receive(long burst, int max);

    /**
     * Sends frames; takes over all of them. Those that the port cannot take are freed.
     *
     * @return how many the port took
     */
    int transmit(long burst, int count);
}
