package io.twoarm.deploy.secret;

/** Secrets cannot be read or stored. The message says what to do; it never holds a secret. */
public final class SecretException extends RuntimeException {
    public SecretException(String message) {
        super(message);
    }

    public SecretException(String message, Throwable cause) {
        super(message, cause);
    }
}
