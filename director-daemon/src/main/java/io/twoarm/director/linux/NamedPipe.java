package io.twoarm.director.linux;

import java.lang.foreign.Arena;

/** Makes named pipes, {@code mkfifo(3)}. They are read as files: opening one waits for a writer. */
public final class NamedPipe {
    private static final int EEXIST = 17;
    private static final int OWNER_ONLY = 0600;

    private static final SystemCall MKFIFO = new SystemCall("mkfifo");

    private NamedPipe() {}

    /**
     * Makes the pipe, for its owner only, unless something of that name is there.
     *
     * @throws SystemCallException when it cannot be made
     */
    public static void make(String path) {
        try (Arena arena = Arena.ofConfined()) {
            MKFIFO.call("mkfifo " + path, arena.allocateFrom(path).address(), OWNER_ONLY, 0);
        } catch (SystemCallException e) {
            if (e.errno() != EEXIST) {
                throw e;
            }
        }
    }
}
