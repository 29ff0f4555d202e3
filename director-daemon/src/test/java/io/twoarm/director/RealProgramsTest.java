package io.twoarm.director;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs that know nothing of load balancers, through FullNAT within and between the families and through NAT: curl with
 * nginx over HTTP/1.1, HTTP/2 and TLS, and with vsftpd in every mode of FTP; iperf3, dig with dnsmasq, ping, traceroute.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealProgramsTest {
    private static final List<String> PORTS = List.of(
            "--no-huge",
            "--no-pci",
            "--vdev=net_af_packet0,iface=dpdk0,qdisc_bypass=0",
            "--vdev=net_af_packet1,iface=dpdk2,qdisc_bypass=0");
    private static final int FILE_SIZE = 700_000;

    /** Virtual addresses, each with all services. */
    private enum Vip {
        FULLNAT_44("10.0.96.204", "FNAT", "laddr_g1", "192.168.229.1"),
        FULLNAT_66("2001:db8:96::204", "FNAT", "laddr_six", "2001:db8:229::1"),
        FULLNAT_64("2001:db8:96::64", "FNAT", "laddr_g1", "192.168.229.1"),
        FULLNAT_46("10.0.96.46", "FNAT", "laddr_six", "2001:db8:229::1"),
        NAT_44("10.0.96.205", "NAT", "", "192.168.229.1"),
        NAT_66("2001:db8:96::205", "NAT", "", "2001:db8:229::1");

        private final String address;
        private final String kind;
        private final String locals;
        private final String realserver;

        Vip(String address, String kind, String locals, String realserver) {
            this.address = address;
            this.kind = kind;
            this.locals = locals;
            this.realserver = realserver;
        }

        boolean six() {
            return address.contains(":");
        }

        String inUrl() {
            return six() ? "[" + address + "]" : address;
        }

        String service(int port, String protocol) {
            return """
                    virtual_server %s %d {
                        lb_algo rr
                        lb_kind %s
                        protocol %s
                    %s    real_server %s %d {
                            weight 1
                        }
                    }
                    """.formatted(
                            address,
                            port,
                            kind,
                            protocol,
                            locals.isEmpty() ? "" : "    laddr_group_name " + locals + "\n",
                            realserver,
                            port);
        }
    }

    private enum Ftp {
        PASV("227", "--disable-epsv", "--no-ftp-skip-pasv-ip"),
        EPSV("229"),
        PORT("200", "--disable-eprt", "--ftp-port", "-"),
        EPRT("200", "--ftp-port", "-");

        private final String answer;
        private final List<String> options;

        Ftp(String answer, String... options) {
            this.answer = answer;
            this.options = List.of(options);
        }
    }

    private TwoArmNetwork network;
    private ServerPrograms programs;
    private DirectorProcess director;
    private Path folder;
    private Path original;

    @BeforeAll
    void start(@TempDir Path shared) throws Exception {
        folder = shared;
        network = new TwoArmNetwork(folder);
        network.addIpv6();
        // Linux answers one host a few times a second only, and a traceroute asks all at once.
        network.gateway.run("sysctl", "-qw", "net.ipv4.icmp_ratelimit=0", "net.ipv6.icmp.ratelimit=0");
        NetworkNamespace realserver = network.realservers.getFirst();
        realserver.run("ip", "route", "add", "default", "via", "192.168.229.254");
        realserver.run("ip", "-6", "route", "add", "default", "via", "2001:db8:229::254");
        programs = new ServerPrograms(realserver, folder);
        byte[] bytes = new byte[FILE_SIZE];
        new Random(21).nextBytes(bytes);
        original = Files.write(folder.resolve("original"), bytes);
        Files.copy(original, programs.ftpRoot.resolve("original"));
        files().writeTo(folder);
        director = DirectorProcess.start(folder, network.director.wrapper(), PORTS, Map.of())
                .awaitReady();
        director.await("the realserver's programs to listen", this::ready);
        for (Vip vip : Vip.values()) {
            network.client.run("ping", "-c", "1", "-W", "60", vip.address);
        }
    }

    @AfterAll
    void stop() {
        if (director != null) {
            director.close();
        }
        if (programs != null) {
            programs.close();
        }
        if (network != null) {
            network.close();
        }
    }

    private boolean ready() {
        try {
            return programs.ready();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static DirectorFiles files() {
        StringBuilder text = new StringBuilder("""
                static_ipaddress {
                    192.168.229.254/32 dev dpdk0
                    2001:db8:229::254/128 dev dpdk0
                """);
        for (Vip vip : Vip.values()) {
            if (vip != Vip.FULLNAT_44) {
                text.append("    ")
                        .append(vip.address)
                        .append(vip.six() ? "/128" : "/32")
                        .append(" dev dpdk2\n");
            }
        }
        text.append("""
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
        for (Vip vip : Vip.values()) {
            if (vip != Vip.FULLNAT_44) {
                text.append(vip.service(80, "TCP"));
            }
            for (int port : new int[] {21, 53, 443, 5201}) {
                text.append(vip.service(port, "TCP"));
            }
            text.append(vip.service(53, "UDP")).append(vip.service(5201, "UDP"));
        }
        return DirectorFiles.twoArm().withKeepalived(text.toString());
    }

    private String client(String... words) throws IOException, InterruptedException {
        NetworkNamespace.Result result = network.client.tryRun(words);
        assertThat(result.status())
                .as("%s%n%s%n%s", String.join(" ", words), result.output(), programs.said())
                .isZero();
        return result.output();
    }

    private String client(List<String> words) throws IOException, InterruptedException {
        return client(words.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource
    void curlAndNginxSpeakHttpOneAndTwoAndTlsWhoseCertificateHolds(Vip vip) throws Exception {
        String plain = "http://" + vip.inUrl() + "/original";
        assertThat(client(
                        "curl",
                        "-gsSf",
                        "-w",
                        "%{http_version} %{num_connects}\n",
                        plain,
                        plain,
                        "-o",
                        "/dev/null",
                        "-o",
                        "/dev/null"))
                .as("two requests over one connection")
                .isEqualTo("1.1 1\n1.1 0\n");
        for (String version : List.of("--http1.1", "--http2")) {
            Path copy = folder.resolve(vip.name() + version);
            String said = client(
                    "curl",
                    "-gsSf",
                    version,
                    "--cacert",
                    programs.certificate.toString(),
                    "--resolve",
                    ServerPrograms.NAME + ":443:" + vip.inUrl(),
                    "-w",
                    "%{http_version} %{ssl_verify_result}",
                    "-o",
                    copy.toString(),
                    "https://" + ServerPrograms.NAME + "/original");
            assertThat(said).isEqualTo(version.equals("--http2") ? "2 0" : "1.1 0");
            assertThat(Files.mismatch(original, copy)).isEqualTo(-1);
        }
    }

    static Stream<Arguments> transfers() {
        return Stream.of(Vip.values())
                .flatMap(vip -> Stream.of(Ftp.values())
                        .filter(ftp -> !vip.six() || ftp.name().startsWith("E"))
                        .map(ftp -> Arguments.of(vip, ftp)));
    }

    @ParameterizedTest
    @MethodSource("transfers")
    void curlFetchesFromAndStoresAtAnFtpServer(Vip vip, Ftp ftp) throws Exception {
        String name = (vip + "-" + ftp).toLowerCase(Locale.ROOT);
        Path copy = folder.resolve(name);
        List<String> curl = new ArrayList<>(List.of("curl", "-gsSv", "--max-time", "120"));
        curl.addAll(ftp.options);
        String url = "ftp://" + vip.inUrl() + "/";

        String fetched = client(Stream.concat(curl.stream(), Stream.of("-o", copy.toString(), url + "original"))
                .toList());
        String stored =
                client(Stream.concat(curl.stream(), Stream.of("-T", original.toString(), url + "incoming/" + name))
                        .toList());

        for (String dialogue : List.of(fetched, stored)) {
            assertThat(dialogue).containsPattern("> " + ftp + "\\b[^<]*< " + ftp.answer + " ");
        }
        assertThat(Files.mismatch(original, copy)).isEqualTo(-1);
        assertThat(Files.mismatch(original, programs.ftpIncoming.resolve(name))).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource
    void iperf3MeasuresBothDirections(Vip vip) throws Exception {
        for (List<String> options : List.of(
                List.of("--time", "1"),
                List.of("--time", "1", "--reverse"),
                List.of("--time", "1", "--udp", "--bitrate", "5M", "--length", "1200"),
                List.of("--time", "1", "--udp", "--bitrate", "5M", "--length", "1200", "--reverse"))) {
            String said = client(
                    Stream.concat(Stream.of("iperf3", "--client", vip.address, "--format", "k"), options.stream())
                            .toList());
            assertThat(said)
                    .as("%s", options)
                    .containsPattern("[1-9][\\d.]* [KMG]Bytes +[1-9]\\d* Kbits/sec .*receiver");
        }
    }

    @ParameterizedTest
    @EnumSource
    void digGetsAnswersOverUdpAndTcp(Vip vip) throws Exception {
        for (String transport : List.of("+notcp", "+tcp")) {
            assertThat(client("dig", "@" + vip.address, transport, "+tries=5", "+short", ServerPrograms.NAME))
                    .isEqualTo("192.0.2.80\n");
            assertThat(client("dig", "@" + vip.address, transport, "+tries=5", "+short", "TXT", "long.example.test"))
                    .isEqualTo("\"" + "0123456789".repeat(24) + "\"\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void pingAndTracerouteReachTheVirtualAddress(Vip vip) throws Exception {
        assertThat(client("ping", "-c", "3", "-i", "0.2", "-W", "10", vip.address))
                .contains(" 0% packet loss");
        String gateway = vip.six() ? "2001:db8:172::254" : "172.16.0.254";
        for (List<String> probes : List.of(List.of("--tcp", "--port=80"), List.of("--icmp"), List.<String>of())) {
            List<String> words = new ArrayList<>(List.of("traceroute", "-n", "-q", "3", "-w", "10"));
            words.addAll(probes);
            words.add(vip.address);
            String said = client(words);
            assertThat(said).as("%s", probes).containsPattern("(?m)^ 1  .*\\Q" + gateway + "\\E ");
            assertThat(said).as("%s", probes).containsPattern("(?m)^ 2  .*\\Q" + vip.address + "\\E ");
            assertThat(said.lines()).as("%s", probes).hasSize(3);
        }
    }
}
