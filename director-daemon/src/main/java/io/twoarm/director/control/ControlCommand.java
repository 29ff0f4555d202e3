package io.twoarm.director.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** One command of the control socket. Runs on the connection's thread. */
public interface ControlCommand {

    /** The first word of a request. */
    String name();

    /** Name and arguments, such as {@code sessions [LIMIT]}. */
    String usage();

    /** What it does, in one sentence. */
    String summary();

    /**
     * Answers a request.
     *
     * @param arguments the words after the name
     * @throws ControlException when the request is wrong or cannot be answered now
     * @throws IOException when the client is gone
     */
    void run(List<String> arguments, Answer answer) throws ControlException, IOException, InterruptedException;

    /** Where the lines of an answer go. */
    interface Answer {
        void line(Json line) throws IOException;

        /** What follows a line that announces it: a stream that ends with the connection. */
        void bytes(ByteBuffer bytes) throws IOException;
    }
}
