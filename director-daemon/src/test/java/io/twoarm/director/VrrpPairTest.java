package io.twoarm.director;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.control.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two directors with the distribution's keepalived, on one wire with a client. keepalived speaks VRRP version 3 on the kernel's
 * twin of the port, ten advertisements a second; the VIP 10.0.96.210 is the director's, whose packets the kernel never sees.
 */
@Tag("lab")
class VrrpPairTest {
    private static final String VIP = "10.0.96.210";
    private static final Pattern REPLY = Pattern.compile("^\\[(\\d+\\.\\d+)] .*icmp_seq=\\d+ ttl=", Pattern.MULTILINE);
    /** Of a machine that does much else; on an idle one it is a third of a second. */
    private static final double LONGEST_OUTAGE_SECONDS = 15;

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private NetworkNamespace wire;
    private NetworkNamespace client;
    private Node first;
    private Node second;

    /** A director with its keepalived. */
    private final class Node {
        private final Path home;
        private final String address;
        private final int priority;
        private final NetworkNamespace namespace;
        private DirectorProcess director;
        private Process keepalived;

        Node(String name, String address, int priority) throws Exception {
            this.address = address;
            this.priority = priority;
            home = Files.createDirectory(folder.resolve(name));
            namespace = open(name);
            NetworkNamespace.connect(wire, name, namespace, "dpdk2");
            wire.run("ip", "link", "set", "dev", name, "master", "br0");
            namespace.run("nft", """
                    table netdev dpdk2 {
                        chain in {
                            type filter hook ingress device "dpdk2" priority 0; policy drop;
                        }
                    }
                    """);
            DirectorFiles.twoArm().withKeepalived("""
                            global_defs {
                                vrrp_notify_fifo %s
                            }
                            vrrp_instance VI_1 {
                                dpdk_interface dpdk2
                                virtual_ipaddress {
                                    %s
                                }
                            }
                            """.formatted(fifo(), VIP)).writeTo(home);
            Path dpvs = home.resolve("dpvs.conf");
            Files.writeString(
                    dpvs,
                    Files.readString(dpvs)
                            .replace("    <init> kni  off\n", "")
                            .replace("device dpdk2 {\n", "device dpdk2 {\n        kni_name dpdk2.kni\n"));
            Files.writeString(home.resolve("vrrp.conf"), """
                    global_defs {
                        router_id %s
                        dynamic_interfaces
                        vrrp_notify_fifo %s
                    }
                    vrrp_instance VI_1 {
                        state BACKUP
                        interface dpdk2.kni
                        virtual_router_id 51
                        priority %d
                        version 3
                        advert_int 0.1
                        virtual_ipaddress {
                            %s/32
                        }
                    }
                    """.formatted(name, fifo(), priority, VIP));
        }

        private Path fifo() {
            return home.resolve("notify");
        }

        void startDirector() throws Exception {
            Files.deleteIfExists(home.resolve("director.log"));
            director = DirectorProcess.start(
                            home,
                            namespace.wrapper(),
                            List.of(
                                    "--no-huge",
                                    "--no-pci",
                                    "--vdev=net_ring0",
                                    "--vdev=net_af_packet0,iface=dpdk2,qdisc_bypass=0"),
                            Map.of())
                    .awaitReady();
            namespace.run("ip", "address", "add", address + "/24", "dev", "dpdk2.kni");
        }

        void startKeepalived() throws IOException {
            keepalived = namespace
                    .command(
                            "keepalived",
                            "--dont-fork",
                            "-P",
                            "--log-console",
                            "--log-detail",
                            "--use-file",
                            home.resolve("vrrp.conf").toString(),
                            "--pid",
                            home.resolve("keepalived.pid").toString(),
                            "--vrrp_pid",
                            home.resolve("vrrp.pid").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            home.resolve("keepalived.log").toFile()))
                    .start();
        }

        String state() {
            try {
                return director.ask("status")
                        .get("vrrp")
                        .map(instances ->
                                ((Json.JsonArray) instances).elements().getFirst())
                        .flatMap(instance -> ((Json.JsonObject) instance).get("state"))
                        .map(state -> ((Json.JsonString) state).value())
                        .orElse("");
            } catch (IOException e) {
                return e.toString();
            }
        }

        /** The parent first: it would start a child that died anew. While the child is a zombie, no other one starts. */
        void killKeepalived() {
            List<ProcessHandle> children = keepalived.descendants().toList();
            keepalived.destroyForcibly().onExit().join();
            for (ProcessHandle child : children) {
                child.destroyForcibly();
                child.onExit().orTimeout(180, TimeUnit.SECONDS).join();
            }
        }

        void close() {
            if (keepalived != null) {
                killKeepalived();
            }
            if (director != null) {
                director.close();
            }
        }

