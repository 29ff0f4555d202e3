package io.twoarm.deploy;

import java.time.Duration;

/** What happens during a deployment, in order, per host. Delivered on the host's own thread. */
public sealed interface DeployEvent {
    String host();

    /** The steps that a host goes through, in this order. */
    enum Step {
        CONNECT,
        FACTS,
        PACKAGES,
        BUNDLE,
        COMPARE,
        STAGE,
        VALIDATE,
        APPLY,
        VERIFY
    }

    record StepStarted(String host, Step step) implements DeployEvent {}

    /**
     * @param changed whether the host is different now
     * @param detail one line for people, such as {@code 3 of 5 files differ}
     */
    record StepFinished(String host, Step step, boolean changed, String detail, Duration elapsed)
            implements DeployEvent {}

    /** A line of output worth showing. */
    record Log(String host, String line) implements DeployEvent {}

    /** The host is done; nothing follows for it. */
    record HostFinished(String host, boolean changed, Duration elapsed) implements DeployEvent {}

    /** The host failed and is as it was before. Nothing follows for it. */
    record HostFailed(String host, Step step, String message) implements DeployEvent {}
}
