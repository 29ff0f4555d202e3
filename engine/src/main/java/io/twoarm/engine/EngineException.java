package io.twoarm.engine;

/** Something that a person has to put right; the message says where, what was found, and how to fix it. */
public final class EngineException extends RuntimeException {
    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
