package io.twoarm.director;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A network namespace of a test: nameless, kept by one process that waits for the end of its input. It is gone when that
 * process ends, also when the test's JVM is killed.
 */
final class NetworkNamespace implements AutoCloseable {
    private static final long COMMAND_SECONDS = 180;

    private final String name;
    private final Process keeper;

    private NetworkNamespace(String name, Process keeper) {
        this.name = name;
        this.keeper = keeper;
    }

    static NetworkNamespace create(String name) throws IOException {
        Process keeper = new ProcessBuilder(
                        "unshare",
                        "--net",
                        "sh",
                        "-c",
                        "ip link set dev lo up && sysctl -qw net.ipv6.conf.all.disable_ipv6=1"
                                + " net.ipv6.conf.default.disable_ipv6=1 && echo made && read -r _")
                .redirectErrorStream(true)
                .start();
        String said = keeper.inputReader().readLine();
        assertThat(said)
                .as("namespaces need root and: apt-get install util-linux iproute2 procps")
                .isEqualTo("made");
        return new NetworkNamespace(name, keeper);
    }

    /** Joins two namespaces by a wire; each end is an interface with the offloads off that would leave frames unfinished. */
    static void connect(NetworkNamespace one, String oneInterface, NetworkNamespace other, String otherInterface)
            throws IOException, InterruptedException {
        one.run(
                "ip",
                "link",
                "add",
                "name",
                oneInterface,
                "type",
                "veth",
                "peer",
                "name",
                otherInterface,
                "netns",
                String.valueOf(other.keeper.pid()));
        one.bringUp(oneInterface);
        other.bringUp(otherInterface);
    }

    /** Moves one of its interfaces to another namespace, where it is up as here. */
    void give(String networkInterface, NetworkNamespace other) throws IOException, InterruptedException {
        run("ip", "link", "set", "dev", networkInterface, "netns", String.valueOf(other.keeper.pid()));
        other.run("ip", "link", "set", "dev", networkInterface, "up");
    }

    private void bringUp(String networkInterface) throws IOException, InterruptedException {
        run("ethtool", "-K", networkInterface, "tx", "off", "rx", "off", "tso", "off", "gso", "off", "gro", "off");
        run("ip", "link", "set", "dev", networkInterface, "up");
    }

    /** The words that make a command run in here when put before it. */
    List<String> wrapper() {
        return List.of("nsenter", "--target", String.valueOf(keeper.pid()), "--net");
    }

    ProcessBuilder command(String... words) {
        return new ProcessBuilder(
                Stream.concat(wrapper().stream(), Stream.of(words)).toList());
    }

    /** Runs a command that must succeed. @return what it wrote */
    String run(String... words) throws IOException, InterruptedException {
        Result result = tryRun(words);
        assertThat(result.status())
                .as("in %s: %s%n%s", name, String.join(" ", words), result.output())
                .isZero();
        return result.output();
    }

    /**
     * @param status exit status
     * @param output standard output and error together
     */
    record Result(int status, String output) {}

    Result tryRun(String... words) throws IOException, InterruptedException {
        Process process = command(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), output);
    }

    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(keeper.descendants().toList());
        all.forEach(ProcessHandle::destroyForcibly);
        keeper.destroyForcibly().onExit().join();
    }
}
