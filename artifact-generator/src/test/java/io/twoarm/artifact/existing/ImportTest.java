package io.twoarm.artifact.existing;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.artifact.ArtifactGenerator;
import io.twoarm.artifact.HostArtifacts;
import io.twoarm.model.Attachment;
import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Port;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.change.Difference;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.model.project.ProjectWriter;
import io.twoarm.templates.StarterTopologies;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImportTest {

    static List<String> starters() {
        return StarterTopologies.all().stream()
                .map(StarterTopologies.Starter::name)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("starters")
    void whatIsImportedFromGeneratedFilesGeneratesFilesThatMeanTheSame(String starter) {
        comesBack(read(StarterTopologies.named(starter).orElseThrow().topology()));
    }

    @ParameterizedTest(name = "{0} on a {1} director")
    @CsvSource(
            delimiter = '|',
            value = {
                "clientAddress: toa\\n    synProxy: true | bundled",
                "clientAddress: proxy_v2 | bundled",
                "clientAddress: toa\\n    synProxy: true | dpvs",
                "clientAddress: toa\\n    bandwidth: 200 | dpvs",
                "clientAddress: toa\\n    bandwidth: 200\\n    packetRate: 5000 | bundled"
            })
    void servicesComeBackWithEverythingTheyAskFor(String asked, String kind) {
        String starter =
                StarterTopologies.named("two-arm-fullnat").orElseThrow().topology();
        String text = starter.replace("clientAddress: toa", asked.replace("\\n", "\n"));
        if (kind.equals("dpvs")) {
            text = text.replace("kind: bundled", "kind: dpvs");
        }
        Topology original = read(text);
        assertThat(original.virtualServices().getFirst().toString())
                .contains(
                        asked.contains("syn")
                                ? "synProxy=true"
                                : asked.contains("bandwidth") ? "bandwidth=200" : "PROXY_V2");

        comesBack(original);
    }

    @Test
    void anSctpServiceComesBack() {
        String starter =
                StarterTopologies.named("two-arm-fullnat").orElseThrow().topology();
        Topology original = read(starter.replace("protocol: tcp", "protocol: sctp")
                .replace("clientAddress: toa", "clientAddress: none")
                .replaceAll("check: \\{[^}]*}", "check: { type: none }"));
        assertThat(original.virtualServices().getFirst().protocol()).isEqualTo(VirtualService.Protocol.SCTP);

        comesBack(original);
    }

    @ParameterizedTest
    @EnumSource
    void mappedPortsOfAWayOutComeBackWithTheirFilter(NatGateway.OutsideFilter filter) {
        Topology original = mapped(filter.name().toLowerCase(Locale.ROOT));

        comesBack(original);

        ExistingDirector existing =
                existing(original, "director", original.director("director").orElseThrow());
        assertThat(TopologyImport.of("imported", List.of(existing)).topology().natGateways())
                .singleElement()
                .satisfies(gateway -> assertThat(gateway.endpointIndependent()).contains(filter));
        assertThat(Meaning.differences(
                        existing,
                        existing(
                                mapped("endpoint"),
                                "director",
                                original.director("director").orElseThrow())))
                .extracting(Difference::text)
                .hasSize(filter == NatGateway.OutsideFilter.ENDPOINT ? 0 : 1)
                .allMatch(text -> text.contains("outside ports"));
    }

    @Test
    void blocksOfAWayOutThatDisagreeAboutMappedPortsAreListed() {
        Topology original = mapped("address");
        String conf = ArtifactGenerator.generate(original, "director").files().stream()
                .filter(file -> file.path().endsWith("keepalived.conf"))
                .findFirst()
                .orElseThrow()
                .content();
        int last = conf.lastIndexOf("endpoint_independent address");
        String changed =
                conf.substring(0, last) + conf.substring(last).replaceFirst("endpoint_independent address", "");

        ExistingDirector existing = ExistingDirectorReader.read(
                "director", List.of(new ExistingFile("keepalived.conf", changed)), Optional.empty());

        assertThat(existing.unmapped())
                .extracting(Unmapped::why)
                .anyMatch(why -> why.contains("the same endpoint_independent for TCP, UDP and pings"));
    }

    private static Topology mapped(String filter) {
        return read(StarterTopologies.named("snat-gateway")
                .orElseThrow()
                .topology()
                .replace(
                        "sources: [192.168.229.0/24] }",
                        "sources: [192.168.229.0/24], endpointIndependent: " + filter + " }"));
    }

    @Test
    void vlansOfDpvsComeBackWithTheirNumbers() {
        Topology original = read(StarterTopologies.named("two-arm-one-nic")
                .orElseThrow()
                .topology()
                .replace("kind: bundled", "kind: dpvs")
                .replace(
                        "{ segment: lan, attach: \"vlan:dpdk0\" }",
                        "{ segment: lan, attach: \"vlan:dpdk0\", kernelAddresses: [192.168.229.250/24] }"));

        comesBack(original);

        ExistingDirector existing =
                existing(original, "director", original.director("director").orElseThrow());
        Topology imported = TopologyImport.of("imported", List.of(existing)).topology();
        Host.Director director = imported.director("director").orElseThrow();
        Port vlan = director.port("dpdk0.200").orElseThrow();
        assertThat(vlan.attachment()).isEqualTo(new Attachment.Vlan("dpdk0"));
        assertThat(vlan.kernelAddresses()).containsExactly(InterfaceAddress.parse("192.168.229.250/24"));
        assertThat(imported.segmentOf(vlan).orElseThrow().vlan()).hasValue(200);
        assertThat(imported.segmentOf(director.port("dpdk0").orElseThrow())
                        .orElseThrow()
                        .vlan())
                .isEmpty();
    }

    private static void comesBack(Topology original) {
        // Members of a group together, and each other director alone.
        List<List<ExistingDirector>> imports = original
                .directors()
                .collect(Collectors.groupingBy(
                        director -> original.groupOf(director)
                                .map(DirectorGroup::name)
                                .orElse(director.name()),
                        LinkedHashMap::new,
                        Collectors.mapping(
                                director -> existing(original, director.name(), director), Collectors.toList())))
                .values()
                .stream()
                .toList();

        for (List<ExistingDirector> together : imports) {
            ImportedTopology imported = TopologyImport.of("imported", together);
            Topology again = read(ProjectWriter.format(imported.topology()));
            for (ExistingDirector before : together) {
                Host.Director director = again.director(before.name()).orElseThrow();
                ExistingDirector after = existing(again, before.name(), director);

                assertThat(Meaning.differences(before, after))
                        .extracting(Difference::text)
                        .as("%s: %s", original.name(), imported.unmapped())
                        .isEmpty();
            }
        }
    }

    @Test
    void theTutorialsPairIsReproducedButForWhatIsKnownToBeWrongInIt() {
        ExistingDirector tutorial =
                director("lb1", "tutorial-pair/dpvs.conf", "tutorial-pair/keepalived.conf", "tutorial-pair/routes.sh");
        ImportedTopology imported = TopologyImport.of("tutorial", List.of(tutorial));
        Topology topology = imported.topology();

        assertThat(topology.virtualServices()).hasSize(4);
        assertThat(topology.realserverPools()).hasSize(1);
        assertThat(topology.directorGroups().getFirst().instances()).hasSize(2);
        assertThat(imported.unmapped())
                .extracting(Unmapped::text)
                .contains("the NICs of DPVS_TEST", "the other members of the VRRP group");

        ExistingDirector again = existing(
                topology, tutorial.name(), topology.director(tutorial.name()).orElseThrow());
        assertThat(Meaning.differences(again, tutorial))
                .extracting(Difference::text)
                .containsExactly(
                        "VRRP instance on bond2, ipv4, VRID 201: changes with others yes → no",
                        "VRRP instance on bond2, ipv6, VRID 202: changes with others yes → no");
    }

    @Test
    void bindingsAndMappingsAreComparedByWhatTheyMean() {
        ExistingDirector before = translating("""
                nat64_defs {
                    prefix 64:ff9b::/96
                    pool 198.51.100.0/28
                    binding 198.51.100.1:80 {
                        host 2001:db8:1::10
                    }
                    binding 198.51.100.1:53 {
                        protocol udp
                        host 2001:db8:1::53
                    }
                }
                siit_defs {
                    eam 192.0.2.80 {
                        ipv6 2001:db8:1::80
                    }
                    eam 192.0.2.0/28 {
                        ipv6 2001:db8:1::10/124
                    }
                }
                """);
        ExistingDirector sameInOtherWords = translating("""
                siit_defs {
                    eam 192.0.2.0/28 {
                        ipv6 2001:db8:1:0::1f/124
                    }
                    eam 192.0.2.80/32 {
                        ipv6 2001:0db8:1::80/128
                    }
                }
                nat64_defs {
                    prefix 0064:ff9b:0::/96
                    pool 198.51.100.7/28
                    udp_timeout 300
                    binding 198.51.100.1:53 {
                        protocol udp
                        host 2001:db8:1:0::53
                        port 53
                    }
                    binding 198.51.100.1:80 {
                        protocol tcp
                        host 2001:db8:1:0::10
                    }
                }
                """);
        ExistingDirector other = translating("""
                nat64_defs {
                    prefix 64:ff9b::/96
                    pool 198.51.100.16/28
                    binding 198.51.100.1:80 {
                        host 2001:db8:1::11
                        port 8080
                    }
                }
                siit_defs {
                    prefix 2001:db8:64::/96
                    eam 192.0.2.80 {
                        ipv6 2001:db8:1::81
                    }
                    eam 192.0.2.0/28 {
                        ipv6 2001:db8:1::10/124
                    }
                    eam 192.0.2.90 {
                        ipv6 2001:db8:1::90
                    }
                }
                """);

        assertThat(Meaning.differences(before, sameInOtherWords)).isEmpty();
        assertThat(Meaning.differences(before, other))
                .extracting(Difference::text)
                .containsExactlyInAnyOrder(
                        "dataplane: NAT64 pool 198.51.100.0/28 → 198.51.100.16/28",
                        "dataplane: SIIT prefix none → 2001:db8:64::/96",
                        "NAT64 binding 198.51.100.1:80/tcp: host 2001:db8:1::10 → 2001:db8:1::11",
                        "NAT64 binding 198.51.100.1:80/tcp: port 80 → 8080",
                        "NAT64 binding 198.51.100.1:53/udp: removed",
                        "SIIT mapping 192.0.2.80/32: IPv6 2001:db8:1::80/128 → 2001:db8:1::81/128",
                        "SIIT mapping 192.0.2.90/32: added");
    }

    private static ExistingDirector translating(String dpvs) {
        return ExistingDirectorReader.read(
                "director",
                List.of(new ExistingFile("dpvs.conf", "netif_defs {\n}\n" + dpvs)),
                Optional.of(DirectorKind.BUNDLED));
    }

    @Test
    void rulesOfIpvsadmGiveServicesWithTheirModes() {
        ExistingDirector director =
                ExistingDirectorReader.read("lvs", List.of(new ExistingFile("rules", """
                        -A -t 192.168.1.110:23 -s rr
                        -a -t 192.168.1.110:23 -r 10.1.1.2:23 -m -w 1
                        -a -t 192.168.1.110:23 -r 10.1.1.3:23 -m -w 2
                        -A -t 192.168.1.110:www -s wlc -p 300
                        -a -t 192.168.1.110:www -r 10.1.1.2:8080 -m
                        -a -t VIP:80 -r 10.1.1.2:80 -g
                        """)), Optional.empty());
        ImportedTopology imported = TopologyImport.of("lvs", List.of(director));

        assertThat(imported.topology().virtualServices())
                .extracting(it -> it.name() + " " + it.servicePort() + " " + it.mode() + " " + it.scheduler())
                .containsExactly("telnet 23 NAT RR", "http 80 NAT WLC");
        assertThat(imported.topology().realserverPools().getFirst().members())
                .extracting(member -> member.host() + " " + member.weight())
                .containsExactly("rs1 1", "rs2 2");
        assertThat(imported.unmapped())
                .extracting(Unmapped::message)
                .anyMatch(it -> it.startsWith("rules:4: -A -t 192.168.1.110:www -s wlc -p 300: persistence"))
                .anyMatch(it -> it.startsWith("rules:6: "));
    }

    @Test
    void dpipAndIpvsadmCommandsGiveAFullnatDirector() {
        ExistingDirector director =
                ExistingDirectorReader.read("director", List.of(new ExistingFile("setup.sh", """
                        dpip addr add 10.0.96.204/32 dev dpdk2
                        dpip route add 10.0.96.0/24 dev dpdk2
                        dpip route add 192.168.229.0/24 dev dpdk0
                        dpip route add default via 10.0.96.254 dev dpdk2
                        ipvsadm -A -t 10.0.96.204:80 -s rr
                        ipvsadm -a -t 10.0.96.204:80 -r 192.168.229.1:80 -b
                        ipvsadm -a -t 10.0.96.204:80 -r 192.168.229.2:80 -b
                        ipvsadm --add-laddr -z 192.168.229.204 -t 10.0.96.204:80 -F dpdk0
                        """)), Optional.empty());
        Topology topology = TopologyImport.of("seed", List.of(director)).topology();

        assertThat(topology.segments())
                .extracting(segment -> segment.name() + " " + segment.subnets())
                .containsExactlyInAnyOrder("net-dpdk0 [192.168.229.0/24]", "net-dpdk2 [10.0.96.0/24]");
        assertThat(topology.virtualServices().getFirst().port()).isEqualTo("dpdk2");
        assertThat(topology.directors().findFirst().orElseThrow().routes()).hasSize(1);
        ExistingDirector again =
                existing(topology, "director", topology.director("director").orElseThrow());
        assertThat(Meaning.differences(director, again))
                .extracting(Difference::object)
                .allMatch(object -> object.matches("(dataplane|device .*|worker .*)"));
    }

    @Test
    void whatHasNoCounterpartIsListedWithItsLine() {
        ExistingDirector director = director("lb", "odd/keepalived.conf");

        assertThat(director.unmapped())
                .extracting(Unmapped::message)
                .containsExactlyInAnyOrder(
                        "odd/keepalived.conf:4: notification_email: it has no counterpart in a topology",
                        "odd/keepalived.conf:7: include other.conf: included files are read when they are named as well",
                        "odd/keepalived.conf:8: vrrp_script chk: it has no counterpart in a topology",
                        "odd/keepalived.conf:15: quorum 2: it has no counterpart in a topology",
                        "odd/keepalived.conf:18: HTTP_GET: a topology checks by TCP connections only; the realserver"
                                + " counts as healthy");
        assertThat(director.services()).hasSize(1);
        assertThat(director.services().getFirst().vip().getHostAddress()).isEqualTo("192.0.2.10");
    }

    /** The director as its generated files say it is. */
    private static ExistingDirector existing(Topology topology, String name, Host.Director director) {
        HostArtifacts artifacts = ArtifactGenerator.generate(topology).stream()
                .filter(host -> host.host().equals(name))
                .findFirst()
                .orElseThrow();
        List<ExistingFile> files = artifacts.files().stream()
                .map(file -> new ExistingFile(file.path(), file.content()))
                .toList();
        return ExistingDirectorReader.read(name, files, Optional.of(director.kind()));
    }

    private static ExistingDirector director(String name, String... resources) {
        List<ExistingFile> files = new ArrayList<>();
        for (String resource : resources) {
            try (InputStream text = ImportTest.class.getResourceAsStream("/existing/" + resource)) {
                files.add(new ExistingFile(resource, new String(text.readAllBytes(), StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new AssertionError(resource, e);
            }
        }
        return ExistingDirectorReader.read(name, files, Optional.empty());
    }

    private static Topology read(String yaml) {
        return ProjectReader.readText(yaml, Path.of("topology.yaml"))
                .topology()
                .orElseThrow(() -> new AssertionError(yaml));
    }
}
