package io.twoarm.deploy;

/** Something on a host could not be done; the message says where, what was found, and how to put it right. */
public final class DeployException extends RuntimeException {
    private final DeployFailure failure;

    public DeployException(DeployFailure failure) {
        super(FailureText.of(failure).whole());
        this.failure = failure;
    }

    public DeployException(DeployFailure failure, Throwable cause) {
        super(FailureText.of(failure).whole(), cause);
        this.failure = failure;
    }

    public DeployFailure failure() {
        return failure;
    }

    /** The message in its two parts. */
    FailureText text() {
        return FailureText.of(failure);
    }
}
