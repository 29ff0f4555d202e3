package io.twoarm.toa;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.lab.LabHost;
import io.twoarm.lab.LabOptions;
import io.twoarm.lab.LocalLab;
import io.twoarm.lab.RunningLab;
import io.twoarm.model.project.ProjectReader;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernel's TCP on both sides: one host sends options as a director does, the other's servers read the client. */
@Tag("lab")
class ClientAddressTest {
    private static final String TOPOLOGY = """
            twoarm: 1
            name: toa
            segments:
              lan: { subnets: [10.9.7.0/24, "fd00:9:7::/64"] }
            hosts:
              sender:
                role: client
                ports:
                  eth0: { segment: lan, addresses: [10.9.7.1/24, "fd00:9:7::1/64"] }
              rs:
                role: realserver
                ports:
                  eth0: { segment: lan, addresses: [10.9.7.2/24, "fd00:9:7::2/64"] }
            """;

    private static final String IPV4 = "10.9.7.2 8004";
    private static final String IPV6 = "fd00:9:7::2 8006";
    private static final String DUAL_STACK = "10.9.7.2 8006";

    @TempDir
    static Path directory;

    private static RunningLab lab;
    private static LabHost sender;
    private static LabHost realserver;

    @BeforeAll
    static void startLab() throws Exception {
        lab = new LocalLab()
                .start(
                        ProjectReader.readText(TOPOLOGY, Path.of("topology.yaml"))
                                .topology()
                                .orElseThrow(),
                        LabOptions.ownedLab("t-toa-" + ProcessHandle.current().pid()),
                        _ -> {});
        sender = lab.host("sender").orElseThrow();
        realserver = lab.host("rs").orElseThrow();
        put(sender, "/root/client.pl", resource("client.pl"));
        put(realserver, "/root/server.pl", resource("server.pl"));
        put(realserver, "/usr/local/sbin/twoarm-toa", RealserverToa.loader().getBytes(StandardCharsets.UTF_8));
        on(realserver, "systemd-run --quiet --unit four perl /root/server.pl 0.0.0.0 8004");
        on(realserver, "systemd-run --quiet --unit six perl /root/server.pl :: 8006");
        Path director = directory.resolve("director.bpf.o");
        Outcome compiled = Outcome.of("bash", "-euc", """
                clang-14 -O2 -g -target bpf -I/usr/include/$(gcc -print-multiarch) -c src/test/bpf/director.bpf.c -o "$0"
                """, director.toString());
        assertThat(compiled.status())
                .as("the compiler comes with: sudo tools/install-packages --test; it said: %s", compiled.text())
                .isZero();
        put(sender, "/root/director.bpf.o", Files.readAllBytes(director));
        on(sender, """
                set -e
                mkdir /run/pins
                mount -t bpf bpf /run/pins
                bpftool prog loadall /root/director.bpf.o /run/pins/programs pinmaps /run/pins/maps
                bpftool cgroup attach /sys/fs/cgroup sock_ops pinned /run/pins/programs/director multi
                """);
        on(
                realserver,
                "for port in 8004 8006; do while ! ss -Hltn sport = :$port | grep -q .; do sleep 0.05; done; done");
    }

    @AfterAll
    static void stopLab() {
        if (lab != null) {
            lab.stop();
        }
    }

    @BeforeEach
    void trustTheSender() throws Exception {
        load("trust 10.9.7.1\ntrust fd00:9:7::1/128\n");
    }

    @ParameterizedTest
    @CsvSource({"254, 172.16.0.1", "253, 172.16.0.1", "254, 2001:db8::77", "253, 2001:db8::77"})
    void everyKindAndLengthOfTheOptionNamesTheClient(int kind, String client) throws Exception {
        send(kind, client, 40001, false);
        boolean ipv4 = !client.contains(":");
        String mapped = ipv4 ? "::ffff:" + client : client;
        if (ipv4) {
            assertThat(ask(IPV4)).isEqualTo("172.16.0.1 40001 | 172.16.0.1 40001 | none\n");
        } else {
            // An IPv4 socket has no room for the address; the program asks by the socket option.
            assertThat(ask(IPV4)).startsWith("10.9.7.1 ").endsWith(" | 2001:db8::77 40001\n");
        }
        String answer = mapped + " 40001 | " + mapped + " 40001 | " + (ipv4 ? "none" : "2001:db8::77 40001") + "\n";
        assertThat(ask(DUAL_STACK)).isEqualTo(answer);
        assertThat(ask(IPV6)).isEqualTo(answer);
    }

    @Test
    void anOptionThatComesWithTheDataOnlyIsSeenByGetpeername() throws Exception {
        send(254, "172.16.0.1", 40002, true);
        assertThat(ask(IPV4)).startsWith("10.9.7.1 ").endsWith("| 172.16.0.1 40002 | none\n");
        assertThat(counter("later")).isPositive();
    }

    @Test
    void aSenderThatIsNotTrustedCannotForgeAClient() throws Exception {
        load("trust 10.9.7.128/25\ntrust fd00:9:7::2:0/112\n");
        long before = counter("untrusted");
        send(254, "172.16.0.1", 40003, false);
        assertThat(ask(IPV4)).startsWith("10.9.7.1 ").contains("| 10.9.7.1 ");
        assertThat(ask(IPV6)).startsWith("fd00:9:7::1 ").contains("| fd00:9:7::1 ");
        assertThat(counter("untrusted")).isEqualTo(before + 2);
    }

    @Test
    void aConnectionWithoutTheOptionKeepsItsSender() throws Exception {
        send(0, "0.0.0.0", 0, false);
        assertThat(ask(IPV4)).startsWith("10.9.7.1 ").contains("| 10.9.7.1 ");
        assertThat(ask(DUAL_STACK)).startsWith("::ffff:10.9.7.1 ");
    }

