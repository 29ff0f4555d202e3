package io.twoarm.director.control;

/** A request that cannot be answered; the message says why and what is allowed. */
public final class ControlException extends Exception {
    public ControlException(String message) {
        super(message);
    }
}
