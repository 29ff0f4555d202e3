package io.twoarm.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class KernelHostArtifactsTest {
    private static final String ROUTES = "/etc/systemd/system/twoarm-routes.service";

    /** The starter with a second router behind which the realservers live. */
    private static final String ROUTED = Topologies.twoArmText()
            .replace("  lan: {", "  racks: { subnets: [10.1.0.0/16] }\n  lan: {")
            .replace(
                    "  director:\n    role: director",
                    "  inner:\n"
                            + "    role: router\n"
                            + "    ports:\n"
                            + "      eth0: { segment: lan, addresses: [192.168.229.254/24] }\n"
                            + "      eth1: { segment: racks, addresses: [10.1.0.254/16] }\n"
                            + "  director:\n    role: director")
            .replace(
                    "eth0: { segment: lan, addresses: [192.168.229.1/24] }",
                    "eth0: { segment: racks, addresses: [10.1.0.1/16] }")
            .replace(
                    "eth0: { segment: lan, addresses: [192.168.229.2/24] }",
                    "eth0: { segment: racks, addresses: [10.1.0.2/16] }")
            .replace("address: 192.168.229.1,", "address: 10.1.0.1,")
            .replace("address: 192.168.229.2,", "address: 10.1.0.2,")
            .replace(
                    "      - { to: default, via: 10.0.96.254, port: dpdk2 }",
                    "      - { to: default, via: 10.0.96.254, port: dpdk2 }\n"
                            + "      - { to: 10.1.0.0/16, via: 192.168.229.254, port: dpdk0 }");

    @Test
    void aRealserverOnTheWireOfTheLocalAddressNeedsNoRoute() {
        assertThat(routes(Topologies.twoArmText(), "rs1"))
                .contains(
                        "# LIP 192.168.229.204 (pool lan-lips of director) is on-link at eth0: answers need no route.")
                .doesNotContain("route replace");
    }

    @Test
    void aRealserverBehindARouterGetsARouteToTheLocalAddresses() {
        assertThat(routes(ROUTED, "rs1"))
                .contains(
                        "# LIP 192.168.229.204 (pool lan-lips of director) is not on-link: answers to it go through"
                                + " 10.1.0.254 (inner).",
                        "ExecStart=/usr/sbin/ip -4 route replace 192.168.229.0/24 via 10.1.0.254 proto 76\n");
    }

    @Test
    void aRouteOfTheDesignThatCoversTheLocalAddressesIsEnough() {
        String yaml = ROUTED.replace(
                "eth0: { segment: racks, addresses: [10.1.0.1/16] }",
                "eth0: { segment: racks, addresses: [10.1.0.1/16] }\n    routes:\n      - { to: default, via: 10.1.0.254 }");

        assertThat(routes(yaml, "rs1"))
                .contains(
                        "# LIP 192.168.229.204 (pool lan-lips of director) is reached by the route to default below.",
                        "ExecStart=/usr/sbin/ip -4 route replace default via 10.1.0.254 proto 76\n")
                .doesNotContain("192.168.229.0/24");
    }

    @Test
    void aRealserverWithoutAnyWayToTheLocalAddressIsRefused() {
        String yaml = ROUTED.replace("eth1: { segment: racks,", "eth1: { segment: outside,");

        assertThatThrownBy(() -> ArtifactGenerator.generate(Topologies.read(yaml)))
                .isInstanceOf(GenerationException.class)
                .hasMessageStartingWith("hosts.rs1.routes: no route leads to the LIP 192.168.229.204");
    }

    @Test
    void anEchoServerListensOnEveryEchoPort() {
        HostArtifacts realserver = Topologies.artifacts(
                Topologies.read(Topologies.twoArmText().replace("echo: [80]", "echo: [80, 8443]")), "rs1");

        assertThat(Topologies.content(realserver, EchoServer.CONF)).contains("    listen 80;\n    listen 8443;\n");
        assertThat(realserver.packages()).containsExactlyInAnyOrder("iproute2", "bpftool", "nginx");
        assertThat(realserver.services().getLast().reload()).isTrue();
    }

    @Test
    void aRealserverWithItsOwnApplicationGetsNoWebServer() {
        HostArtifacts realserver =
                Topologies.artifacts(Topologies.read(Topologies.twoArmText().replace("    echo: [80]\n", "")), "rs1");

        assertThat(realserver.files())
                .extracting(HostFile::path)
                .contains(ROUTES)
                .doesNotContain(EchoServer.CONF);
        assertThat(realserver.packages()).doesNotContain("nginx");
    }

    @Test
    void aRealserverBelievesTheLocalAddressesOfServicesThatNameTheirClientsByToa() {
        String yaml = Topologies.twoArmText().replace("[192.168.229.204]", "[192.168.229.204, 192.168.229.205]");

        HostArtifacts realserver = Topologies.artifacts(Topologies.read(yaml), "rs1");

        assertThat(Topologies.content(realserver, ClientsBehindDirector.CONF).lines())
                .contains("trust 192.168.229.204", "trust 192.168.229.205");
        assertThat(realserver.services())
                .extracting(HostService::unit)
                .containsSubsequence(ClientsBehindDirector.UNIT, "nginx.service");
    }

    @Test
    void withoutBpfARealserverGetsAModuleThatBelievesTheSameAddresses() {
        String yaml = Topologies.twoArmText().replace("[192.168.229.204]", "[192.168.229.204, 192.168.229.205]");
        HostArtifacts byBpf = Topologies.artifacts(Topologies.read(yaml), "rs1");

        HostArtifacts byModule = byBpf.withoutBpf().orElseThrow();

        assertThat(Topologies.content(byModule, ClientsBehindDirector.MODULE_CONF)
                        .lines())
                .contains("options twoarm_toa trusted=192.168.229.204,192.168.229.205");
        assertThat(Topologies.content(byModule, ClientsBehindDirector.MODULE_AT_BOOT)
                        .lines())
                .contains("twoarm_toa");
        assertThat(byModule.files())
                .extracting(HostFile::path)
                .contains("/usr/src/twoarm-toa-1/dkms.conf", ClientsBehindDirector.MODULE_LOADER, EchoServer.CONF)
                .doesNotContain(ClientsBehindDirector.LOADER, ClientsBehindDirector.CONF);
        assertThat(byModule.packages())
                .containsAll(List.of("dkms", "gcc", "iproute2", "linux-headers-amd64", "make", "nginx"))
                .doesNotContain("bpftool");
        assertThat(byModule.services())
                .extracting(HostService::unit)
                .containsSubsequence(ClientsBehindDirector.MODULE_UNIT, "nginx.service")
                .doesNotContain(ClientsBehindDirector.UNIT);
        HostService service = byModule.services().stream()
                .filter(unit -> unit.unit().equals(ClientsBehindDirector.MODULE_UNIT))
                .findFirst()
                .orElseThrow();
        assertThat(service.isReloadEnough(List.of(ClientsBehindDirector.MODULE_CONF)))
                .as("new addresses are taken over without a pause")
                .isTrue();
        assertThat(service.isReloadEnough(List.of("/usr/src/twoarm-toa-1/toa.c")))
                .isFalse();
        assertThat(byModule.validations())
                .as("it is compiled before anything is changed")
                .anyMatch(check ->
                        check.command().contains("probe") && check.command().contains("{/usr/src/twoarm-toa-1/toa.c}"));
    }

    @Test
    void aRealserverWhoseServicesNameNoClientsGetsNoLoader() {
        HostArtifacts realserver = Topologies.artifacts(
                Topologies.read(Topologies.twoArmText().replace("clientAddress: toa", "clientAddress: none")), "rs1");

        assertThat(realserver.files()).extracting(HostFile::path).containsExactly(ROUTES, EchoServer.CONF);
        assertThat(realserver.packages()).doesNotContain("bpftool");
    }

    @Test
    void aRouterWithIpv6AddressesForwardsIpv6Too() {
        String yaml = Topologies.twoArmText()
                .replace("addresses: [10.0.96.254/24]", "addresses: [10.0.96.254/24, 'fd00:96::254/64']");

        assertThat(Topologies.content(
                        Topologies.artifacts(Topologies.read(yaml), "gateway"), KernelHostArtifacts.FORWARDING_CONF))
                .contains("net.ipv4.ip_forward = 1\n", "net.ipv6.conf.all.forwarding = 1\n");
    }

    private static String routes(String yaml, String host) {
        return Topologies.content(Topologies.artifacts(Topologies.read(yaml), host), ROUTES);
    }
}
