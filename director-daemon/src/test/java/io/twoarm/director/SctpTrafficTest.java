package io.twoarm.director;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Associations of an SCTP that is not ours, through FullNAT, NAT and direct routing. It is usrsctp, which needs raw sockets
 * only, so kernels without SCTP will do. It does not hear ICMP tell what fits, so the way on which its full packets grow, from
 * IPv6 clients to IPv4 realservers, is left to the fixtures. Its programs are those of the package {@code
 * libusrsctp-examples}.
 */
@Tag("lab")
class SctpTrafficTest {
    private static final String PROGRAMS = "/usr/lib/usrsctp/";
    private static final List<String> PORTS = List.of(
            "--no-huge",
            "--no-pci",
            "--vdev=net_af_packet0,iface=dpdk0,qdisc_bypass=0",
            "--vdev=net_af_packet1,iface=dpdk2,qdisc_bypass=0");
    private static final int BULK_PORT = 5001;
    private static final int ECHO_PORT = 7;
    private static final int MESSAGES = 2000;
    private static final int MESSAGE_SIZE = 1000;
    /** What the server of {@code tsctp} says of an association: size and number of messages, reads, bytes. */
    private static final Pattern SUMMARY =
            Pattern.compile("(?m)^(\\d+), (\\d+), \\d+, (\\d+), [0-9.]+, [0-9.]+, \\d+$");

    /** A virtual address, and the realserver's address that its server is bound to. */
    private enum Way {
        FULLNAT_44("10.0.96.204", "FNAT", 1, "192.168.229.1"),
        FULLNAT_66("2001:db8:96::204", "FNAT", 1, "2001:db8:229::1"),
        FULLNAT_46("10.0.96.46", "FNAT", 1, "2001:db8:229::1"),
        NAT("10.0.96.205", "NAT", 1, "192.168.229.1"),
        /** The second realserver has the virtual address, and a way to the client past the director. */
        ROUTE("10.0.96.206", "DR", 2, "10.0.96.206");

        private final String vip;
        private final String kind;
        private final int realserver;
        private final String bound;

        Way(String vip, String kind, int realserver, String bound) {
            this.vip = vip;
            this.kind = kind;
            this.realserver = realserver;
            this.bound = bound;
        }

        boolean clientIsSix() {
            return vip.contains(":");
        }

        boolean serverIsSix() {
            return bound.contains(":");
        }

        String locals() {
            return kind.equals("FNAT")
                    ? "    laddr_group_name " + (serverIsSix() ? "laddr_six" : "laddr_g1") + "\n"
                    : "";
        }

        String service(int port) {
            return """
                    virtual_server %s %d {
                        lb_algo rr
                        lb_kind %s
                        protocol SCTP
                    %s    real_server %s %d {
                            weight 1
                        }
                    }
                    """.formatted(vip, port, kind, locals(), serverIsSix() ? bound : "192.168.229." + realserver, port);
        }
    }

    @TempDir
    Path folder;

    private final List<Process> running = new ArrayList<>();
    private TwoArmNetwork network;
    private DirectorProcess director;

    @BeforeEach
    void start() throws Exception {
        assertThat(Path.of(PROGRAMS + "tsctp"))
                .as("apt-get install libusrsctp-examples")
                .isExecutable();
        network = new TwoArmNetwork(folder);
        network.addIpv6();
        network.realservers.getFirst().run("ip", "route", "add", "default", "via", "192.168.229.254");
        routePastDirector(network.realservers.getLast());
        StringBuilder text = new StringBuilder("""
                static_ipaddress {
                    192.168.229.254/32 dev dpdk0
                    10.0.96.205/32 dev dpdk2
                    10.0.96.206/32 dev dpdk2
                    10.0.96.46/32 dev dpdk2
                    2001:db8:96::204/128 dev dpdk2
                }
                static_routes {
                    2001:db8:96::/64 dev dpdk2
                    2001:db8:229::/64 dev dpdk0
                    ::/0 via 2001:db8:96::254 dev dpdk2
                }
                local_address_group laddr_six {
                    2001:db8:229::204 dpdk0
                }
                """);
        for (Way way : Way.values()) {
            text.append(way.service(ECHO_PORT)).append(way.service(BULK_PORT));
        }
        DirectorFiles.twoArm().withKeepalived(text.toString()).writeTo(folder);
        director = DirectorProcess.start(folder, network.director.wrapper(), PORTS, Map.of())
                .awaitReady();
    }

