package io.twoarm.artifact.existing;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.artifact.ArtifactGenerator;
import io.twoarm.model.Finding;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.SourceMap;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService.ForwardingMode;
import io.twoarm.model.change.Difference;
import io.twoarm.model.lint.Lint;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.model.project.ProjectWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Setups that tutorials of DPVS and LVS give as commands: imported, generated again, and the same in meaning. */
class SeedCommandsTest {

    /**
     * @param services what the topology must have, as {@code vip:port mode scheduler realservers}
     * @param explained parts of the objects that differ, each with the reason why it must
     */
    record Setup(String name, String commands, List<String> services, List<String> explained) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Setup> setups() {
        // Commands say nothing of dpvs.conf, which a director needs as well.
        List<String> program = List.of("dataplane", "device ", "worker ");
        return Stream.of(
                new Setup(
                        "two-arm FullNAT, realserver without a port",
                        """
                        dpip addr add 10.0.96.204/32 dev dpdk2
                        dpip route add 10.0.96.0/24 dev dpdk2
                        dpip route add 192.168.229.0/24 dev dpdk0
                        dpip route add default via 10.0.96.254 dev dpdk2
                        ipvsadm -A -t 10.0.96.204:80 -s rr
                        ipvsadm -a -t 10.0.96.204:80 -r 192.168.229.1 -b
                        ipvsadm --add-laddr -z 192.168.229.204 -t 10.0.96.204:80 -F dpdk0
                        """,
                        List.of("10.0.96.204:80 FULLNAT RR 192.168.229.1:80*1"),
                        program),
                new Setup(
                        "FullNAT IPv6 on bonds",
                        """
                        dpip addr add 2001::201/128 dev bond2
                        dpip route -6 add 2001::/64 dev bond2
                        dpip route -6 add 2407::/64 dev bond1
                        dpip route -6 add default via 2001::1 dev bond2
                        ipvsadm -A -t [2001::201]:80 -s rr
                        ipvsadm -a -t [2001::201]:80 -r [2407::1]:80 -b
                        ipvsadm -a -t [2001::201]:80 -r [2407::2]:80 -b
                        ipvsadm --add-laddr -z 2407::201 -t [2001::201]:80 -F bond1
                        """,
                        List.of("2001::201:80 FULLNAT RR 2407::1:80*1 2407::2:80*1"),
                        program),
                new Setup(
                        "NAT64 with a wide inside network",
                        """
                        dpip addr add 2001::201/128 dev bond2
                        dpip route -6 add 2001::/64 dev bond2
                        dpip route add 192.168.228.0/23 dev bond1
                        dpip route -6 add default via 2001::1 dev bond2
                        ipvsadm -A -t [2001::201]:80 -s rr
                        ipvsadm -a -t [2001::201]:80 -r 192.168.229.1:80 -b
                        ipvsadm -a -t [2001::201]:80 -r 192.168.229.2:80 -b
                        ipvsadm --add-laddr -z 192.168.229.201 -t [2001::201]:80 -F bond1
                        """,
                        List.of("2001::201:80 FULLNAT RR 192.168.229.1:80*1 192.168.229.2:80*1"),
                        program),
                new Setup(
                        "LVS-NAT, two services of one VIP, another port and weights",
                        """
                        ipvsadm -A -t 202.103.106.5:80 -s wlc
                        ipvsadm -A -t 202.103.106.5:21 -s wrr
                        ipvsadm -a -t 202.103.106.5:80 -r 172.16.0.2:80 -m
                        ipvsadm -a -t 202.103.106.5:80 -r 172.16.0.3:8000 -m -w 2
                        ipvsadm -a -t 202.103.106.5:21 -r 172.16.0.2:21 -m
                        """,
                        List.of(
                                "202.103.106.5:80 NAT WLC 172.16.0.2:80*1 172.16.0.3:8000*2",
                                "202.103.106.5:21 NAT WRR 172.16.0.2:21*1"),
                        // The file that keepalived reads says where the VIP stands; the commands do not.
                        List.of("address 202.103.106.5/32")),
                new Setup(
                        "LVS-NAT telnet with weights",
                        """
                        /sbin/ipvsadm -A -t 192.168.1.110:23 -s rr
                        /sbin/ipvsadm -a -t 192.168.1.110:23 -r 10.1.1.2:23 -m -w 1
                        /sbin/ipvsadm -a -t 192.168.1.110:23 -r 10.1.1.3:23 -m -w 2
                        """,
                        List.of("192.168.1.110:23 NAT RR 10.1.1.2:23*1 10.1.1.3:23*2"),
                        List.of("address 192.168.1.110/32")),
                new Setup(
                        "direct routing into a tunnelled network",
                        """
                        ipvsadm -A -t 10.0.0.1:www
                        ipvsadm -a -t 10.0.0.1:www -r 10.0.1.1 -g
                        ipvsadm -a -t 10.0.0.1:www -r 10.0.1.2 -g
                        """,
                        List.of("10.0.0.1:80 DR WLC 10.0.1.1:80*1 10.0.1.2:80*1"),
                        List.of("address 10.0.0.1/32")));
    }

    @ParameterizedTest
    @MethodSource("setups")
    void theSetupIsImportedAndGeneratedAgainInTheSameMeaning(Setup setup) {
        ExistingDirector before = ExistingDirectorReader.read(
                "director", List.of(new ExistingFile("setup.sh", setup.commands())), Optional.empty());
        Topology topology = read(
                ProjectWriter.format(TopologyImport.of("seed", List.of(before)).topology()));

        assertThat(before.unmapped()).isEmpty();
        assertThat(topology.virtualServices())
                .extracting(service -> "%s:%d %s %s %s"
                        .formatted(
                                IpLiteral.format(service.vip()),
                                service.servicePort(),
                                service.mode(),
                                service.scheduler(),
                                String.join(
                                        " ",
                                        topology.realserverPool(service.realservers()).orElseThrow().members().stream()
                                                .map(member -> IpLiteral.format(member.address()) + ":" + member.port()
                                                        + "*" + member.weight())
                                                .toList())))
                .containsExactlyElementsOf(setup.services());
        if (topology.virtualServices().stream().allMatch(it -> it.mode() == ForwardingMode.FULLNAT)) {
            assertThat(Lint.check(topology, SourceMap.NONE))
                    .filteredOn(finding -> finding.severity() == Finding.Severity.ERROR)
                    .extracting(Finding::text)
                    .isEmpty();
        }
        Host.Director director = topology.director("director").orElseThrow();
        ExistingDirector after = ExistingDirectorReader.read(
                "director",
                ArtifactGenerator.generate(topology, "director").files().stream()
                        .map(file -> new ExistingFile(file.path(), file.content()))
                        .toList(),
                Optional.of(director.kind()));
        assertThat(Meaning.differences(before, after))
                .extracting(Difference::text)
                .allMatch(text -> setup.explained().stream().anyMatch(text::startsWith));
    }

    private static Topology read(String yaml) {
        return ProjectReader.readText(yaml, Path.of("topology.yaml"))
                .topology()
                .orElseThrow(() -> new AssertionError(yaml));
    }
}
