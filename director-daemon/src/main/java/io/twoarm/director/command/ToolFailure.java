package io.twoarm.director.command;

/** A tool cannot do what it was asked for. The message is what standard error gets. */
final class ToolFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    ToolFailure(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
