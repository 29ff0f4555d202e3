package io.twoarm.director;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.control.Json;
import io.twoarm.director.control.client.ControlConnection;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A director as a process of its own, with its files in one folder. */
final class DirectorProcess implements AutoCloseable {
    static final List<String> RING_PORTS = List.of("--no-huge", "--no-pci", "--vdev=net_ring0", "--vdev=net_ring1");

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final Path folder;
    private final Process process;

    private DirectorProcess(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /** Starts the director with {@code dpvs.conf} and {@code keepalived.conf} of a folder. */
    static DirectorProcess start(Path folder, List<String> ealArguments) throws IOException {
        return start(folder, List.of(), ealArguments, Map.of());
    }

    /** @param wrapper command that the director's command line is appended to */
    static DirectorProcess start(
            Path folder, List<String> wrapper, List<String> ealArguments, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        // A JVM leaves alone what was ignored when it began, as nohup and shells in the background have it.
        command.addAll(List.of("env", "--default-signal=HUP,INT"));
        command.addAll(java());
        command.addAll(compilerOfTests());
        command.add(TwoArmDirector.class.getName());
        command.addAll(List.of("-c", folder.resolve("dpvs.conf").toString()));
        command.addAll(List.of("-k", folder.resolve("keepalived.conf").toString()));
        command.addAll(List.of("-p", folder.resolve("director.pid").toString()));
        command.addAll(List.of("-x", folder.resolve("director.ipc").toString()));
        command.add("--");
        command.addAll(ealArguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log(folder).toFile()));
        builder.environment().putAll(environment);
        return new DirectorProcess(folder, builder.start());
    }

    /** In the fast check neither tests nor the directors that they start have a second compiler. */
    private static List<String> compilerOfTests() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-XX:TieredStopAtLevel="))
                .toList();
    }

    /** The command that runs a main class of this module with the daemon's options. */
    static List<String> java() {
        return java("-XX:+UseZGC", "-Xmx512m");
    }

    /** The command that runs a main class of this module with the options of the tools' scripts. */
    static List<String> tool() {
        return java("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    }

    private static List<String> java(String collector, String other) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                collector,
                other,
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"));
    }

    private static Path log(Path folder) {
        return folder.resolve("director.log");
    }

    /** Ends the process when it does not become ready: nobody else would have it. */
    DirectorProcess awaitReady() {
        try {
            await("ready", () -> output().contains("ready in ") || !process.isAlive());
            assertThat(output()).contains("ready in ");
            return this;
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    /** Waits until so many realservers are up. */
    void awaitRealservers(int number) {
        await(number + " realservers to be up", () -> {
            try {
                return ask("services").text().split("\"up\":true", -1).length == number + 1;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** Waits for the end. @return the exit status */
    int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("the director ends; it said:%n%s", output())
                .isTrue();
        return process.exitValue();
    }

    /** Waits until a condition holds, and fails with the director's output when it does not in time. */
    void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("waiting for %s; the director said:%n%s", what, output())
                    .isLessThan(end);
            Thread.onSpinWait();
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /** Everything that it has written so far. */
    String output() {
        try {
            return Files.readString(log(folder));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    ControlConnection connect() throws IOException {
        return ControlConnection.open(folder.resolve("director.ipc"));
    }

    Json.JsonObject ask(String request) throws IOException {
        try (ControlConnection connection = connect()) {
            return (Json.JsonObject) connection.ask(request);
        }
    }

    long pid() {
        return process.pid();
    }

    void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** CPU time of a thread in seconds, by its name in the kernel. */
    double cpuSeconds(String thread) throws IOException {
        String stat = Files.readString(task(thread).resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        int userTicks = 11;
        int systemTicks = 12;
        double ticksPerSecond = 100;
        return (Long.parseLong(fields[userTicks]) + Long.parseLong(fields[systemTicks])) / ticksPerSecond;
    }

    /** What {@code /proc} says of a thread, by its name in the kernel. */
    String threadStatus(String thread) throws IOException {
        return Files.readString(task(thread).resolve("status"));
    }

    private Path task(String thread) throws IOException {
        try (var tasks = Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/task"))) {
            for (Path task : tasks) {
                if (Files.readString(task.resolve("comm")).trim().equals(thread)) {
                    return task;
                }
            }
        }
        throw new AssertionError("no thread is named " + thread);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
