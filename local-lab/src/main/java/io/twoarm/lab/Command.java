package io.twoarm.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A command of the machine. */
record Command(List<String> words) {
    /** What else the environment holds, such as BASH_ENV, is no business of a lab. */
    private static final Set<String> PASSED_ON =
            Set.of("PATH", "HOME", "USER", "LOGNAME", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS");

    Command(String... words) {
        this(List.of(words));
    }

    /** @param output standard output and standard error, as lines */
    record Outcome(int status, List<String> output) {
        boolean succeeded() {
            return status == 0;
        }
    }

    /** The command ready to start, with an environment of its own. */
    ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(words);
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(PASSED_ON);
        // An ordinary user's search path on Debian lacks the directories of ip, ethtool and sshd.
        environment.merge("PATH", "/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin", (own, system) -> own + ":" + system);
        environment.put("LC_ALL", "C.UTF-8");
        return builder;
    }

    /**
     * Runs it to its end with a standard input of at most 64 KiB, a pipe's capacity.
     *
     * @throws IOException when the program cannot be started
     */
    Outcome run(String input) throws IOException, InterruptedException {
        Process process = builder().redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended without reading all of its input; its output and status tell why.
        }
        List<String> output =
                process.inputReader(StandardCharsets.UTF_8).lines().toList();
        return new Outcome(process.waitFor(), output);
    }
}
