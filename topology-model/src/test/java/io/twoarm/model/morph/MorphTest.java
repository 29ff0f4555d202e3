package io.twoarm.model.morph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.model.Attachment;
import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.Finding;
import io.twoarm.model.Finding.Severity;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.SourceMap;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.lint.Lint;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.model.project.ProjectWriter;
import io.twoarm.model.walk.Flow;
import io.twoarm.model.walk.PacketWalk;
import io.twoarm.templates.StarterTopologies;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MorphTest {

    /** Every morph with every starter that it starts from. */
    static Stream<Arguments> possible() {
        return Stream.of(Morph.values())
                .flatMap(morph -> StarterTopologies.all().stream()
                        .map(StarterTopologies.Starter::name)
                        .filter(starter -> isPossible(morph, starter))
                        .map(starter -> Arguments.of(morph, starter)));
    }

    private static boolean isPossible(Morph morph, String starter) {
        try {
            return morph.apply(read(starter)) != null;
        } catch (MorphRefusedException refused) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("possible")
    void theMorphedDesignHasNoErrorAndItsFlowsAreAnswered(Morph morph, String starter) {
        Topology before = read(starter);
        Morphed morphed = morph.apply(before);

        assertThat(errors(morphed.after())).isEmpty();
        assertThat(morphed.steps()).isNotEmpty().allMatch(step -> step.endsWith("."));
        assertThat(Flow.all(morphed.after()))
                .hasSizeGreaterThanOrEqualTo(Flow.all(before).size());
        for (Flow flow : Flow.all(morphed.after())) {
            assertThat(PacketWalk.of(morphed.after(), flow).answered())
                    .as("%s", flow)
                    .isTrue();
        }
        assertThat(reread(morphed.after())).isEqualTo(morphed.after());
    }

    @ParameterizedTest
    @MethodSource("possible")
    void aMorphIsTakenBackAndGivesTheSameTwice(Morph morph, String starter) {
        Topology before = read(starter);
        Morphed morphed = morph.apply(before);

        assertThat(morphed.applyTo(before)).isEqualTo(morphed.after()).isNotEqualTo(before);
        assertThat(morphed.inverted().applyTo(morphed.after())).isEqualTo(before);
        assertThat(morph.apply(before)).isEqualTo(morphed);
        assertThatThrownBy(() -> morphed.applyTo(morphed.after())).hasMessageContaining("has changed");
    }

    /** The one pair among the starters has IPv6 services, which a cluster cannot announce. */
    @ParameterizedTest
    @EnumSource(value = Morph.class, mode = EnumSource.Mode.EXCLUDE, names = "ECMP")
    void everyMorphStartsFromSomeStarter(Morph morph) {
        assertThat(StarterTopologies.all()).anyMatch(starter -> isPossible(morph, starter.name()));
        assertThat(Morph.of(morph.word())).contains(morph);
    }

    @Test
    void aPairHasTwoDirectorsWithTheirOwnAddressesAndMovesWhatOthersRelyOn() {
        Topology pair = Morph.HA_PAIR.apply(read("lvs-nat-two-networks")).after();

        assertThat(pair.directors()).hasSize(2);
        assertThat(pair.directorGroups().getFirst().instances())
                .flatExtracting(instance -> instance.sharedAddresses())
                .isNotEmpty();
        List<String> own = pair.directors()
                .flatMap(director -> director.ports().stream())
                .flatMap(port -> port.addresses().stream())
                .map(Object::toString)
                .toList();
        assertThat(own).doesNotHaveDuplicates();
    }

    @Test
    void aPairOfBundledDirectorsBecomesOneOfDpvsAndEachHasLocalAddresses() {
        Topology pair = Morph.HA_PAIR.apply(read("two-arm-fullnat")).after();

        assertThat(pair.directors()).allMatch(director -> director.kind() == DirectorKind.DPVS);
        pair.directors()
                .forEach(director -> assertThat(pair.localAddressPoolsOf(director))
                        .allMatch(pool -> pool.addresses().size() == 1));
    }

    @Test
    void aDualStackIsTurnedIntoNat64() {
        Topology dual = Morph.DUAL_STACK.apply(read("two-arm-fullnat")).after();
        assertThat(realservers(dual, "web6")).noneMatch(IpLiteral::isIpv4);

        Topology nat64 = Morph.NAT64.apply(dual).after();
        assertThat(realservers(nat64, "web6")).allMatch(IpLiteral::isIpv4);
        assertThat(errors(nat64)).isEmpty();
    }

    @Test
    void morphsFollowOneAnother() {
        Topology topology = read("one-arm-fullnat");
        for (Morph morph : List.of(Morph.TWO_ARM, Morph.BONDED, Morph.HA_PAIR, Morph.ECMP)) {
            topology = morph.apply(topology).after();
            assertThat(errors(topology)).as(morph.word()).isEmpty();
        }
        assertThat(topology.directorGroups().getFirst().redundancy()).isInstanceOf(Redundancy.Ecmp.class);
        assertThat(topology.directors().flatMap(director -> director.ports().stream()))
                .allMatch(port -> port.attachment() instanceof Attachment.Bond);
    }

    @Test
    void aDesignOfAnotherKindIsRefusedWithTheReason() {
        assertThatThrownBy(() -> Morph.HA_PAIR.apply(read("keepalived-pair")))
                .isInstanceOf(MorphRefusedException.class)
                .hasMessageContaining("no director that stands alone");
        assertThatThrownBy(() -> Morph.TWO_ARM.apply(read("two-arm-fullnat"))).hasMessageContaining("not one-armed");
        assertThatThrownBy(() -> Morph.ECMP.apply(read("keepalived-pair"))).hasMessageContaining("IPv4 only");
        assertThatThrownBy(() -> Morph.NAT64.apply(read("lvs-dr"))).hasMessageContaining("mode fullnat");
        assertThatThrownBy(() -> Morph.HA_PAIR.apply(read("nat64-gateway")))
                .isInstanceOf(MorphRefusedException.class)
                .hasMessageContaining("no NAT64 and no SIIT");
        assertThatThrownBy(() -> Morph.HA_PAIR.apply(read("snat-mapped-ports")))
                .isInstanceOf(MorphRefusedException.class)
                .hasMessageContaining("take endpointIndependent out of NAT gateway way-out first");
    }

    private static List<InetAddress> realservers(Topology topology, String service) {
        VirtualService found = topology.virtualService(service).orElseThrow();
        return topology.realserverPool(found.realservers()).orElseThrow().members().stream()
                .map(member -> member.address())
                .toList();
    }

    private static List<String> errors(Topology topology) {
        List<String> errors = new ArrayList<>();
        for (Finding finding : Lint.check(topology, SourceMap.NONE)) {
            if (finding.severity() == Severity.ERROR) {
                errors.add(finding.text());
            }
        }
        return errors;
    }

    private static Topology reread(Topology topology) {
        return ProjectReader.readText(ProjectWriter.format(topology), Path.of("topology.yaml"))
                .topology()
                .orElseThrow();
    }

    private static Topology read(String starter) {
        return ProjectReader.readText(
                        StarterTopologies.named(starter).orElseThrow().topology(), Path.of("topology.yaml"))
                .topology()
                .orElseThrow();
    }
}
