package io.twoarm.director.linux;

/** A system call failed. */
public final class SystemCallException extends RuntimeException {
    private final String function;
    private final int errno;

    SystemCallException(String function, int errno, String text) {
        super(function + ": " + text);
        this.function = function;
        this.errno = errno;
    }

    public String function() {
        return function;
    }

    /** The error number of {@code errno(3)}. */
    public int errno() {
        return errno;
    }
}
