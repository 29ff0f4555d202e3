package io.twoarm.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated files doing their work on a real kernel, inside namespaces. */
@Tag("lab")
class HostFilesLabTest {
    @TempDir
    Path root;

    @Test
    void thePortsScriptKeepsTheKernelOffThePortsAndGivesThemBack() throws IOException {
        Tool.require("/usr/sbin/nft", "nftables");
        Tool.require("/usr/sbin/ethtool", "ethtool");
        StagedHost director = staged("director");

        Tool.Result result =
                NamespaceScript.run("""
                unshare --net sleep 60 & peer=$!
                until [ "$(readlink /proc/$peer/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do :; done
                for port in dpdk0 dpdk2; do
                    ip link add name $port type veth peer name peer-$port netns $peer
                done
                ip addr add 192.0.2.1/24 dev dpdk0
                ip link set dev dpdk0 up
                nsenter -t $peer -n ip addr add 192.0.2.2/24 dev peer-dpdk0
                nsenter -t $peer -n ip link set dev peer-dpdk0 up
                answers() { nsenter -t $peer -n ping -q -c 1 -W 1 192.0.2.1 >/dev/null && echo answers || echo silent; }
                offload() { ethtool -k dpdk0 | sed -n 's/^tcp-segmentation-offload: /tso /p'; }
                report() { echo "$1: kernel $(answers), $(offload), ipv6 off $(cat /proc/sys/net/ipv6/conf/dpdk0/disable_ipv6)"; }

                report before
                sh "$1" start >/dev/null
                report started
                sh "$1" start >/dev/null
                report again
                sh "$1" stop >/dev/null
                report stopped
                nft list tables
                """, director.path("/etc/twoarm/ports").toString());

        assertThat(result.output()).isEqualTo("""
                before: kernel answers, tso on, ipv6 off 0
                started: kernel silent, tso off, ipv6 off 1
                again: kernel silent, tso off, ipv6 off 1
                stopped: kernel answers, tso on, ipv6 off 0
                """);
        assertThat(result.status()).isZero();
    }

    @Test
    void thePortsScriptNamesAnInterfaceThatIsMissing() throws IOException {
        StagedHost director = staged("director");

        Tool.Result result = NamespaceScript.run(
                "sh \"$1\" start", director.path("/etc/twoarm/ports").toString());

        assertThat(result.status()).isNotZero();
        assertThat(result.output()).contains("interface dpdk0 does not exist; this host has: lo");
    }

    @Test
    void nftAcceptsTheRulesWhereTheInterfacesExist() throws IOException {
        Tool.require("/usr/sbin/nft", "nftables");
        StagedHost director = staged("director");

        Tool.Result result =
                NamespaceScript.run("""
                ip link add name dpdk0 type veth peer name dpdk2
                nft --check --file "$1"
                """, director.path("/etc/twoarm/ports.nft").toString());

        assertThat(result).isEqualTo(new Tool.Result(0, ""));
    }

    @Test
    void theRoutesUnitSetsItsRoutesAndRemovesExactlyThem() throws IOException {
        StagedHost client = staged("client");
        List<String> unit = Files.readAllLines(client.path("/etc/systemd/system/twoarm-routes.service"));
        Path start = root.resolve("start");
        Path stop = root.resolve("stop");
        Files.write(start, commands(unit, "ExecStart="));
        Files.write(stop, commands(unit, "ExecStop="));

        Tool.Result result = NamespaceScript.run("""
                ip link add name eth0 type veth peer name other
                ip addr add 172.16.0.1/24 dev eth0
                ip link set dev other up
                ip link set dev eth0 up
                ip route add 198.51.100.0/24 via 172.16.0.9
                ip route add 203.0.113.0/24 via 172.16.0.9 proto 76
                sh -e "$1"
                sh -e "$1"
                ip -4 route show proto 76
                echo stopped
                sh -e "$2"
                ip -4 route show
                """, start.toString(), stop.toString());

        assertThat(result.output().lines().map(String::strip))
                .containsExactly(
                        "default via 172.16.0.254 dev eth0",
                        "stopped",
                        "172.16.0.0/24 dev eth0 proto kernel scope link src 172.16.0.1",
                        "198.51.100.0/24 via 172.16.0.9 dev eth0");
    }

    @Test
    void theRouterForwardsOnceItsSettingsAreApplied() throws IOException {
        StagedHost gateway = staged("gateway");

        Tool.Result result = NamespaceScript.run(
                """
                echo 0 >/proc/sys/net/ipv4/ip_forward
                sysctl -p "$1"
                cat /proc/sys/net/ipv4/ip_forward
                """, gateway.path("/etc/sysctl.d/60-twoarm.conf").toString());

        assertThat(result).isEqualTo(new Tool.Result(0, "net.ipv4.ip_forward = 1\n1\n"));
    }

    @Test
    void theEchoServerAnswersBesideDebiansDefaultSite() throws IOException {
        Tool.require("/usr/sbin/nginx", "nginx");
        Tool.require("/usr/bin/curl", "curl");
        StagedHost realserver = staged("rs1");
        Path conf = root.resolve("nginx.conf");
        Files.writeString(
                conf, """
                pid %1$s/nginx.pid;
                error_log stderr crit;
                events {}
                http {
                    access_log off;
                    include %2$s;
                    include %3$s;
                }
                """.formatted(root, realserver.path("/etc/nginx/conf.d/twoarm-echo.conf"), debianDefaultSite()));

        Tool.Result result = NamespaceScript.run("""
                ip link set dev lo up
                nginx -c "$1"
                curl -sS --local-port 40001 http://127.0.0.1/
                curl -sS --local-port 40002 -H 'Host: 10.0.96.204' http://127.0.0.1/any/path
                curl -sS --local-port 40003 -0 -H 'Host:' http://127.0.0.1/
                curl -sS -o /dev/null -w '%{http_code}\\n' http://127.0.0.1/files/none
                """, conf.toString());

        assertThat(result.output()).isEqualTo("127.0.0.1:40001\n127.0.0.1:40002\n127.0.0.1:40003\n404\n");
    }

    /** A site like the one that Debian enables: the default server of port 80. */
    private Path debianDefaultSite() throws IOException {
        Path site = root.resolve("default");
        Files.writeString(site, """
                server {
                    listen 80 default_server;
                    listen [::]:80 default_server;
                    root /var/www/html;
                    server_name _;
                }
                """);
        return site;
    }

    private static List<String> commands(List<String> unit, String key) {
        return unit.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()))
                .map(command -> command.startsWith("-") ? command.substring(1) + " || true" : command)
                .toList();
    }

    private StagedHost staged(String name) throws IOException {
        return StagedHost.of(Topologies.artifacts(Topologies.twoArm(), name), root.resolve(name));
    }
}
