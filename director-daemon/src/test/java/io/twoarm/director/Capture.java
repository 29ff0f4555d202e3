package io.twoarm.director;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Packets on a wire, caught and read by tcpdump. */
final class Capture implements AutoCloseable {
    private final Path file;
    private final Process process;

    /** Catches what passes an interface from now on. */
    Capture(NetworkNamespace namespace, String networkInterface, Path file) throws IOException {
        this.file = file;
        process = namespace
                .command(
                        "tcpdump",
                        "--immediate-mode",
                        "-U",
                        "-Z",
                        "root",
                        "-i",
                        networkInterface,
                        "-w",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = process.inputReader().readLine();
        assertThat(said).as("package: apt-get install tcpdump").contains("listening on");
    }

    /** Every packet so far that a filter of tcpdump lets through, as one line: verbose, checksums judged, bytes from the IP header on. */
    List<String> lines(String filter) {
        try {
            Process reader = new ProcessBuilder("tcpdump", "-nn", "-vv", "-x", "-r", file.toString(), filter)
                    .redirectErrorStream(true)
                    .start();
            String text = new String(reader.getInputStream().readAllBytes());
            reader.waitFor();
            assertThat(text).as("filter %s", filter).doesNotContain("syntax error");
            // A packet's first line starts with its time; the rest is indented.
            List<String> packets = new ArrayList<>();
            for (String line : text.lines().toList()) {
                if (line.matches("\\d\\d:\\d\\d:.*")) {
                    packets.add(line);
                } else if (line.startsWith(" ") || line.startsWith("\t")) {
                    packets.add(packets.removeLast() + " " + line.strip());
                }
            }
            return packets;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
