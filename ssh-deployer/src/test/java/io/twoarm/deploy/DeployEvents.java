package io.twoarm.deploy;

import io.twoarm.deploy.DeployEvent.Step;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Collects events, and does something at the beginning of chosen steps. */
final class DeployEvents implements Consumer<DeployEvent> {
    private final List<DeployEvent> all = new CopyOnWriteArrayList<>();
    private final Map<Step, Runnable> atStart = new ConcurrentHashMap<>();
    private final Map<String, Runnable> atLog = new ConcurrentHashMap<>();

    /** The action happens once, on the host's thread, before the step does its work. */
    DeployEvents at(Step step, Runnable action) {
        atStart.put(step, action);
        return this;
    }

    /** The action happens once, when the host logs a line that begins so. */
    DeployEvents atLog(String beginning, Runnable action) {
        atLog.put(beginning, action);
        return this;
    }

    @Override
    public void accept(DeployEvent event) {
        all.add(event);
        if (event instanceof DeployEvent.StepStarted started) {
            Runnable action = atStart.remove(started.step());
            if (action != null) {
                action.run();
            }
        }
        if (event instanceof DeployEvent.Log log) {
            atLog.keySet().stream()
                    .filter(beginning -> log.line().startsWith(beginning))
                    .findFirst()
                    .map(atLog::remove)
                    .ifPresent(Runnable::run);
        }
    }

    List<DeployEvent> all() {
        return all;
    }

    String detail(Step step) {
        return all.stream()
                .filter(DeployEvent.StepFinished.class::isInstance)
                .map(DeployEvent.StepFinished.class::cast)
                .filter(finished -> finished.step() == step)
                .map(DeployEvent.StepFinished::detail)
                .findFirst()
                .orElse("(the step did not finish)");
    }

    boolean started(Step step) {
        return all.stream()
                .anyMatch(event -> event instanceof DeployEvent.StepStarted started && started.step() == step);
    }
}
