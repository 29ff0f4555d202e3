package io.twoarm.artifact.existing;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.artifact.ArtifactGenerator;
import io.twoarm.config.vyatta.Release;
import io.twoarm.config.vyatta.VyattaFile;
import io.twoarm.config.vyatta.VyattaGrammar;
import io.twoarm.model.Attachment;
import io.twoarm.model.Host;
import io.twoarm.model.NatGateway;
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
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations of routers and of the LVS-HOWTO as people have published them, against what TwoArm makes of them. */
class SeedRoutersTest {
    private static final String WAN_VLAN = "eth0.100: { segment: wan, attach: \"vlan:eth0\", addresses: [10.10.0.";

    @ParameterizedTest
    @ValueSource(strings = {"R1", "R2"})
    void thePublishedPairIsReproducedFromTheStarter(String router) {
        Topology starter =
                read(StarterTopologies.named("vyatta-nat-pair").orElseThrow().topology());
        ExistingDirector published = published(router);

        assertThat(published.unmapped()).isEmpty();
        assertThat(Meaning.differences(published, generated(starter, router)))
                .extracting(Difference::text)
                .isEmpty();
        assertThat(VyattaGrammar.of(Release.VYATTA_6).check(VyattaFile.parse(text("vyatta-pair/" + router + ".boot"))))
                .as("the grammar knows every statement of it")
                .isEmpty();
    }

    @Test
    void thePublishedPairIsImportedAndGeneratedAgainWithoutADifference() {
        ImportedTopology imported = TopologyImport.of("pair", List.of(published("R2"), published("R1")));
        Topology topology = read(ProjectWriter.format(imported.topology()));

        assertThat(topology.directorGroups().getFirst().name()).isEqualTo("MAIN-GW");
        assertThat(topology.directorGroups().getFirst().members()).containsExactly("R1", "R2");
        assertThat(topology.natGateways())
                .singleElement()
                .extracting(NatGateway::firewall)
                .isEqualTo(true);
        for (String router : List.of("R1", "R2")) {
            assertThat(Meaning.differences(published(router), generated(topology, router)))
                    .extracting(Difference::text)
                    .isEmpty();
        }
    }

    @Test
    void twoRoutersDifferInNameAddressesAndPriorityOnly() {
        Topology starter =
                read(StarterTopologies.named("vyatta-nat-pair").orElseThrow().topology());

        List<String> one = lines(starter, "R1");
        List<String> other = lines(starter, "R2");
        assertThat(one).hasSameSizeAs(other);
        for (int i = 1; i < one.size(); i++) {
            if (!one.get(i).equals(other.get(i))) {
                assertThat(one.get(i).strip()).matches("(address 1\\S+|priority \\d+|host-name \\S+)");
            }
        }
    }

    @Test
    void theSamePairAsVyosKeepsItsMeaningInTheOtherTree() {
        Topology vyatta =
                read(StarterTopologies.named("vyatta-nat-pair").orElseThrow().topology());
        Topology vyos = read(StarterTopologies.named("vyatta-nat-pair")
                .orElseThrow()
                .topology()
                .replace("kind: vyatta", "kind: vyos"));

        for (String router : List.of("R1", "R2")) {
            ExistingDirector after = generated(vyos, router);
            assertThat(after.unmapped()).isEmpty();
            assertThat(Meaning.differences(generated(vyatta, router), after))
                    .extracting(Difference::text)
                    .isEmpty();
        }
    }

    @Test
    void aVlanOfAVyattaStandsBelowThePortThatItIsOn() {
        assertThat(String.join("\n", lines(read(pairOnOneNic("vyatta")), "R1"))).contains("""
                interfaces {
                    ethernet eth0 {
                        vif 100 {
                            address 10.10.0.102/24
                            firewall {
                                in {
                                    name from_wan
                                }
                            }
                            vrrp {
                                vrrp-group 1 {
                                    advertise-interval 1
                                    preempt true
                                    priority 200
                                    sync-group MAIN-GW
                                    virtual-address 10.10.0.101
                                }
                            }
                        }
                        vif 7 {
                            address 10.10.10.2/24
                        }
                    }
                """);
        assertThat(script("vyatta"))
                .contains("delete interfaces ethernet eth0 vif 100 address\n")
                .contains("delete interfaces ethernet eth0 vif 100 firewall in\n")
                .contains("delete interfaces ethernet eth0 vif 100 vrrp\n")
                .contains("set interfaces ethernet eth0 vif 7 address 10.10.10.2/24\n")
                .contains("set service conntrack-sync interface eth0.7\n")
                .contains("set service nat rule 10 outbound-interface eth0.100\n");
    }

