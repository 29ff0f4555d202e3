package io.twoarm.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The lines that a keeper says while its lab starts. Reading a pipe cannot be interrupted, so a thread of its own does
 * it; it ends with the keeper's output. This is the only thread that this module makes.
 */
final class KeeperOutput {
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

    KeeperOutput(Process keeper) {
        Thread.ofVirtual().name("lab-keeper-output").start(() -> read(keeper));
    }

    private void read(Process keeper) {
        try (BufferedReader reader = keeper.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(Optional.of(line));
            }
        } catch (IOException e) {
            // The stream was closed under the reader; that is its end as well.
        }
        lines.add(Optional.empty());
    }

    /** The next line; empty at the end. */
    Optional<String> next() throws InterruptedException {
        return lines.take();
    }
}
