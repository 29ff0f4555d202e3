package io.twoarm.director;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** nginx reads headers of the PROXY protocol, and two kernels make and join fragments. */
@Tag("lab")
class ProxyAndFragmentsTrafficTest {
    private static final List<String> PORTS = List.of(
            "--no-huge",
            "--no-pci",
            "--vdev=net_af_packet0,iface=dpdk0,qdisc_bypass=0",
            "--vdev=net_af_packet1,iface=dpdk2,qdisc_bypass=0");
    private static final String SERVICE = """
            virtual_server 10.0.96.204 %d {
                lb_algo rr
                lb_kind FNAT
                protocol %s
                laddr_group_name laddr_g1
            %s    real_server 192.168.229.1 %d {
                    weight 1
                }
            }
            """;
    private static final int FILE_SIZE = 3_000_000;

    @TempDir
    Path folder;

    private TwoArmNetwork network;
    private DirectorProcess director;

    @BeforeEach
    void start() throws Exception {
        network = new TwoArmNetwork(folder);
        network.addIpv6();
        DirectorFiles.twoArm().writeTo(folder);
        Path keepalived = folder.resolve("keepalived.conf");
        String services = SERVICE.formatted(8001, "TCP", "    proxy_protocol v1\n", 8080)
                + SERVICE.formatted(8002, "TCP", "    proxy_protocol v2\n", 8080)
                + SERVICE.formatted(0, "ICMP", "", 0)
                + SERVICE.formatted(0, "ICMPV6", "", 0).replace("10.0.96.204", "2001:db8:96::64");
        String addresses = """
                static_ipaddress {
                    2001:db8:96::204/128 dev dpdk2
                    2001:db8:96::64/128 dev dpdk2
                }
                static_routes {
                    2001:db8:96::/64 dev dpdk2
                    2001:db8:172::/64 via 2001:db8:96::254 dev dpdk2
                }
                """;
        Files.writeString(keepalived, Files.readString(keepalived) + addresses + services);
        director = DirectorProcess.start(folder, network.director.wrapper(), PORTS, Map.of())
                .awaitReady();
    }

    @AfterEach
    void stop() {
        if (director != null) {
            director.close();
        }
        network.close();
    }

    private long counter(String name) throws IOException {
        String text = director.ask("counters").text();
        String rest = text.substring(text.indexOf("\"" + name + "\":") + name.length() + 3);
        return Long.parseLong(rest.split("[^0-9]", 2)[0]);
    }

    @ParameterizedTest
    @ValueSource(ints = {8001, 8002})
    void nginxLearnsTheClientFromTheHeaderAndGetsWhatFollowsAsItWas(int port) throws Exception {
        String url = "http://10.0.96.204:" + port + "/";
        assertThat(network.client.run("curl", "-sS", "--max-time", "60", url))
                .isEqualTo("172.16.0.1 10.0.96.204:" + port + "\n");
        byte[] file = new byte[FILE_SIZE];
        new Random(port).nextBytes(file);
        Path original = Files.write(folder.resolve("original"), file);
        network.client.run("curl", "-sS", "--max-time", "60", "-f", "-T", original.toString(), url + "up/" + port);
        assertThat(folder.resolve("up").resolve(Integer.toString(port))).hasBinaryContent(file);
        assertThat(counter("proxy_headers")).isGreaterThanOrEqualTo(2);
    }

    /** The driver of the ports joins fragments of IPv4 itself, up to its frames of 2 kB; the director cuts them again. */
    @Test
    void largePingsGoToTheRealserverAndBackInFragments() throws Exception {
        assertThat(network.client.run("ping", "-c", "5", "-i", "0.2", "-W", "2", "-s", "1800", "10.0.96.204"))
                .contains(" 0% packet loss");
        assertThat(counter("cut")).isGreaterThanOrEqualTo(10);
        assertThat(counter("forwarded_to_client")).isGreaterThanOrEqualTo(5);
        assertThat(counter("answered_echo")).isZero();
    }

    @Test
    void fragmentsOfIpv6AreJoinedAndAnsweredInFragments() throws Exception {
        assertThat(network.client.run("ping", "-c", "5", "-i", "0.2", "-W", "2", "-s", "20000", "2001:db8:96::204"))
                .contains(" 0% packet loss");
        assertThat(counter("reassembled")).isGreaterThanOrEqualTo(5);
        assertThat(counter("answered_echo")).isGreaterThanOrEqualTo(5);
    }

    @Test
    void fragmentsOfIpv6BecomeFragmentsOfIpv4AndBack() throws Exception {
        assertThat(network.client.run("ping", "-c", "5", "-i", "0.2", "-W", "2", "-s", "1800", "2001:db8:96::64"))
                .contains(" 0% packet loss");
        assertThat(counter("reassembled")).isGreaterThanOrEqualTo(5);
        assertThat(counter("cut")).isGreaterThanOrEqualTo(10);
        assertThat(counter("answered_echo")).isZero();
    }
}
