package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskServiceTest {
    private final UserInterfaceQueue userInterface = new UserInterfaceQueue();
    private final TaskService tasks = new TaskService(userInterface);
    private final List<String> outcomes = new ArrayList<>();

    @AfterEach
    void close() {
        tasks.close();
    }

    @Test
    void workThatPeopleSeeIsListedUntilItsResultArrives() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);

        tasks.start(
                "Deploy",
                progress -> {
                    progress.accept("connecting");
                    go.await();
                    return "done";
                },
                recorded());
        userInterface.runUntil(
                "progress",
                () -> tasks.running().getFirst().detailProperty().get().equals("connecting"));
        go.countDown();
        userInterface.runUntil("the result", () -> !outcomes.isEmpty());

        assertThat(outcomes).containsExactly("succeeded done");
        assertThat(tasks.running()).isEmpty();
    }

    @Test
    void cancelledWorkIsInterruptedAndReportedAsCancelled() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        BackgroundTask task = tasks.start(
                "Deploy",
                progress -> {
                    never.await();
                    return "done";
                },
                recorded());

        task.cancel();
        userInterface.runUntil("the end", () -> !outcomes.isEmpty());

        assertThat(outcomes).containsExactly("cancelled");
    }

    @Test
    void workThatTurnsItsInterruptionIntoAnErrorIsStillCancelled() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        BackgroundTask task = tasks.start(
                "Deploy",
                progress -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new IllegalStateException("interrupted", e);
                    }
                    return "done";
                },
                recorded());

        task.cancel();
        userInterface.runUntil("the end", () -> !outcomes.isEmpty());

        assertThat(outcomes).containsExactly("cancelled");
    }

    @Test
    void theLatestWorkOfANameWins() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        List<String> results = new ArrayList<>();
        tasks.latest(
                "layout",
                Duration.ZERO,
                () -> {
                    never.await();
                    return "old";
                },
                results::add,
                cause -> results.add("failed"));
        tasks.latest("layout", Duration.ZERO, () -> "new", results::add, cause -> results.add("failed"));

        userInterface.runUntil("a result", () -> !results.isEmpty());

        assertThat(results).containsExactly("new");
    }

    @Test
    void closingWaitsForWhatIsBeingSaved() {
        List<String> saved = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String line = "line " + i;
            tasks.save(() -> saved.add(line), cause -> {});
        }

        tasks.close();

        assertThat(saved).hasSize(50).startsWith("line 0").endsWith("line 49");
    }

    private TaskService.Outcome<String> recorded() {
        return new TaskService.Outcome<>() {
            @Override
            public void succeeded(String result) {
                outcomes.add("succeeded " + result);
            }

            @Override
            public void failed(Exception cause) {
                outcomes.add("failed " + cause.getMessage());
            }

            @Override
            public void cancelled() {
                outcomes.add("cancelled");
            }
        };
    }
}