        String log() {
            try {
                return director.output() + "\nkeepalived:\n" + Files.readString(home.resolve("keepalived.log"));
            } catch (IOException e) {
                return e.toString();
            }
        }
    }

    private NetworkNamespace open(String name) throws IOException {
        NetworkNamespace namespace = NetworkNamespace.create(name);
        opened.add(namespace);
        return namespace;
    }

    @BeforeEach
    void start() throws Exception {
        wire = open("wire");
        wire.run("ip", "link", "add", "name", "br0", "type", "bridge", "mcast_snooping", "0");
        wire.run("ip", "link", "set", "dev", "br0", "up");
        client = open("client");
        NetworkNamespace.connect(wire, "client", client, "eth0");
        wire.run("ip", "link", "set", "dev", "client", "master", "br0");
        client.run("ip", "address", "add", "10.0.96.9/24", "dev", "eth0");
        first = new Node("lb1", "10.0.96.200", 110);
        second = new Node("lb2", "10.0.96.199", 100);
        for (Node node : List.of(first, second)) {
            opened.add(node::close);
            node.startDirector();
            node.startKeepalived();
        }
        await(
                "lb1 master and lb2 backup",
                () -> first.state().equals("MASTER") && second.state().equals("BACKUP"));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as(
                            "waiting for %s; lb1 is %s, lb2 %s%n%s%n%s",
                            what, first.state(), second.state(), first.log(), second.log())
                    .isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Pings the VIP a hundred times a second meanwhile. @return the longest time between two answers, in seconds */
    private double outage(String what, Failure failure, BooleanSupplier over) throws Exception {
        Path replies = folder.resolve("ping.log");
        Process ping = client.command("ping", "-D", "-n", "-i", "0.01", VIP)
                .redirectErrorStream(true)
                .redirectOutput(replies.toFile())
                .start();
        try {
            await("answers to ping", () -> count(replies) > 20);
            failure.happen();
            await(what, over);
            int now = count(replies);
            await("answers after it", () -> count(replies) > now + 50);
        } finally {
            ping.destroy();
            ping.onExit().join();
        }
        Matcher reply = REPLY.matcher(Files.readString(replies));
        double longest = 0;
        double last = Double.NaN;
        while (reply.find()) {
            double at = Double.parseDouble(reply.group(1));
            longest = Double.isNaN(last) ? longest : Math.max(longest, at - last);
            last = at;
        }
        return longest;
    }

    private interface Failure {
        void happen() throws Exception;
    }

    private boolean answers(String... command) {
        try {
            return client.tryRun(command).status() == 0;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static int count(Path replies) {
        try {
            return (int) REPLY.matcher(Files.readString(replies)).results().count();
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void theOtherDirectorTakesOverWhateverFails(TestReporter reporter) throws Exception {
        await(
                "the kernel answers at its own address, by its twin of the port",
                () -> answers("ping", "-c", "1", "-W", "2", "10.0.96.200"));

        double keepalived =
                outage("lb2 master", first::killKeepalived, () -> second.state().equals("MASTER"));
        await("nobody tells lb1 its state any more", () -> first.state().equals("UNKNOWN"));
        assertThat(first.namespace.run("ip", "-br", "address", "show", "dev", "dpdk2.kni"))
                .as("the kernel's address of a dead keepalived does no harm")
                .contains("10.0.96.200");

        double back = outage(
                "lb1 master again",
                first::startKeepalived,
                () -> first.state().equals("MASTER") && second.state().equals("BACKUP"));

        double daemon =
                outage("lb2 master", first.director::close, () -> second.state().equals("MASTER"));
        assertThat(first.namespace
                        .tryRun("ip", "link", "show", "dev", "dpdk2.kni")
                        .status())
                .as("the twin is gone with its director")
                .isNotZero();
        outage(
                "lb1 master once more",
                first::startDirector,
                () -> first.state().equals("MASTER") && second.state().equals("BACKUP"));

        double cut = outage(
                "lb2 master",
                () -> wire.run("ip", "link", "set", "dev", "lb1", "nomaster"),
                () -> second.state().equals("MASTER"));
        outage(
                "lb1 the only master",
                () -> wire.run("ip", "link", "set", "dev", "lb1", "master", "br0"),
                () -> first.state().equals("MASTER") && second.state().equals("BACKUP"));

        reporter.publishEntry(Map.of(
                "keepalived killed", keepalived + " s",
                "keepalived back", back + " s",
                "director killed", daemon + " s",
                "wire cut", cut + " s"));
        assertThat(List.of(keepalived, back, daemon, cut)).allMatch(seconds -> seconds < LONGEST_OUTAGE_SECONDS);
    }
}
