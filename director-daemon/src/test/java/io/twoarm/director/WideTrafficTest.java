package io.twoarm.director;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
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

/**
 * IPv6 clients through the real daemon, with the kernel's TCP at both ends: VIP 2001:db8:96::204 leads to nginx over IPv6,
 * 2001:db8:96::64 to nginx over IPv4.
 */
@Tag("lab")
class WideTrafficTest {
    private static final List<String> PORTS = List.of(
            "--no-huge",
            "--no-pci",
            "--vdev=net_af_packet0,iface=dpdk0,qdisc_bypass=0",
            "--vdev=net_af_packet1,iface=dpdk2,qdisc_bypass=0");
    private static final String SAME_FAMILY = "http://[2001:db8:96::204]";
    private static final String OTHER_FAMILY = "http://[2001:db8:96::64]";

    @TempDir
    Path folder;

    private TwoArmNetwork network;
    private DirectorProcess director;

    @BeforeEach
    void start() throws Exception {
        network = new TwoArmNetwork(folder);
        network.addIpv6();
        DirectorFiles.twoArm()
                .withKeepalived("""
                static_ipaddress {
                    2001:db8:96::204/128 dev dpdk2
                    2001:db8:96::64/128 dev dpdk2
                }
                static_routes {
                    2001:db8:96::/64 dev dpdk2
                    2001:db8:229::/64 dev dpdk0
                    ::/0 via 2001:db8:96::254 dev dpdk2
                }
                local_address_group laddr_six {
                    2001:db8:229::204 dpdk0
                }
                """ + service("2001:db8:96::204", "laddr_six", "2001:db8:229::1", "2001:db8:229::2")
                        + service("2001:db8:96::64", "laddr_g1", "192.168.229.1", "192.168.229.2"))
                .writeTo(folder);
        director = DirectorProcess.start(folder, network.director.wrapper(), PORTS, Map.of())
                .awaitReady();
        director.awaitRealservers(6);
    }

    private static String service(String vip, String locals, String... realservers) {
        StringBuilder text = new StringBuilder("""
                virtual_server %s 80 {
                    delay_loop 1
                    lb_algo rr
                    lb_kind FNAT
                    protocol TCP
                    laddr_group_name %s
                """.formatted(vip, locals));
        for (String realserver : realservers) {
            text.append("""
                        real_server %s 80 {
                            weight 1
                            TCP_CHECK {
                                connect_timeout 1
                            }
                        }
                    """.formatted(realserver));
        }
        return text.append("}\n").toString();
    }

    @AfterEach
    void stop() {
        if (director != null) {
            director.close();
        }
        network.close();
    }

