package io.twoarm.bench;

import io.twoarm.director.control.Json;
import io.twoarm.director.control.client.ControlConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** {@code twoarm-director} as it is shipped, with one port. */
final class BenchDirector implements Forwarder {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;
    private final ControlConnection control;
    private final ThreadTime worker;
    private final Path keepalivedConf;

    private BenchDirector(Process process, Path log, Path folder) throws IOException {
        this.process = process;
        this.log = log;
        keepalivedConf = folder.resolve("keepalived.conf");
        control = awaitControl(control(folder));
        worker = ThreadTime.named(process.pid(), "worker-");
    }

    /**
     * With one port.
     *
     * @param home the unpacked bundle
     * @param folder for its files
     */
    static BenchDirector start(Path home, Path folder, Source source, DirectorConfiguration configuration)
            throws IOException {
        return start(
                home,
                folder,
                configuration.dpvsConf(source),
                configuration.keepalivedConf(),
                List.of(),
                source.ealArguments());
    }

    /**
     * On the two interfaces in the middle of wires.
     *
     * @param driver for both
     */
    static BenchDirector startOnWires(Path home, Path folder, Wires wires, Wires.Driver driver)
            throws IOException, InterruptedException {
        if (driver == Wires.Driver.AF_PACKET) {
            wires.keepKernelOff();
        }
        return start(
                home,
                folder,
                DirectorConfiguration.DPVS_ON_WIRES,
                DirectorConfiguration.KEEPALIVED_ON_WIRES,
                Wires.inside(wires.director(), List.of()),
                List.of(
                        "--no-pci",
                        "--no-huge",
                        "--vdev=" + driver.device(0, Wires.LAN),
                        "--vdev=" + driver.device(1, Wires.WAN)));
    }

    /** With one port and a service for every {@link FirstKind}. */
    static BenchDirector startForAllKinds(Path home, Path folder, Source source) throws IOException {
        DirectorConfiguration port = new DirectorConfiguration(Mode.FULLNAT44, Traffic.Protocol.TCP, false, false);
        return start(
                home,
                folder,
                port.dpvsConf(source),
                FirstConfiguration.keepalivedConf(),
                List.of(),
                source.ealArguments());
    }

    private static BenchDirector start(
            Path home,
            Path folder,
            String dpvsConf,
            String keepalivedConf,
            List<String> launcher,
            List<String> ealArguments)
            throws IOException {
        Files.writeString(folder.resolve("dpvs.conf"), dpvsConf);
        Files.writeString(folder.resolve("keepalived.conf"), keepalivedConf);
        Path log = folder.resolve("director.log");
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(
                home.resolve("bin/twoarm-director").toString(),
                "-c",
                folder.resolve("dpvs.conf").toString(),
                "-k",
                folder.resolve("keepalived.conf").toString(),
                "-p",
                folder.resolve("director.pid").toString(),
                "-x",
                control(folder).toString(),
                "--"));
        command.addAll(ealArguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            return new BenchDirector(process, log, folder);
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** The control socket of a director with its files in a folder. */
    static Path control(Path folder) {
        return folder.resolve("director.ipc");
    }

    private ControlConnection awaitControl(Path socket) throws IOException {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            if (!process.isAlive() || System.nanoTime() > limit) {
                throw new IOException("the director did not start; it said:\n" + Files.readString(log));
            }
            if (Files.readString(log).contains("ready in ")) {
                return ControlConnection.open(socket);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** The whole process, whose number this is. */
    long pid() {
        return process.pid();
    }

    /** Takes the CPUs from the whole process, until {@link #goOn}. */
    void stop() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Ends {@link #stop}. */
    void goOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill =
                new ProcessBuilder("kill", "-" + name, "" + pid()).inheritIO().start();
        if (kill.waitFor() != 0) {
            throw new IOException("kill -%s %d failed".formatted(name, pid()));
        }
    }

    /** Turns of the worker of more than a millisecond, since start. */
    long longTurns() throws IOException {
        if (member(control.ask("status"), "workers") instanceof Json.JsonArray(List<Json> workers)) {
            return number(workers.getFirst(), "turns_over_1ms");
        }
        throw new IOException("the status names no worker");
    }

    /** Asks a question of the control protocol for the sake of the work. */
    void ask(String question) throws IOException {
        control.ask(question);
    }

    /** Changes the service's scheduler in its file and makes the director read it. */
    void reloadWith(String scheduler) throws IOException {
        String text = Files.readString(keepalivedConf);
        Files.writeString(keepalivedConf, text.replaceFirst("lb_algo \\w+", "lb_algo " + scheduler));
        control.ask("reload");
    }

    /** Sessions at this moment. */
    long sessions() throws IOException {
        return number(control.ask("sessions 1"), "total");
    }

    /** Counters of a kind that are not 0, such as {@code dropped}, by name. */
    Map<String, Long> counters(String kind) throws IOException {
        Map<String, Long> counters = new TreeMap<>();
        if (member(member(control.ask("counters"), "counters"), kind)
                instanceof Json.JsonObject(Map<String, Json> members)) {
            members.forEach((name, value) -> {
                if (value instanceof Json.JsonNumber(Number count) && count.longValue() != 0) {
                    counters.put(name, count.longValue());
                }
            });
        }
        return counters;
    }

    @Override
    public long forwarded() throws IOException {
        return sum("forwarded");
    }

    @Override
    public long lost() throws IOException {
        return sum("dropped");
    }

    @Override
    public String account() throws IOException {
        return "forwarded %s, dropped %s".formatted(counters("forwarded"), counters("dropped"));
    }

    private long sum(String kind) throws IOException {
        return counters(kind).values().stream().mapToLong(Long::longValue).sum();
    }

    private static long number(Json answer, String member) throws IOException {
        if (member(answer, member) instanceof Json.JsonNumber(Number value)) {
            return value.longValue();
        }
        throw new IOException("no number " + member + " in " + answer.text());
    }

    private static Json member(Json answer, String name) throws IOException {
        if (answer instanceof Json.JsonObject object && object.get(name).isPresent()) {
            return object.get(name).get();
        }
        throw new IOException("no member " + name + " in " + answer.text());
    }

    @Override
    public ThreadTime worker() {
        return worker;
    }

    @Override
    public void close() {
        try {
            control.close();
            process.destroy();
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
