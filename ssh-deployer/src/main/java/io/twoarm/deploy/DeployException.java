package io.twoarm.deploy;

/** Something on a host could not be done; the message says where, what was found, and how to put it right. */
public final class DeployException extends RuntimeException {
    private final DeployFailure failure;

    public DeployException(DeployFailure failure) {
        super(FailureText.of(failure));
        this.failure = failure;
    }

    public DeployException(DeployFailure failure, Throwable cause) {
        super(FailureText.of(failure), cause);
        this.failure = failure;
    }

    public DeployFailure failure() {
        return failure;
    }
}
