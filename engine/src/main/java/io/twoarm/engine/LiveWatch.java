package io.twoarm.engine;

/** A running live stream; closing it ends the connections behind it. */
public interface LiveWatch extends AutoCloseable {
    @Override
    void close();
}
