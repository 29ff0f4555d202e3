package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.artifact.ArtifactGenerator;
import io.twoarm.artifact.HostArtifacts;
import io.twoarm.artifact.HostService;
import io.twoarm.artifact.Recipe;
import io.twoarm.model.Topology;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.templates.StarterTopologies;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every target, recognised by the script that runs on hosts from the os-release(5) that the system has. */
class TargetsTest {
    private static final List<String> REALSERVER =
            List.of("bird2", "conntrackd", "curl", "iproute2", "iputils-ping", "nginx", "procps");

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            debian-12          | Debian 12                       | APT    | ifupdown | bird2 conntrackd curl iproute2 iputils-ping nginx procps
            debian-13          | Debian 13                       | APT    | ifupdown | bird2 conntrackd curl iproute2 iputils-ping nginx procps
            ubuntu-22.04       | Ubuntu 22.04                    | APT    | netplan  | bird2 conntrackd curl iproute2 iputils-ping nginx procps
            ubuntu-24.04       | Ubuntu 24.04                    | APT    | netplan  | bird2 conntrackd curl iproute2 iputils-ping nginx procps
            rhel-8             | Red Hat Enterprise Linux 8      | DNF    | ifcfg    | bird conntrack-tools curl iproute iputils nginx procps-ng
            rocky-8            | Rocky Linux 8                   | DNF    | ifcfg    | bird conntrack-tools curl iproute iputils nginx procps-ng
            almalinux-8        | AlmaLinux 8                     | DNF    | ifcfg    | bird conntrack-tools curl iproute iputils nginx procps-ng
            oracle-8           | Oracle Linux 8                  | DNF    | ifcfg    | bird conntrack-tools curl iproute iputils nginx procps-ng
            centos-stream-8    | CentOS Stream 8                 | DNF    | ifcfg    | bird conntrack-tools curl iproute iputils nginx procps-ng
            rhel-9             | Red Hat Enterprise Linux 9      | DNF    | keyfile  | bird conntrack-tools curl iproute iputils nginx procps-ng
            rocky-9            | Rocky Linux 9                   | DNF    | keyfile  | bird conntrack-tools curl iproute iputils nginx procps-ng
            almalinux-9        | AlmaLinux 9                     | DNF    | keyfile  | bird conntrack-tools curl iproute iputils nginx procps-ng
            oracle-9           | Oracle Linux 9                  | DNF    | keyfile  | bird conntrack-tools curl iproute iputils nginx procps-ng
            centos-stream-9    | CentOS Stream 9                 | DNF    | keyfile  | bird conntrack-tools curl iproute iputils nginx procps-ng
            centos-7           | CentOS 7                        | YUM    | ifcfg    | bird2 conntrack-tools curl iproute iputils nginx procps-ng
            sles-15.6          | SUSE Linux Enterprise Server 15 | ZYPPER | wicked   | bird conntrack-tools curl iproute2 iputils nginx procps
            opensuse-leap-15.6 | openSUSE Leap 15                | ZYPPER | wicked   | bird conntrack-tools curl iproute2 iputils nginx procps
            """)
    void aTargetIsRecognisedWithItsNames(
            String release, String name, PackageManager manager, String network, String packages) throws Exception {
        HostDesign design = design(REALSERVER);
        HostFacts facts = facts(release, manager == PackageManager.APT, design);

        TargetSystem system = facts.target().orElseThrow();
        assertThat(system.name()).isEqualTo(name);
        assertThat(facts.assumption()).isEmpty();
        assertThat(system.manager()).isEqualTo(manager);
        assertThat(Recipe.of(network)).hasValue(system.network());
        assertThat(PreflightCheck.networkFiles(facts, "rs1"))
                .hasValue(new HostPreflight.Fact("network files", "twoarm recipe " + network + " DIR --host rs1"));
        assertThat(system.available(REALSERVER)).containsExactly(packages.split(" "));
        assertThat(unsuitable(facts, design)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "debian-12 librte-ethdev23",
                "debian-13 librte-ethdev25",
                "ubuntu-24.04 librte-ethdev24",
                "rocky-8 dpdk",
                "rhel-9 dpdk",
                "sles-15.6 dpdk"
            })
    void directorsGetTheDpdkOfTheirDistribution(String releaseAndPackage) throws Exception {
        String[] words = releaseAndPackage.split(" ");

        TargetSystem system = facts(words[0], words[1].startsWith("librte"), design(List.of()))
                .target()
                .orElseThrow();

        assertThat(system.available(List.of("librte-ethdev23"))).containsExactly(words[1]);
    }

    @ParameterizedTest
    @CsvSource({"ubuntu-22.04, true, Ubuntu 22.04 has DPDK 21.11", "centos-7, false, CentOS 7 has DPDK 18.11"})
    void whereTheDaemonCannotRunADirectorIsRefusedWithTheReason(String release, boolean apt, String reason)
            throws Exception {
        HostDesign design = design(List.of("librte-ethdev23", "librte-net-tap23"));

        assertThat(unsuitable(facts(release, apt, design), design))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.found()).startsWith(reason).contains("22.11 or later");
                    assertThat(finding.fix()).contains("Debian 12");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "arch, Arch Linux (ID=arch VERSION_ID=none)",
        "fedora-40, Fedora Linux 40 (Server Edition) (ID=fedora VERSION_ID=40)",
        "opensuse-tumbleweed, openSUSE Tumbleweed (ID=opensuse-tumbleweed VERSION_ID=20240601)"
    })
    void anUnknownSystemIsRefusedWithWhatWasFoundAndWhatIsAllowed(String release, String found) throws Exception {
        HostDesign design = design(List.of("nginx"));

        assertThat(unsuitable(facts(release, false, design), design))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.found())
                            .isEqualTo("the system " + found + ", whose package names are not known");
                    assertThat(finding.needed())
                            .startsWith("the packages nginx, on one of: Debian 12, Debian 13, Ubuntu 22.04")
                            .contains("CentOS 7", "SUSE Linux Enterprise Server 15");
                    assertThat(finding.fix()).isEqualTo("use one of these systems on this host");
                });
        assertThat(unsuitable(facts(release, false, design(List.of())), design(List.of())))
                .as("nothing to install")
                .isEmpty();
    }

    @Test
    void whatOnlyHasAptIsTakenForDebianWhichIsSaid() throws Exception {
        HostDesign design = design(List.of("nginx"));
        HostFacts facts = facts("linuxmint-22", true, design);

        assertThat(unsuitable(facts, design)).isEmpty();
        assertThat(PreflightCheck.networkFiles(facts, "rs1")).isEmpty();
        assertThat(facts.assumption())
                .hasValueSatisfying(finding -> assertThat(finding.found())
                        .isEqualTo("Linux Mint 22 (ID=linuxmint VERSION_ID=22), whose package names are not known;"
                                + " it has apt-get and is taken for Debian 12"));
    }

    @Test
    void unitsHaveTheirNamesOnEveryTarget() {
        Set<String> foreign = new TreeSet<>();
        everyHost()
                .flatMap(host -> host.services().stream())
                .map(HostService::unit)
                .filter(unit -> !unit.startsWith("twoarm-"))
                .forEach(foreign::add);

        // Debian, Ubuntu, Enterprise Linux (BIRD from EPEL) and SUSE agree on these.
        assertThat(foreign)
                .containsExactly(
                        "bird.service", "conntrackd.service", "frr.service", "keepalived.service", "nginx.service");
    }

    @ParameterizedTest
    @CsvSource({
        "APT, apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=120 install -- nginx frr",
        "DNF, dnf -y --setopt=install_weak_deps=False install -- nginx frr",
        "YUM, yum -y install -- nginx frr",
        "ZYPPER, zypper --non-interactive install --no-recommends -- nginx frr"
    })
    void packagesAreInstalledByListsOfArguments(PackageManager manager, String command) {
        assertThat(manager.install(List.of("nginx", "frr"))).containsExactly(command.split(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            YUM    | Could not retrieve mirrorlist http://mirrorlist.centos.org/?release=7: Could not resolve host | vault.centos.org
            YUM    | Cannot find a valid baseurl for repo: base/7/x86_64                                          | vault.centos.org
            YUM    | No package bird2 available.                                                                  | EPEL
            DNF    | Error: Unable to find a match: bird                                                          | EPEL
            ZYPPER | No provider of 'frr' found.                                                                  | zypper repos
            ZYPPER | System management is locked by the application with pid 77 (zypper).                         | wait until
            APT    | E: Unable to locate package frr                                                              | /etc/apt/sources.list
            APT    | Temporary failure resolving 'deb.debian.org'                                                 | cannot reach
            """)
    void whatAPackageManagerComplainsOfHasItsFix(PackageManager manager, String output, String fix) {
        assertThat(PackageTrouble.of(output).fix(manager, List.of("frr"), "6.1.0"))
                .contains(fix);
    }

    @Test
    void anOlderSystemdIsNotAskedForWhatItDoesNotKnow() {
        List<String> command =
                List.of("/usr/bin/systemd-analyze", "verify", "--man=no", "--recursive-errors=no", "{/etc/a.service}");

        // CentOS 7, Enterprise Linux 8, Ubuntu 22.04; Enterprise Linux 9 and Debian 12.
        for (int systemd : List.of(219, 239, 249)) {
            assertThat(HostDeployer.understood(command, systemd))
                    .containsExactly("/usr/bin/systemd-analyze", "verify", "--man=no", "{/etc/a.service}");
        }
        assertThat(HostDeployer.understood(command, 252)).isEqualTo(command);
    }

    @Test
    void aHostWithoutSystemdVersionOrOsReleaseSaysSo() {
        HostFacts facts = HostFacts.parse(
                "rs1", "facts\nsystem\tunknown\t5.10\tx86_64\trunning\nsystemd\t\nrelease\t\t\tother\nend\n");

        assertThat(facts.systemd()).isZero();
        assertThat(facts.release()).isEqualTo("no /etc/os-release");
        assertThatThrownBy(() -> Suitability.check(facts, design(List.of("nginx")), unchanged(facts)))
                .hasMessageContaining("the system unknown (no /etc/os-release), whose package names are not known");
    }

    private static HostDesign design(List<String> packages) {
        return HostDesign.of(
                new HostArtifacts("rs1", packages, false, List.of(), List.of(), List.of()), Optional.empty());
    }

    private static HostChange unchanged(HostFacts facts) {
        return new HostChange(
                List.of(), List.of(), Optional.empty(), List.of(), false, List.of(), List.of(), List.of());
    }

    /** What is said against the host's system and packages; whether systemd runs is another matter. */
    private static List<DeployFailure.HostUnsuitable.Finding> unsuitable(HostFacts facts, HostDesign design) {
        return Suitability.findings(facts, design, unchanged(facts)).stream()
                .filter(finding -> !finding.found().startsWith("systemd is in the state"))
                .toList();
    }

    private static Stream<HostArtifacts> everyHost() {
        return StarterTopologies.all().stream()
                .flatMap(starter ->
                        Stream.of(starter.topology(), starter.topology().replace("daemon: frr", "daemon: bird")))
                .flatMap(text -> ArtifactGenerator.generate(topology(text)).stream());
    }

    private static Topology topology(String text) {
        return ProjectReader.readText(text, Path.of("topology.yaml")).topology().orElseThrow();
    }

    /** What the facts script tells on this machine, when it has the os-release of another one. */
    private HostFacts facts(String release, boolean apt, HostDesign design) throws IOException {
        Path file = folder.resolve(release);
        try (InputStream in = TargetsTest.class.getResourceAsStream("os-release/" + release)) {
            Files.write(file, in.readAllBytes());
        }
        String script = RemoteScript.FACTS.text().replace("/etc/os-release", file.toString());
        if (!apt) {
            script = script.replace("command -v apt-get", "false");
        }
        List<String> words = new ArrayList<>(List.of("sh", "-c", script, "facts.sh"));
        words.addAll(HostFacts.questions(design));
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return HostFacts.parse(
                design.host(), new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
}