    /** A bridge without ports has the virtual address: usrsctp does not answer from that of a loopback device. */
    private void routePastDirector(NetworkNamespace realserver) throws IOException, InterruptedException {
        NetworkNamespace.connect(network.gateway, "past", network.lan, "past");
        network.lan.run("ip", "link", "set", "dev", "past", "master", "br-lan");
        network.gateway.run("ip", "address", "add", "192.168.229.253/24", "dev", "past");
        for (NetworkNamespace host : List.of(network.gateway, realserver)) {
            host.run("sysctl", "-qw", "net.ipv4.conf.all.rp_filter=0", "net.ipv4.conf.default.rp_filter=0");
        }
        realserver.run("sysctl", "-qw", "net.ipv4.conf.all.arp_ignore=1", "net.ipv4.conf.all.arp_announce=2");
        realserver.run("ip", "link", "add", "name", "vip", "type", "bridge");
        realserver.run("ip", "link", "set", "dev", "vip", "up");
        realserver.run("ip", "address", "add", Way.ROUTE.bound + "/32", "dev", "vip");
        realserver.run("ip", "route", "add", "default", "via", "192.168.229.253");
    }

    @AfterEach
    void stop() {
        running.forEach(process -> process.destroyForcibly().onExit().join());
        if (director != null) {
            director.close();
        }
        if (network != null) {
            network.close();
        }
    }

    /** Leaves a host addresses of one family: usrsctp tells the other end all that there are, and they are not translated. */
    private static void only(NetworkNamespace host, boolean six) throws IOException, InterruptedException {
        host.run("ip", six ? "-4" : "-6", "address", "flush", "dev", "eth0");
    }

    /** Starts a server on a realserver, and waits for its socket. */
    private Path serve(Way way, String... words) throws IOException, InterruptedException {
        NetworkNamespace host = network.realservers.get(way.realserver - 1);
        Path said = folder.resolve("server.log");
        only(network.client, way.clientIsSix());
        only(host, way.serverIsSix());
        running.add(host.command(words)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start());
        director.await("the server's socket", () -> {
            try {
                // A socket of protocol 132.
                return host.run("cat", way.serverIsSix() ? "/proc/net/raw6" : "/proc/net/raw")
                        .contains(":0084 ");
            } catch (IOException e) {
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        });
        return said;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ROUTE")
    void everyLineComesBackInOrder(Way way) throws Exception {
        serve(way, PROGRAMS + "echo_server");
        Random random = new Random(132);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            lines.add(i + " " + "x".repeat(1 + random.nextInt(1100)));
        }
        Process client = network.client
                .command(PROGRAMS + "client", way.vip, String.valueOf(ECHO_PORT))
                .redirectErrorStream(true)
                .start();
        running.add(client);
        Thread writer = Thread.startVirtualThread(() -> write(client.getOutputStream(), lines));
        BufferedReader reader = client.inputReader();
        List<String> echoed = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            boolean data = !line.isEmpty() && Character.isDigit(line.charAt(0));
            (data ? echoed : told).add(line);
            if (data && echoed.size() == lines.size()) {
                writer.join();
                client.getOutputStream().close();
            }
        }
        assertThat(client.waitFor()).isZero();
        assertThat(echoed).isEqualTo(lines);
        assertThat(String.join("\n", told))
                .contains("Association change SCTP_COMM_UP", "Association change SCTP_SHUTDOWN_COMP")
                .contains("Peer addresses: " + way.vip + ".");
        everyPacketIsInOneCounter();
    }

    private static void write(OutputStream to, List<String> lines) {
        try {
            for (String line : lines) {
                to.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
                to.flush();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** {@code tsctp} speaks IPv4 only. */
    @ParameterizedTest
    @EnumSource(names = {"FULLNAT_44", "NAT", "ROUTE"})
    void thousandsOfMessagesArriveWholeAndTheAssociationEnds(Way way) throws Exception {
        Path said = serve(way, PROGRAMS + "tsctp", "-p", String.valueOf(BULK_PORT), "-L", way.bound);
        NetworkNamespace.Result client = network.client.tryRun(
                PROGRAMS + "tsctp",
                "-p",
                String.valueOf(BULK_PORT),
                "-n",
                String.valueOf(MESSAGES),
                "-l",
                String.valueOf(MESSAGE_SIZE),
                way.vip);
        assertThat(client.status()).isZero();
        director.await("the server's summary", () -> SUMMARY.matcher(read(said)).find());
        Matcher summary = SUMMARY.matcher(read(said));
        assertThat(summary.find()).isTrue();
        assertThat(List.of(summary.group(1), summary.group(2), summary.group(3)))
                .containsExactly(
                        String.valueOf(MESSAGE_SIZE),
                        String.valueOf(MESSAGES),
                        String.valueOf(MESSAGES * MESSAGE_SIZE));
        everyPacketIsInOneCounter();
        Counters counters = Counters.of(director);
        assertThat(counters.value("forwarded", "forwarded_to_realserver")).isGreaterThan(MESSAGES);
        assertThat(counters.value("forwarded", "forwarded_to_client") == 0)
                .as("answers go past the director")
                .isEqualTo(way == Way.ROUTE);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void everyPacketIsInOneCounter() {
        director.await("as many packets ended as were received", () -> {
            try {
                Counters counters = Counters.of(director);
                return counters.value("received", "received") == counters.ended();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }
}