    private String ask(String request) {
        try {
            return director.ask(request).text();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String get(String url) throws Exception {
        return network.client.run("curl", "-gsS", "--max-time", "60", url + "/");
    }

    private Path file(int megabytes) throws IOException {
        Path original = folder.resolve("large");
        byte[] block = new byte[1 << 20];
        Random random = new Random(6);
        try (OutputStream out = Files.newOutputStream(original)) {
            for (int i = 0; i < megabytes; i++) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        return original;
    }

    @Test
    void bothVirtualAddressesAnswerPingAndSpreadRequestsOverTheirRealservers() throws Exception {
        assertThat(network.client.run("ping", "-c", "3", "-i", "0.2", "-W", "2", "2001:db8:96::204"))
                .contains(" 0% packet loss");
        for (int i = 0; i < 3; i++) {
            assertThat(get(SAME_FAMILY)).startsWith("2001:db8:229::1 ").contains(" 2001:db8:229::204:");
            assertThat(get(SAME_FAMILY)).startsWith("2001:db8:229::2 ").contains(" 2001:db8:229::204:");
            assertThat(get(OTHER_FAMILY)).startsWith("192.168.229.1 ").contains(" 192.168.229.204:");
            assertThat(get(OTHER_FAMILY)).startsWith("192.168.229.2 ").contains(" 192.168.229.204:");
        }
        assertThat(ask("sessions"))
                .contains("\"client\":\"[2001:db8:172::1]:")
                .contains("\"local\":\"[2001:db8:229::204]:")
                .contains("\"local\":\"192.168.229.204:");
        assertThat(ask("neighbours")).contains("\"address\":\"2001:db8:229::1\"");
    }

    @Test
    void largeFilesArriveAsTheyWereOverBothFamilies() throws Exception {
        Path original = file(10);
        for (String url : List.of(SAME_FAMILY, OTHER_FAMILY)) {
            Path received = folder.resolve("received");
            network.client.run("curl", "-gsS", "--max-time", "50", "-o", received.toString(), url + "/large");
            assertThat(Files.mismatch(original, received)).as(url).isEqualTo(-1);
        }
    }

    @Test
    void largeFilesAreSentAsTheyAreOverBothFamilies() throws Exception {
        Path original = file(10);
        for (String url : List.of(SAME_FAMILY, OTHER_FAMILY)) {
            String name = "/up/" + url.length();
            network.client.run("curl", "-gsS", "--max-time", "50", "-T", original.toString(), url + name);
            Path stored = folder.resolve(name.substring(1));
            assertThat(Files.mismatch(original, stored)).as(url).isEqualTo(-1);
        }
    }

    @Test
    void onTheWireTheRealserversSeeTheIpv6ClientInAnOption() throws Exception {
        try (Capture onLan = new Capture(network.lan, "director", folder.resolve("lan.pcap"));
                Capture onWan = new Capture(network.gateway, "wan", folder.resolve("wan.pcap"))) {
            network.client.run("curl", "-gsS", "--max-time", "60", "--local-port", "40000", SAME_FAMILY + "/");
            network.client.run("curl", "-gsS", "--max-time", "60", "--local-port", "40001", OTHER_FAMILY + "/");
            director.await(
                    "the end of both connections in the captures",
                    () -> onWan.lines("ip6 and ip6[6] = 6 and ip6[53] & 1 != 0").size() >= 4);

            // Kind 254, length 20, port 40000 or 40001, 2001:db8:172::1.
            String address = " 2001 0db8 0172 0000 0000 0000 0000 0001";
            List<String> six = onLan.lines("ip6 and src host 2001:db8:229::204 and src portrange 1025-65535");
            List<String> four = onLan.lines("src host 192.168.229.204 and src portrange 1025-65535");
            assertThat(six)
                    .anyMatch(line -> bytes(line).contains("fe14 9c40" + address) && line.contains("GET / HTTP/1.1"));
            assertThat(four)
                    .anyMatch(line -> bytes(line).contains("fe14 9c41" + address) && line.contains("GET / HTTP/1.1"));
            assertThat(onLan.lines("tcp or ip6")).noneMatch(line -> line.contains("incorrect"));
            assertThat(onWan.lines("tcp or ip6")).noneMatch(line -> line.contains("incorrect"));
            assertThat(onWan.lines("ip6 and ip6[6] = 6 and ip6[53] = 18"))
                    .hasSize(2)
                    .anyMatch(line -> line.contains("mss 1420"))
                    .anyMatch(line -> line.contains("mss 1440"));
        }
    }

    /** Without the offsets that tcpdump writes before every 16 bytes. */
    private static String bytes(String line) {
        return line.replaceAll("\\s+0x[0-9a-f]{4}:\\s+", " ");
    }

    @Test
    void aSmallerLinkBehindTheDirectorIsFoundByPathMtuDiscovery() throws Exception {
        Path original = file(1);
        network.gateway.run("ip", "link", "set", "dev", "inside", "mtu", "1300");
        network.client.run("ip", "link", "set", "dev", "eth0", "mtu", "1500");
        for (String url : List.of(SAME_FAMILY, OTHER_FAMILY)) {
            Path received = folder.resolve("received");
            network.client.run("curl", "-gsS", "--max-time", "50", "-o", received.toString(), url + "/large");
            assertThat(Files.mismatch(original, received)).as(url).isEqualTo(-1);
        }
        director.await("errors to be translated", () -> ask("counters").matches(".*\"forwarded_icmp_error\":[2-9].*"));
    }
}
