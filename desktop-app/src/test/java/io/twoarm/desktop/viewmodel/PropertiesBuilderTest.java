package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.PoolRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.desktop.design.ObjectRef.ServiceRef;
import io.twoarm.desktop.design.Wording;
import io.twoarm.model.FamilyTranslation;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Nat64;
import io.twoarm.model.Prefix;
import io.twoarm.model.Siit;
import io.twoarm.model.Topology;
import io.twoarm.model.lint.Lint;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.model.project.ProjectWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertiesBuilderTest {
    private static final HostRef DIRECTOR = new HostRef("director");

    private final Topology topology = ProjectFixture.twoArm().topology();
    private final Topology gateway = ProjectFixture.starter("nat64-gateway").topology();

    @Test
    void aDirectorShowsItsDataplaneServicesLocalAddressesPortsAndRoutes() {
        List<String> lines = lines(new HostRef("director"));

        assertThat(lines)
                .contains(
                        "Dataplane/Workers=1",
                        "Dataplane/Memory=512 MiB",
                        "Dataplane/Hugepages=no",
                        "Virtual services/web=10.0.96.204:80 tcp",
                        "Local addresses (LIP)/lan-lips=192.168.229.204",
                        "Port dpdk2/VIP=10.0.96.204",
                        "Port dpdk0/LIP=192.168.229.204",
                        "Port dpdk0/Attachment=DPDK af_packet on dpdk0",
                        "Routes/default=via 10.0.96.254 through dpdk2");
    }

    @Test
    void aRealserverShowsItsPoolItsAddressAndItsEchoPorts() {
        assertThat(lines(new HostRef("rs1")))
                .contains(
                        "Member of/web=192.168.229.1:80 · weight 1",
                        "Port eth0/Address=192.168.229.1/24",
                        "Demonstration application/Echo on TCP ports=80");
    }

    @Test
    void aPoolShowsEveryTimeOfItsHealthCheckWithItsUnit() {
        assertThat(lines(new PoolRef("web")))
                .contains(
                        "Health check/Interval=3 s",
                        "Health check/Connect timeout=3 s",
                        "Health check/Retries=2",
                        "Health check/Retry delay=1 s",
                        "Serves/web=10.0.96.204:80");
    }

    @Test
    void aServiceLeadsToItsDirectorPortPoolAndLocalAddresses() {
        List<ObjectRef> targets = PropertiesBuilder.propertiesOf(topology, new ServiceRef("web")).stream()
                .flatMap(section -> section.rows().stream())
                .map(PropertySection.Row::target)
                .flatMap(Optional::stream)
                .toList();

        assertThat(targets)
                .containsExactly(
                        new HostRef("director"),
                        new PortRef("director", "dpdk2"),
                        new PoolRef("web"),
                        new ObjectRef.LocalPoolRef("lan-lips"));
    }

    @Test
    void aSegmentListsThePortsThatAreAttachedToIt() {
        assertThat(lines(new SegmentRef("wan")))
                .contains(
                        "Segment/Subnet=10.0.96.0/24",
                        "Attached ports/gateway eth1=10.0.96.254/24",
                        "Attached ports/director dpdk2=no own address");
    }

    @Test
    void aSegmentsVlanIsShownEditedTakenAwayAndOneNumberOrNothing() {
        SegmentRef wan = new SegmentRef("wan");
        assertThat(lines(wan)).contains("Segment/VLAN=none");

        Topology numbered = type(topology, wan, "Segment", "VLAN", " 4094 ");

        assertThat(lines(numbered, wan)).contains("Segment/VLAN=4094");
        assertThat(type(numbered, wan, "Segment", "VLAN", "")).isEqualTo(topology);
        Editor.Typed field = typed(topology, wan, "Segment", "VLAN");
        assertThat(List.of("0", "4095", "99999999999", "7 8", "ten"))
                .allSatisfy(text -> assertThat(field.refusal(topology, text))
                        .hasValue("Write a number from 1 to 4094, or nothing"));
    }

    @Test
    void aPortBecomesAVlanOfAnotherOneAndAPortOfItsOwnAgain() {
        PortRef arm = new PortRef("director", "dpdk2");

        Topology shared = choose(topology, arm, "Port", "Attachment", "dpdk0");

        assertThat(lines(shared, arm)).contains("Port/Attachment=VLAN on dpdk0");
        assertThat(row(shared, new PortRef("director", "dpdk0"), "Port", "Attachment")
                        .editor())
                .as("a port that carries VLANs is none")
                .isEmpty();
        assertThat(choose(shared, arm, "Port", "Attachment", "")).isEqualTo(topology);
    }

    @Test
    void whatTheTopologyDoesNotHaveHasNoProperties() {
        assertThat(PropertiesBuilder.propertiesOf(topology, new HostRef("rs9"))).isEmpty();
    }

    @Test
    void aDirectorShowsWhatItTranslates() {
        assertThat(lines(gateway, DIRECTOR))
                .contains(
                        "NAT64/Translates=yes",
                        "NAT64/Prefix=64:ff9b::/96",
                        "NAT64/Pool=198.51.100.0/28",
                        "NAT64/Filtering=address-dependent",
                        "NAT64/Most bindings=65536",
                        "NAT64/Most sessions=131072",
                        "NAT64/UDP timeout=300 s",
                        "NAT64/Ping timeout=60 s",
                        "NAT64/TCP timeout=7440 s",
                        "NAT64/TCP timeout, opening and closing=240 s",
                        "SIIT/Translates=yes",
                        "SIIT/Prefix=2001:db8:64::/96",
                        "SIIT/IPv4=198.51.100.80/32",
                        "SIIT/IPv6=2001:db8:1::80/128");
        assertThat(lines(DIRECTOR)).contains("NAT64/Translates=no", "SIIT/Translates=no");
        assertThat(lines(ProjectFixture.starter("keepalived-pair").topology(), new HostRef("lb1")))
                .as("DPVS has neither")
                .noneMatch(line -> line.startsWith("NAT64") || line.startsWith("SIIT"));
    }

    @Test
    void translationIsSwitchedOffAndOnWithAddressesThatNothingElseHas() {
        Topology off = choose(choose(gateway, "NAT64", "Translates", "false"), "SIIT", "Translates", "false");
        assertThat(translation(off)).isEqualTo(FamilyTranslation.NONE);

        Topology on = choose(choose(off, "NAT64", "Translates", "true"), "SIIT", "Translates", "true");

        assertThat(nat64(on).prefix()).hasToString("64:ff9b::/96");
        assertThat(nat64(on).pool()).hasToString("198.51.100.0/28");
        assertThat(translation(on).siit()).hasValue(new Siit(Optional.of(Prefix.parse("2001:db8:64::/96")), List.of()));
        assertThat(problems(on)).isEqualTo(problems(gateway));
        assertThat(choose(gateway, "NAT64", "Translates", "true"))
                .as("on already")
                .isEqualTo(gateway);
    }

    @Test
    void aMemberOfAGroupThatIsSwitchedOnTranslatesLikeTheOthers() {
        Topology pair = ProjectFixture.starter("bundled-pair").topology();
        HostRef lb1 = new HostRef("lb1");
        Topology first = choose(pair, lb1, "NAT64", "Translates", "true");
        first = type(first, lb1, "NAT64", "Pool", "203.0.113.64/28");

        Topology both = choose(first, new HostRef("lb2"), "NAT64", "Translates", "true");

        assertTranslateAlike(both);
        assertThat(lines(both, new HostRef("lb2"))).contains("NAT64/Pool=203.0.113.64/28");
    }

    @Test
    void theMembersOfAGroupAreSwitchedOnTogether() {
        Topology pair = ProjectFixture.starter("bundled-pair").topology();
        Editor shared = SharedProperties.of(pair, List.of(new HostRef("lb1"), new HostRef("lb2"))).stream()
                .filter(section -> section.title().equals("NAT64"))
                .flatMap(section -> section.rows().stream())
                .findFirst()
                .flatMap(PropertySection.Row::editor)
                .orElseThrow();

        Topology both = ((Editor.Choice) shared).change().apply(pair, "true");

        assertTranslateAlike(both);
        assertThat(lines(both, new HostRef("lb2"))).contains("NAT64/Translates=yes");
    }

    private static void assertTranslateAlike(Topology pair) {
        assertThat(pair.director("lb2").orElseThrow().dataplane().translation())
                .isEqualTo(pair.director("lb1").orElseThrow().dataplane().translation());
    }

    @Test
    void everyValueOfNat64IsEditedAndNothingElseChanges() {
        Topology edited = type(gateway, "NAT64", "Prefix", "2001:db8:6464::/64");
        edited = type(edited, "NAT64", "Pool", "203.0.113.200");
        edited = choose(edited, "NAT64", "Filtering", "ENDPOINT");
        edited = type(edited, "NAT64", "Most bindings", "1000");
        edited = type(edited, "NAT64", "Most sessions", "2000");
        edited = type(edited, "NAT64", "UDP timeout", "10m");
        edited = type(edited, "NAT64", "Ping timeout", "90s");
        edited = type(edited, "NAT64", "TCP timeout", "3h");
        edited = type(edited, "NAT64", "TCP timeout, opening and closing", "300 s");

        assertThat(nat64(edited))
                .isEqualTo(new Nat64(
                        Prefix.parse("2001:db8:6464::/64"),
                        Prefix.parse("203.0.113.200/32"),
                        Nat64.Filtering.ENDPOINT,
                        1000,
                        2000,
                        new Nat64.Timeouts(
                                Duration.ofMinutes(10),
                                Duration.ofSeconds(90),
                                Duration.ofHours(3),
                                Duration.ofMinutes(5)),
                        List.of()));
        assertThat(translation(edited).siit()).isEqualTo(translation(gateway).siit());
        assertThat(typed(gateway, DIRECTOR, "NAT64", "Pool").name())
                .isEqualTo(Wording.of("edit.field", "NAT64: Pool", "director"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NAT64 | Prefix | 64:ff9b::/97 | of length 32, 40",
                "NAT64 | Prefix | 64:ff9b::1/96 | Write 64:ff9b::/96.",
                "NAT64 | Prefix | 198.51.100.0/24 | IPv6 prefix",
                "NAT64 | Pool | 198.51.100.7/28 | Write 198.51.100.0/28.",
                "NAT64 | Pool | 198.51.0.0/16 | of length 24 to 32",
                "NAT64 | Pool | 2001:db8::/32 | IPv4 network",
                "NAT64 | Most bindings | 0 | 1 to 4194304",
                "NAT64 | Most sessions | 4194305 | 1 to 4194304",
                "NAT64 | Most sessions | many | not a whole number",
                "NAT64 | UDP timeout | 119s | 120s to 86400s",
                "NAT64 | Ping timeout | 60500ms | whole seconds",
                "NAT64 | TCP timeout | 7439s | 7440s to 604800s",
                "NAT64 | TCP timeout | 999999999h | 7440s to 604800s",
                "NAT64 | TCP timeout, opening and closing | soon | with its unit",
                "NAT64 | Binding | 198.51.100.1 | and a port",
                "NAT64 | Binding | [2001:db8::1]:80 | IPv4 address",
                "NAT64 | Binding | 198.51.100.1:70000 | 1 to 65535",
                "NAT64 | Leads to | 2001:db8::1:80 | in brackets",
                "NAT64 | Leads to | [192.0.2.1]:80 | IPv6 address",
                "NAT64 | Leads to | [2001:db8::1]:0 | 1 to 65535",
                "SIIT | Prefix | 2001:db8::/33 | of length 32, 40",
                "SIIT | IPv4 | 2001:db8::1 | IPv4 address or network",
                "SIIT | IPv6 | 198.51.100.80 | IPv6 address or network",
            })
    void whatNoDirectorTakesIsRefusedWhileTyping(String section, String label, String text, String why) {
        Topology bound = add(gateway, "Add binding");

        assertThat(typed(bound, DIRECTOR, section, label).refusal(bound, text))
                .hasValueSatisfying(reason -> assertThat(reason).contains(why));
    }

    @Test
    void bindingsAreAddedEditedAndRemoved() {
        Topology added = add(add(gateway, "Add binding"), "Add binding");
        assertThat(lines(added, DIRECTOR))
                .containsSubsequence(
                        "NAT64/Binding=198.51.100.0:80",
                        "NAT64/Protocol=tcp",
                        "NAT64/Leads to=[2001:db8:1::80]:80",
                        "NAT64/Binding=198.51.100.0:81");
        assertThat(problems(added)).isEqualTo(problems(gateway));

        Topology edited = type(added, "NAT64", "Binding", "198.51.100.3:53");
        edited = choose(edited, "NAT64", "Protocol", "UDP");
        edited = type(edited, "NAT64", "Leads to", "[2001:db8:1::11]:5353");
        assertThat(nat64(edited).bindings().getFirst())
                .isEqualTo(new Nat64.Binding(
                        Nat64.Protocol.UDP,
                        IpLiteral.parse("198.51.100.3"),
                        53,
                        IpLiteral.parse("2001:db8:1::11"),
                        5353));

        Topology removed = remove(edited, "NAT64", "Binding");
        assertThat(nat64(removed).bindings())
                .isEqualTo(List.of(nat64(added).bindings().getLast()));
    }

    @Test
    void mappingsAreAddedEditedAndRemoved() {
        Topology added = add(gateway, "Add mapping");
        assertThat(translation(added).siit().orElseThrow().mappings().getLast())
                .as("of the host that has none yet, with an address outside of the pool")
                .isEqualTo(new Siit.Mapping(Prefix.parse("198.51.100.16/32"), Prefix.parse("2001:db8:1::11/128")));
        assertThat(problems(added)).isEqualTo(problems(gateway));

        Topology edited = type(added, "SIIT", "IPv4", "198.51.100.64/28");
        edited = type(edited, "SIIT", "IPv6", "2001:db8:1::80/124");
        edited = type(edited, "SIIT", "Prefix", "");
        assertThat(lines(edited, DIRECTOR))
                .contains("SIIT/Prefix=none", "SIIT/IPv4=198.51.100.64/28", "SIIT/IPv6=2001:db8:1::80/124");

        Topology removed = remove(edited, "SIIT", "IPv4");
        assertThat(translation(removed).siit().orElseThrow().mappings())
                .containsExactly(
                        translation(added).siit().orElseThrow().mappings().getLast());
    }

    private static FamilyTranslation translation(Topology of) {
        return of.director("director").orElseThrow().dataplane().translation();
    }

    private static Nat64 nat64(Topology of) {
        return translation(of).nat64().orElseThrow();
    }

    /** What lint says of the design as it would be saved. */
    private static List<String> problems(Topology of) {
        return Lint.check(ProjectReader.readText(ProjectWriter.format(of), Path.of("topology.yaml"))).stream()
                .map(finding -> finding.rule() + " " + finding.message())
                .toList();
    }

    private static PropertySection.Row row(Topology of, ObjectRef ref, String section, String label) {
        return PropertiesBuilder.propertiesOf(of, ref).stream()
                .filter(it -> it.title().equals(section))
                .flatMap(it -> it.rows().stream())
                .filter(it -> it.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError(section + " has no " + label));
    }

    private static Editor.Typed typed(Topology of, ObjectRef ref, String section, String label) {
        return (Editor.Typed) row(of, ref, section, label).editor().orElseThrow();
    }

    private static Topology type(Topology of, String section, String label, String text) {
        return type(of, DIRECTOR, section, label, text);
    }

    private static Topology type(Topology of, ObjectRef ref, String section, String label, String text) {
        return typed(of, ref, section, label).change().apply(of, text);
    }

    private static Topology choose(Topology of, String section, String label, String value) {
        return choose(of, DIRECTOR, section, label, value);
    }

    private static Topology choose(Topology of, ObjectRef ref, String section, String label, String value) {
        Editor.Choice choice =
                (Editor.Choice) row(of, ref, section, label).editor().orElseThrow();
        assertThat(choice.options()).extracting(Editor.Option::value).contains(value);
        return choice.change().apply(of, value);
    }

    private static Topology remove(Topology of, String section, String label) {
        return row(of, DIRECTOR, section, label)
                .removal()
                .orElseThrow()
                .change()
                .apply(of);
    }

    private static Topology add(Topology of, String label) {
        return PropertiesBuilder.propertiesOf(of, DIRECTOR).stream()
                .flatMap(section -> section.additions().stream())
                .filter(action -> action.label().equals(label))
                .findFirst()
                .orElseThrow()
                .change()
                .apply(of);
    }

    private List<String> lines(ObjectRef ref) {
        return lines(topology, ref);
    }

    private static List<String> lines(Topology topology, ObjectRef ref) {
        return PropertiesBuilder.propertiesOf(topology, ref).stream()
                .flatMap(section ->
                        section.rows().stream().map(row -> section.title() + "/" + row.label() + "=" + row.value()))
                .toList();
    }
}
