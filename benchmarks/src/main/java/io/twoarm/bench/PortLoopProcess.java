package io.twoarm.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running {@link PortLoop}. */
final class PortLoopProcess implements Forwarder {
    private final Process process;
    private final BufferedReader answers;
    private final OutputStream questions;
    private final ThreadTime worker;

    private PortLoopProcess(Process process) throws IOException {
        this.process = process;
        answers = process.inputReader(StandardCharsets.UTF_8);
        questions = process.getOutputStream();
        for (String line = answers.readLine(); !"ready".equals(line); line = answers.readLine()) {
            if (line == null) {
                throw new IOException("the port loop did not start");
            }
        }
        worker = ThreadTime.named(process.pid(), "worker-0");
    }

    static PortLoopProcess start(Testpmd.Forwarding mode, Path folder, Source source) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseZGC",
                "-Xmx512m",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                PortLoop.class.getName(),
                mode.option,
                "" + source.buffers()));
        // testpmd's worker, the second lcore, is on this CPU too.
        command.addAll(List.of("-l", "1"));
        List<String> others = source.ealArguments();
        command.addAll(others.subList(others.indexOf("-l") + 2, others.size()));
        command.addAll(Testpmd.memory(source));
        command.add("--no-telemetry");
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("port-loop.log").toFile())
                .start();
        try {
            return new PortLoopProcess(process);
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Packets received and sent. */
    private long[] ask() throws IOException {
        questions.write('\n');
        questions.flush();
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the port loop ended");
        }
        String[] words = line.split(" ");
        return new long[] {Long.parseLong(words[0]), Long.parseLong(words[1])};
    }

    @Override
    public long forwarded() throws IOException {
        return ask()[1];
    }

    @Override
    public long lost() throws IOException {
        long[] counts = ask();
        return counts[0] - counts[1];
    }

    @Override
    public String account() throws IOException {
        return "sent %d, dropped %d".formatted(forwarded(), lost());
    }

    @Override
    public ThreadTime worker() {
        return worker;
    }

    @Override
    public void close() {
        try {
            questions.close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
