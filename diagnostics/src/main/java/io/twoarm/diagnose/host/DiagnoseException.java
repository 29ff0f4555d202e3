package io.twoarm.diagnose.host;

/** A diagnosis cannot be made; the message tells what was found and what to do, for people. */
public final class DiagnoseException extends RuntimeException {
    public DiagnoseException(String message) {
        super(message);
    }

    public DiagnoseException(String message, Throwable cause) {
        super(message, cause);
    }
}
