package io.twoarm.toa;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How a command ended, and everything that it printed. */
record Outcome(int status, String text) {
    static Outcome of(String... command) throws IOException, InterruptedException {
        return fed(new byte[0], command);
    }

    static Outcome fed(byte[] input, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input);
        } catch (IOException e) {
            // It did not want all of it; its status tells whether that is an error.
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), text);
    }
}
