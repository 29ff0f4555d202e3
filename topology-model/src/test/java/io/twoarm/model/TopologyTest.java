package io.twoarm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.model.project.ProjectReader;
import io.twoarm.templates.StarterTopologies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopologyTest {
    private final Topology starter = ProjectReader.readText(
                    StarterTopologies.named("two-arm-fullnat").orElseThrow().topology(), Path.of("topology.yaml"))
            .topology()
            .orElseThrow();

    @Test
    void thingsAreFoundByNameAndByAddress() {
        Host.Director director = starter.director("director").orElseThrow();

        assertThat(starter.director("gateway")).isEmpty();
        assertThat(starter.directors()).containsExactly(director);
        assertThat(starter.clients()).extracting(Host::name).containsExactly("client");
        assertThat(starter.routers()).extracting(Host::name).containsExactly("gateway");
        assertThat(starter.realservers()).extracting(Host::name).containsExactly("rs1", "rs2");
        assertThat(starter.servicesOf(director))
                .extracting(VirtualService::name)
                .containsExactly("web");
        assertThat(starter.localAddressPoolsOf(director))
                .extracting(LocalAddressPool::name)
                .containsExactly("lan-lips");
        assertThat(starter.realserverPool("web").orElseThrow().members()).hasSize(2);
        assertThat(starter.localAddressPool("web")).isEmpty();
        assertThat(starter.portsOn(starter.segment("lan").orElseThrow()))
                .extracting(found -> found.host().name() + " " + found.port().name())
                .containsExactly("director dpdk0", "rs1 eth0", "rs2 eth0");
        assertThat(starter.portWithAddress(IpLiteral.parse("192.168.229.2")))
                .hasValueSatisfying(found -> assertThat(found.host().name()).isEqualTo("rs2"));
        assertThat(starter.portWithAddress(IpLiteral.parse("10.0.96.204"))).isEmpty();
    }

    @Test
    void onLinkAreTheSubnetsOfAPortsAddressesAndForADataplanePortThoseOfItsSegment() {
        Host director = starter.host("director").orElseThrow();
        Host gateway = starter.host("gateway").orElseThrow();

        assertThat(starter.onLink(director, director.port("dpdk2").orElseThrow()))
                .containsExactly(Prefix.parse("10.0.96.0/24"));
        assertThat(starter.onLink(gateway, gateway.port("eth0").orElseThrow()))
                .containsExactly(Prefix.parse("172.16.0.0/24"));
        assertThat(starter.onLink(director, new Port("x", "nowhere", List.of(), new Attachment.AfPacket("x"))))
                .isEmpty();
    }

    @Test
    void theRouteTableTakesTheLongestPrefixAndTheConnectedOneFirst() {
        Host host = new Host.Router(
                "r",
                List.of(
                        port("eth0", "10.0.0.1/8"),
                        port("eth1", "10.1.0.1/16"),
                        new Port("eth2", "s", List.of(InterfaceAddress.parse("fe80::2/64")), new Attachment.Kernel())),
                List.of(
                        route("10.1.0.0/16", "10.0.0.9", null),
                        route("0.0.0.0/0", "10.0.0.254", null),
                        route("192.0.2.0/24", "10.1.0.254", "eth1"),
                        route("192.0.2.0/25", "172.16.0.1", null),
                        route("198.51.100.0/24", null, "eth1"),
                        route("::/0", "fe80::1", "eth2")),
                Optional.empty());
        RouteTable table = RouteTable.of(starter, host);

        assertThat(table.lookup(IpLiteral.parse("10.1.2.3"))).contains(hop(host, "eth1", null));
        assertThat(table.lookup(IpLiteral.parse("10.2.2.3"))).contains(hop(host, "eth0", null));
        assertThat(table.lookup(IpLiteral.parse("8.8.8.8"))).contains(hop(host, "eth0", "10.0.0.254"));
        assertThat(table.lookup(IpLiteral.parse("192.0.2.1"))).contains(hop(host, "eth1", "10.1.0.254"));
        assertThat(table.lookup(IpLiteral.parse("198.51.100.1"))).contains(hop(host, "eth1", null));
        assertThat(table.lookup(IpLiteral.parse("2001:db8::1"))).contains(hop(host, "eth2", "fe80::1"));
        assertThat(RouteTable.of(starter, starter.host("rs1").orElseThrow()).lookup(IpLiteral.parse("8.8.8.8")))
                .isEmpty();
    }

    @Test
    void whatCanNeverBeRightIsRefused() {
        assertThatThrownBy(() -> Name.check("a b")).isInstanceOf(InvalidLiteralException.class);
        assertThatThrownBy(() -> Name.check("-a")).isInstanceOf(InvalidLiteralException.class);
        assertThatThrownBy(() -> Name.check("x".repeat(64))).isInstanceOf(InvalidLiteralException.class);
        assertThatThrownBy(() -> new Route(Prefix.parse("10.0.0.0/8"), Optional.empty(), Optional.empty()))
                .hasMessageContaining("leads nowhere");
        assertThatThrownBy(() -> new Attachment.Pci("3b:00.0")).hasMessageContaining("not a PCI address");
        assertThatThrownBy(() -> new DataplaneSettings(0, 512, false)).hasMessageContaining("1 to 63");
        assertThatThrownBy(() -> new SshAccess("-oProxyCommand=x", 22, "root"))
                .isInstanceOf(InvalidLiteralException.class);
        assertThatThrownBy(() -> new SshAccess("host", 22, "-l")).isInstanceOf(InvalidLiteralException.class);
        assertThatThrownBy(() -> new SshAccess("host", 0, "root")).hasMessageContaining("1 to 65535");
        assertThatThrownBy(() -> new Segment("s", List.of()).withMtu(67)).hasMessageContaining("68 to 65535");
        assertThatThrownBy(() -> new HealthCheck.TcpConnect(Duration.ZERO, Duration.ofSeconds(1), 0, Duration.ZERO))
                .hasMessageContaining("interval");
        assertThatThrownBy(() -> new HealthCheck.TcpConnect(
                        Duration.ofSeconds(1), Duration.ofNanos(1_500_000), 0, Duration.ZERO))
                .hasMessageContaining("connectTimeout");
        assertThatThrownBy(() -> new RealserverPool.Member("rs", IpLiteral.parse("10.0.0.1"), 80, 65536))
                .hasMessageContaining("weight");
        assertThatThrownBy(() -> new Host.Client(
                        "c",
                        List.of(port("eth0", "10.0.0.1/8"), port("eth0", "10.0.0.2/8")),
                        List.of(),
                        Optional.empty()))
                .hasMessageContaining("two ports called eth0");
    }

    @Test
    void namesAreUniqueWithinTheirListAndTextsHoldNoControlCharacters() {
        assertThatThrownBy(() -> topology("t", "", List.of(new Segment("s", List.of()), new Segment("s", List.of()))))
                .hasMessageContaining("segments has two entries called s");
        assertThatThrownBy(() -> topology("two\nlines", "", List.of())).hasMessageContaining("U+000A");
        assertThatThrownBy(() -> topology("t", "bell \u0007", List.of())).hasMessageContaining("U+0007");
        assertThatThrownBy(() -> topology("half \uD83D", "", List.of())).hasMessageContaining("U+D83D");
        assertThat(topology("t", "line\n\tindented \uD83D\uDE00\n", List.of()).description())
                .hasLineCount(2);
    }

    @Test
    void theNearestWordIsGuessedWithinReason() {
        List<String> words = List.of("segment", "attach", "addresses");

        assertThat(NearestWord.to("segmnet", words)).contains("segment");
        assertThat(NearestWord.to("Adresses", words)).contains("addresses");
        assertThat(NearestWord.to("vlan", words)).isEmpty();
        assertThat(NearestWord.to("", words)).isEmpty();
        assertThat(NearestWord.to("x", List.of())).isEmpty();
    }

    @Test
    void anObjectPathIsReadAsItIsWritten() {
        ObjectPath path =
                ObjectPath.of("hosts", "rs1", "ports", "eth0.100", "addresses").index(2);

        assertThat(path).hasToString("hosts.rs1.ports.\"eth0.100\".addresses[2]");
        assertThat(ObjectPath.parse(path.toString())).isEqualTo(path);
        assertThat(ObjectPath.parse("")).isEqualTo(ObjectPath.ROOT);
        assertThat(ObjectPath.parse(ObjectPath.of("a \"b\" \\c", "").toString()))
                .isEqualTo(ObjectPath.of("a \"b\" \\c", ""));
        assertThat(path.isWithin(ObjectPath.of("hosts", "rs1"))).isTrue();
        assertThat(path.isWithin(ObjectPath.of("hosts", "rs"))).isFalse();
        assertThatThrownBy(() -> ObjectPath.parse("hosts..rs1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ObjectPath.parse("hosts.rs1[")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ObjectPath.parse(".hosts")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Topology topology(String title, String description, List<Segment> segments) {
        return new Topology("t", title, description, segments, List.of(), List.of(), List.of(), List.of());
    }

    private static Port port(String name, String address) {
        return new Port(name, "lan", List.of(InterfaceAddress.parse(address)), new Attachment.Kernel());
    }

    private static Route route(String destination, String via, String port) {
        return new Route(
                Prefix.parse(destination), Optional.ofNullable(via).map(IpLiteral::parse), Optional.ofNullable(port));
    }

    private static RouteTable.NextHop hop(Host host, String port, String gateway) {
        return new RouteTable.NextHop(
                host.port(port).orElseThrow(), Optional.ofNullable(gateway).map(IpLiteral::parse));
    }
}
