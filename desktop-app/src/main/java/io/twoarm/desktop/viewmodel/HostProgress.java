package io.twoarm.desktop.viewmodel;

import io.twoarm.deploy.DeployEvent;
import io.twoarm.deploy.DeployEvent.Step;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far the deployment of a host has come.
 *
 * @param message what changed, or why it failed; may be empty
 * @param elapsed until the last event
 */
public record HostProgress(
        String host, Diagram.Role role, State state, Map<Step, StepProgress> steps, String message, Duration elapsed) {

    /** What people see at a glance. */
    public enum State {
        WAITING,
        RUNNING,
        CHANGED,
        UNCHANGED,
        FAILED,
        SKIPPED
    }

    /** How far one step has come. */
    public enum StepState {
        WAITING,
        RUNNING,
        CHANGED,
        UNCHANGED,
        FAILED
    }

    public record StepProgress(StepState state, String detail, Duration elapsed) {}

    private static final StepProgress NOT_STARTED = new StepProgress(StepState.WAITING, "", Duration.ZERO);

    public HostProgress {
        steps = Map.copyOf(steps);
    }

    public static HostProgress waiting(String host, Diagram.Role role) {
        return new HostProgress(host, role, State.WAITING, Map.of(), "", Duration.ZERO);
    }

    public StepProgress step(Step step) {
        return steps.getOrDefault(step, NOT_STARTED);
    }

    /** The step that runs or failed. */
    public Optional<Step> currentStep() {
        return steps.entrySet().stream()
                .filter(entry -> entry.getValue().state() == StepState.RUNNING
                        || entry.getValue().state() == StepState.FAILED)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    public boolean finished() {
        return state != State.WAITING && state != State.RUNNING;
    }

    /** The state after an event of this host. Log lines change nothing here. */
    public HostProgress after(DeployEvent event) {
        return switch (event) {
            case DeployEvent.StepStarted started ->
                with(State.RUNNING, started.step(), new StepProgress(StepState.RUNNING, "", Duration.ZERO), "");
            case DeployEvent.StepFinished finished ->
                with(
                        State.RUNNING,
                        finished.step(),
                        new StepProgress(
                                finished.changed() ? StepState.CHANGED : StepState.UNCHANGED,
                                finished.detail(),
                                finished.elapsed()),
                        "");
            case DeployEvent.Log log -> this;
            case DeployEvent.HostFinished finished ->
                new HostProgress(
                        host,
                        role,
                        finished.changed() ? State.CHANGED : State.UNCHANGED,
                        steps,
                        "",
                        finished.elapsed());
            case DeployEvent.HostFailed failed ->
                with(
                        State.FAILED,
                        failed.step(),
                        new StepProgress(
                                StepState.FAILED,
                                failed.message(),
                                step(failed.step()).elapsed()),
                        failed.message());
        };
    }

    /** The state after the whole deployment, for what no event said. */
    HostProgress concluded(State end, String why, Duration total) {
        return new HostProgress(host, role, end, steps, why.isEmpty() ? message : why, total);
    }

    private HostProgress with(State next, Step step, StepProgress progress, String text) {
        Map<Step, StepProgress> changed = new EnumMap<>(Step.class);
        changed.putAll(steps);
        changed.put(step, progress);
        return new HostProgress(host, role, next, changed, text, elapsed);
    }
}
