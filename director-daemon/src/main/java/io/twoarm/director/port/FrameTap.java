package io.twoarm.director.port;

/** Sees the frames that pass a port. Called by the worker; changes nothing and keeps no buffer. */
public interface FrameTap {

    /**
     * @param burst native array of buffer addresses
     * @param sent whether the port is about to send them; otherwise it has just received them
     */
    void see(long burst, int count, boolean sent);
}