    @Test
    void aVlanOfVyosIsNamedByWhatStandsElsewhere() {
        assertThat(script("vyos"))
                .contains("delete interfaces ethernet eth0 vif 100 address\n")
                .contains("set interfaces ethernet eth0 vif 100 address 10.10.0.102/24\n")
                .contains("set firewall ipv4 forward filter rule 10 inbound-interface name eth0.100\n")
                .contains("set high-availability vrrp group wan interface eth0.100\n")
                .contains("set nat source rule 10 outbound-interface name eth0.100\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vyatta", "vyos"})
    void aPairWithVlansIsImportedAndGeneratedAgainWithoutADifference(String kind) {
        Topology pair = read(pairOnOneNic(kind));
        List<ExistingDirector> before = List.of(generated(pair, "R1"), generated(pair, "R2"));
        assertThat(before).allSatisfy(router -> {
            assertThat(router.unmapped()).isEmpty();
            assertThat(router.vlans())
                    .containsExactly(
                            new ExistingDirector.Vlan("eth0.100", "eth0", "802.1q", "100"),
                            new ExistingDirector.Vlan("eth0.7", "eth0", "802.1q", "7"));
        });

        Topology imported =
                read(ProjectWriter.format(TopologyImport.of("pair", before).topology()));

        Host.Director first = imported.directorsNamed("R1").getFirst();
        assertThat(first.port("eth0.100").orElseThrow().attachment()).isEqualTo(new Attachment.Vlan("eth0"));
        assertThat(imported.vlanOf(first.port("eth0.7").orElseThrow())).hasValue(7);
        for (ExistingDirector router : before) {
            assertThat(Meaning.differences(router, generated(imported, router.name())))
                    .extracting(Difference::text)
                    .isEmpty();
        }
    }

    /** The starter with the WAN and the wire between the routers as VLANs of one NIC. */
    private static String pairOnOneNic(String kind) {
        String text = StarterTopologies.named("vyatta-nat-pair").orElseThrow().topology();
        for (String[] change : new String[][] {
            {"kind: vyatta", "kind: " + kind},
            {"wan: { subnets: [10.10.0.0/24] }", "wan: { subnets: [10.10.0.0/24], vlan: 100 }\n  cable: { subnets: [] }"
            },
            {"sync: { subnets: [10.10.10.0/24] }", "sync: { subnets: [10.10.10.0/24], vlan: 7 }"},
            {"eth0: { segment: wan, addresses: [10.10.0.102", "eth0: { segment: cable }\n      " + WAN_VLAN + "102"},
            {"eth0: { segment: wan, addresses: [10.10.0.103", "eth0: { segment: cable }\n      " + WAN_VLAN + "103"},
            {"eth1: { segment: sync,", "eth0.7: { segment: sync, attach: \"vlan:eth0\","},
            {"syncPort: eth1", "syncPort: eth0.7"},
            {"wan: { port: eth0,", "wan: { port: eth0.100,"},
            {"    port: eth0\n", "    port: eth0.100\n"}
        }) {
            assertThat(text).contains(change[0]);
            text = text.replace(change[0], change[1]);
        }
        return text;
    }

    private static String script(String kind) {
        return ArtifactGenerator.generate(read(pairOnOneNic(kind)), "R1").files().stream()
                .filter(file -> file.path().endsWith("twoarm-configure"))
                .findFirst()
                .orElseThrow()
                .content();
    }

    @Test
    void theCommandsOfARouterSayWhatItsTreeSays() {
        String commands = VyattaFile.parse(text("vyatta-pair/R1.boot")).statements().stream()
                .map(VyattaGrammar::command)
                .collect(Collectors.joining("\n"));
        ExistingDirector director = ExistingDirectorReader.read(
                "router", List.of(new ExistingFile("commands", commands)), Optional.empty());

        assertThat(director.kind()).isEqualTo(published("R1").kind());
        assertThat(Meaning.differences(published("R1"), director)).isEmpty();
    }

    @Test
    void whatARouterDoesBesidesIsListedWithItsLine() {
        ExistingDirector director =
                ExistingDirectorReader.read("router", List.of(new ExistingFile("config.boot", """
                        interfaces {
                            ethernet eth0 {
                                address dhcp
                            }
                        }
                        service {
                            nat {
                                rule 10 {
                                    outbound-interface eth0
                                    source {
                                        address 10.0.0.0/8
                                    }
                                    type masquerade
                                }
                            }
                            dhcp-server {
                                disabled false
                            }
                        }
                        """)), Optional.empty());

        assertThat(director.unmapped())
                .extracting(Unmapped::message)
                .containsExactlyInAnyOrder(
                        "config.boot:3: interfaces ethernet eth0 address dhcp: it has no counterpart in a topology",
                        "config.boot:17: service dhcp-server disabled false: it has no counterpart in a topology",
                        "config.boot:13: NAT of type masquerade: only source NAT with addresses of its own has a"
                                + " counterpart in a topology");
    }