    @Test
    void loadingAgainKeepsTheProgramsAndTakesOverWhomToTrust() throws Exception {
        String programs = on(realserver, "bpftool cgroup show /sys/fs/cgroup | awk '{ print $1, $2 }'");
        load("trust 192.0.2.0/24\ntrust 2001:db8::/32\n");
        assertThat(on(realserver, "twoarm-toa status | grep ^trust"))
                .isEqualTo("trust 192.0.2.0/24\ntrust 2001:0db8:0000:0000:0000:0000:0000:0000/32\n");
        assertThat(on(realserver, "bpftool cgroup show /sys/fs/cgroup | awk '{ print $1, $2 }'"))
                .isEqualTo(programs);
    }

    @Test
    void unloadingLeavesNothingBehind() throws Exception {
        on(realserver, "twoarm-toa unload");
        assertThat(on(realserver, "bpftool cgroup show /sys/fs/cgroup | grep -c toa_ || :"))
                .isEqualTo("0\n");
        assertThat(on(realserver, "ls -d /run/twoarm-toa* 2>/dev/null || echo none"))
                .isEqualTo("none\n");
        assertThat(on(realserver, "twoarm-toa status || echo status $?")).isEqualTo("not loaded\nstatus 1\n");
        send(254, "172.16.0.1", 40004, false);
        assertThat(ask(IPV4)).startsWith("10.9.7.1 ");
    }

    /** As on Enterprise Linux 8. */
    @Test
    void whereNoHierarchyIsMountedTheLoaderMountsOneOfItsOwn() throws Exception {
        on(realserver, "twoarm-toa unload");
        assertThat(on(realserver, """
                unshare --mount sh -ec '
                    umount --recursive --lazy /sys/fs/cgroup
                    twoarm-toa load /root/toa.conf
                    twoarm-toa status | head -n 1
                    bpftool cgroup show /run/twoarm-toa/cgroup | grep -c toa_
                    twoarm-toa unload
                    grep -c cgroup2 /proc/self/mountinfo || :
                '
                """)).isEqualTo("loaded at /run/twoarm-toa/cgroup\n4\n0\n");
    }

    @Test
    void nginxSeesTheClient() throws Exception {
        put(realserver, "/root/nginx.conf", """
                pid /run/toa-nginx.pid;
                events {}
                http {
                    access_log off;
                    server { listen 8080; return 200 "$remote_addr $remote_port\\n"; }
                }
                """.getBytes(StandardCharsets.UTF_8));
        on(
                realserver,
                "systemd-run --quiet --unit web nginx -g 'daemon off;' -e stderr -c /root/nginx.conf && "
                        + "while ! ss -Hltn sport = :8080 | grep -q .; do sleep 0.05; done");
        send(254, "172.16.0.9", 40005, false);
        assertThat(on(sender, "curl -sS --max-time 60 http://10.9.7.2:8080/")).isEqualTo("172.16.0.9 40005\n");
    }

    private static void load(String configuration) throws Exception {
        put(realserver, "/root/toa.conf", configuration.getBytes(StandardCharsets.UTF_8));
        on(realserver, "twoarm-toa load /root/toa.conf");
    }

    private static long counter(String name) throws Exception {
        return Long.parseLong(on(realserver, "twoarm-toa status | awk '$1 == \"" + name + "\" { print $2 }'")
                .strip());
    }

    private static String ask(String server) throws Exception {
        return on(sender, "timeout 10 perl /root/client.pl " + server);
    }

    /** Lengths and flags as the processor writes them, the option as on the wire. */
    private static void send(int kind, String client, int port, boolean dataOnly) throws Exception {
        byte[] address = InetAddress.ofLiteral(client).getAddress();
        int length = kind == 0 ? 0 : 4 + address.length;
        ByteBuffer order = ByteBuffer.allocate(28).order(java.nio.ByteOrder.nativeOrder());
        order.putInt(length).putInt(dataOnly ? 1 : 0);
        order.order(java.nio.ByteOrder.BIG_ENDIAN)
                .put((byte) kind)
                .put((byte) length)
                .putShort((short) port)
                .put(address);
        on(
                sender,
                "bpftool map update pinned /run/pins/maps/director_order key hex 00 00 00 00 value hex "
                        + HexFormat.ofDelimiter(" ").formatHex(order.array()));
    }

    private static byte[] resource(String name) throws Exception {
        try (InputStream stream = ClientAddressTest.class.getResourceAsStream(name)) {
            return stream.readAllBytes();
        }
    }

    private static void put(LabHost host, String path, byte[] content) throws Exception {
        Outcome outcome = ssh(host, content, "cat >" + path + " && chmod 755 " + path);
        assertThat(outcome.status()).as(outcome.text()).isZero();
    }

    /** What the command printed; it has to succeed. */
    private static String on(LabHost host, String command) throws Exception {
        Outcome outcome = ssh(host, new byte[0], command);
        assertThat(outcome.status())
                .as("%s: %s: %s", host.name(), command, outcome.text())
                .isZero();
        return outcome.text();
    }

    private static Outcome ssh(LabHost host, byte[] input, String command) throws Exception {
        return Outcome.fed(
                input,
                "ssh",
                "-F",
                "none",
                "-o",
                "BatchMode=yes",
                "-o",
                "LogLevel=ERROR",
                "-o",
                "UserKnownHostsFile=" + host.knownHosts(),
                "-i",
                host.identity().toString(),
                "-p",
                "" + host.sshPort(),
                host.user() + "@" + host.address(),
                command);
    }
}
