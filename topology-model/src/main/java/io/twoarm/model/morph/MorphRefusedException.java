package io.twoarm.model.morph;

/** A design that a morph does not start from; the message says why and what would help. */
public final class MorphRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MorphRefusedException(String message) {
        super(message);
    }
}