    @Test
    void theHowtosFileWithNamesGivesItsDirector() {
        ExistingDirector director = ExistingDirectorReader.read(
                "director",
                List.of(
                        new ExistingFile("lvs_nat.conf", text("howto/one-nic.conf")),
                        new ExistingFile("hosts", text("howto/hosts"))),
                Optional.empty());
        Topology topology = TopologyImport.of("howto", List.of(director)).topology();

        assertThat(director.unmapped()).isEmpty();
        assertThat(topology.virtualServices()).singleElement().satisfies(service -> {
            assertThat(service.vip().getHostAddress()).isEqualTo("192.168.1.110");
            assertThat(service.servicePort()).isEqualTo(23);
            assertThat(service.mode()).isEqualTo(VirtualService.ForwardingMode.NAT);
            assertThat(service.scheduler()).isEqualTo(VirtualService.Scheduler.RR);
        });
        assertThat(topology.realserverPools().getFirst().members())
                .extracting(member -> member.address().getHostAddress() + " " + member.port())
                .containsExactly("10.1.1.2 23", "10.1.1.3 23", "10.1.1.4 23");
        assertThat(topology.directors().findFirst().orElseThrow().routes())
                .extracting(route -> route.via().orElseThrow().getHostAddress())
                .containsExactly("192.168.1.254");
    }

    @Test
    void theHowtosOtherFileGivesPortsAndWeights() {
        ExistingDirector director = ExistingDirectorReader.read(
                "director", List.of(new ExistingFile("lvs.conf", text("howto/lvs_nat.conf"))), Optional.empty());
        Topology topology = TopologyImport.of("howto", List.of(director)).topology();

        assertThat(director.unmapped()).isEmpty();
        assertThat(topology.virtualServices())
                .extracting(service -> service.name() + " " + service.servicePort() + " " + service.scheduler())
                .containsExactly("telnet 23 WLC", "http 80 WLC");
        assertThat(topology.realserverPools().getLast().members())
                .extracting(member -> member.address().getHostAddress() + " " + member.port() + " " + member.weight())
                .containsExactly("10.1.1.2 80 2", "10.1.1.3 8080 1", "10.1.1.4 80 1");
        assertThat(topology.segments().getFirst().subnets())
                .extracting(Object::toString)
                .contains("10.1.1.0/24");
        assertThat(Meaning.differences(director, generated(topology, "director")))
                .extracting(Difference::text)
                .as("own addresses of a kernel's ports are set by the host's system, not by our files")
                .containsExactly("address 10.1.1.10/24 on eth0: removed");
    }

    @Test
    void aNameThatNoHostsFileHasIsListed() {
        ExistingDirector director = ExistingDirectorReader.read(
                "director", List.of(new ExistingFile("lvs.conf", text("howto/one-nic.conf"))), Optional.empty());

        assertThat(director.unmapped())
                .extracting(Unmapped::message)
                .anyMatch(message -> message.startsWith("lvs.conf:3: VIP=eth0:110 lvs"));
    }

    private static ExistingDirector published(String router) {
        return ExistingDirectorReader.read(
                router,
                List.of(new ExistingFile(router + ".boot", text("vyatta-pair/" + router + ".boot"))),
                Optional.empty());
    }

    private static ExistingDirector generated(Topology topology, String name) {
        Host.Director director = topology.director(name).orElseThrow();
        return ExistingDirectorReader.read(
                name,
                ArtifactGenerator.generate(topology, name).files().stream()
                        .map(file -> new ExistingFile(file.path(), file.content()))
                        .toList(),
                Optional.of(director.kind()));
    }

    private static List<String> lines(Topology topology, String name) {
        return ArtifactGenerator.generate(topology, name).files().stream()
                .filter(file -> file.path().endsWith("twoarm.boot"))
                .findFirst()
                .orElseThrow()
                .content()
                .lines()
                .toList();
    }

    private static String text(String resource) {
        try (InputStream in = SeedRoutersTest.class.getResourceAsStream("/existing/" + resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new AssertionError(resource, broken);
        }
    }

    private static Topology read(String yaml) {
        return ProjectReader.readText(yaml, Path.of("topology.yaml"))
                .topology()
                .orElseThrow(() -> new AssertionError(yaml));
    }
}
