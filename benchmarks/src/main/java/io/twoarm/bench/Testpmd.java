package io.twoarm.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;

/**
 * DPDK's own forwarder on the same port with the same packets: what is left when hardly anything is done with them. It
 * has no counters that can be asked from outside in this version without a terminal, so its console is used.
 */
final class Testpmd implements Forwarder {
    /** Its forwarding modes. */
    enum Forwarding {
        /** Nothing is touched. */
        IO("io"),
        /** Ethernet addresses are written. */
        MAC("mac"),
        /** Ethernet addresses change places. */
        MAC_SWAP("macswap"),
        /** Ethernet, IP addresses and ports change places. */
        FIVE_TUPLE_SWAP("5tswap"),
        /** Headers are read, and checksums of IP and TCP or UDP made in software. */
        CHECKSUM("csum");

        final String option;

        Forwarding(String option) {
            this.option = option;
        }

        /** The mode of a name; picocli says what is wrong with others. */
        static Forwarding of(String option) {
            return Arrays.stream(values())
                    .filter(mode -> mode.option.equals(option))
                    .findFirst()
                    .orElseThrow(() -> new CommandLine.TypeConversionException("found " + option + ", allowed are "
                            + Arrays.stream(values()).map(mode -> mode.option).collect(Collectors.joining(", "))));
        }
    }

    private static final Path PROGRAM = Path.of("/usr/bin/dpdk-testpmd");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern SENT = Pattern.compile("TX-packets: (\\d+)");
    private static final Pattern MISSED = Pattern.compile("TX-dropped: (\\d+)");

    private final Process process;
    private final Path log;
    private final OutputStream console;
    private final ThreadTime worker;

    private Testpmd(Process process, Path log) throws IOException {
        this.process = process;
        this.log = log;
        console = process.getOutputStream();
        await("testpmd> ", 0);
        type("start");
        await("packet forwarding", 0);
        // Names of DPDK 22.11 and of later versions.
        worker = workerThread(process.pid());
    }

    static Testpmd start(Forwarding mode, Path folder, Source source) throws IOException {
        if (!Files.exists(PROGRAM)) {
            throw new IOException(PROGRAM + " is missing; it comes with: apt-get install dpdk-dev");
        }
        Path log = Files.createTempFile(folder, "testpmd", ".log");
        // Into a file it would write only whole blocks.
        List<String> command = new ArrayList<>(List.of("stdbuf", "-oL", PROGRAM.toString()));
        command.addAll(source.ealArguments());
        int buffers = source.buffers();
        command.addAll(memory(source));
        command.addAll(List.of("--no-telemetry", "--"));
        command.addAll(List.of(
                "--interactive",
                "--forward-mode=" + mode.option,
                "--port-topology=loop",
                "--total-num-mbufs=" + buffers,
                "--burst=32"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            return new Testpmd(process, log);
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** EAL's arguments about memory, for a program that has nothing but its buffers. */
    static List<String> memory(Source source) {
        // Without huge pages a buffer takes a page of 4 KiB, since none crosses a page's boundary.
        return source.hugePages()
                ? List.of("--in-memory")
                : List.of("-m", "" + (64 + source.buffers() / 256), "--no-shconf");
    }

    private static ThreadTime workerThread(long process) throws IOException {
        try {
            return ThreadTime.named(process, "lcore-worker-1");
        } catch (IOException e) {
            return ThreadTime.named(process, "rte-worker-1");
        }
    }

    /** Waits until the console has printed a text after a place; returns everything after it. */
    private String await(String text, int from) throws IOException {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String said = Files.readString(log, StandardCharsets.ISO_8859_1);
            if (said.indexOf(text, from) >= 0) {
                return said.substring(from);
            }
            if (!process.isAlive() || System.nanoTime() > limit) {
                throw new IOException("testpmd did not answer; it said:\n" + said);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    private void type(String command) throws IOException {
        console.write((command + "\n").getBytes(StandardCharsets.US_ASCII));
        console.flush();
    }

    private long ask(Pattern figure) throws IOException {
        int from = Files.readString(log, StandardCharsets.ISO_8859_1).length();
        type("show fwd stats all");
        Matcher found = figure.matcher(await("++++++++++++", from));
        if (!found.find()) {
            throw new IOException("testpmd shows no " + figure);
        }
        return Long.parseLong(found.group(1));
    }

    @Override
    public long forwarded() throws IOException {
        return ask(SENT);
    }

    @Override
    public long lost() throws IOException {
        return ask(MISSED);
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
            type("quit");
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
