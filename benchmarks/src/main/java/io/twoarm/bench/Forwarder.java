package io.twoarm.bench;

import java.io.IOException;

/** A program that forwards packets with one worker thread. */
interface Forwarder extends AutoCloseable {
    /** Packets that were received and sent on, since start. */
    long forwarded() throws IOException;

    /** Packets that were received and not sent on, since start. */
    long lost() throws IOException;

    /** What became of packets, for people. */
    String account() throws IOException;

    ThreadTime worker();

    @Override
    void close();
}
