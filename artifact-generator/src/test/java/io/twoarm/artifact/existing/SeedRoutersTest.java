package io.twoarm.artifact.existing;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.artifact.ArtifactGenerator;
import io.twoarm.config.vyatta.Release;
import io.twoarm.config.vyatta.VyattaFile;
import io.twoarm.config.vyatta.VyattaGrammar;
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
