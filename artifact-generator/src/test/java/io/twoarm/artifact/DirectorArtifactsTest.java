package io.twoarm.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.twoarm.config.dpvs.Bonding;
import io.twoarm.config.dpvs.Device;
import io.twoarm.config.dpvs.DpvsConf;
import io.twoarm.config.dpvs.DpvsFile;
import io.twoarm.config.dpvs.IpvsKeywords;
import io.twoarm.config.dpvs.Worker;
import io.twoarm.config.keepalived.ClientAddress;
import io.twoarm.config.keepalived.KeepalivedConf;
import io.twoarm.config.keepalived.KeepalivedFile;
import io.twoarm.config.keepalived.OutsideFilter;
import io.twoarm.config.keepalived.Protocol;
import io.twoarm.config.keepalived.Scheduler;
import io.twoarm.config.keepalived.VirtualServer;
import io.twoarm.model.DataplaneSettings;
import io.twoarm.model.Topology;
import io.twoarm.model.plan.DataplaneSizes;
import io.twoarm.templates.StarterTopologies;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DirectorArtifactsTest {

    @Test
    void nicsGetCoresOfTheirOwnAndTheirDrivers() {
        HostArtifacts director = director(Topologies.twoArmText()
                .replace(
                        "dpdk0: { segment: lan, attach: af_packet }",
                        "dpdk0: { segment: lan, attach: 'pci:0000:3b:00.0' }")
                .replace(
                        "dpdk2: { segment: wan, attach: af_packet }",
                        "dpdk2: { segment: wan, attach: 'pci:0000:3b:00.1' }")
                .replace("memory: 512 MiB, hugepages: false", "memory: 4096 MiB, hugepages: true"));
        String unit = content(director, "/etc/systemd/system/twoarm-director.service");

        assertThat(unit)
                .contains(
                        "    -l 0-1 \\\n",
                        "    --in-memory \\\n",
                        "    -m 4096 \\\n",
                        "    -a 0000:3b:00.0 \\\n    -a 0000:3b:00.1\n")
                .doesNotContain("--no-huge", "--no-pci", "--vdev", "twoarm-ports");
        assertThat(director.packages()).contains("librte-meta-net").doesNotContain("ethtool", "nftables");
        assertThat(director.services())
                .extracting(HostService::unit)
                .containsExactly("twoarm-hardware.service", "twoarm-director.service");
        assertThat(dpvs(director).devices()).extracting(Device::rxDescriptors).containsOnly(1024);
    }

    @Test
    void portsOfIpv4HostsAreMappedAndThoseOfIpv6HostsHaveOneForEachDestination() {
        HostArtifacts director = director(StarterTopologies.named("snat-gateway")
                .orElseThrow()
                .topology()
                .replace("[203.0.113.0/24] }", "[203.0.113.0/24, \"2001:db8:2::/64\"] }")
                .replace("addresses: [203.0.113.10],", "addresses: [203.0.113.10, \"2001:db8:2::10\"],")
                .replace("subnets: [192.168.229.0/24]", "subnets: [192.168.229.0/24, \"2001:db8:1::/64\"]")
                .replace(
                        "sources: [192.168.229.0/24]",
                        "endpointIndependent: address, sources: [192.168.229.0/24, \"2001:db8:1::/64\"]"));
        KeepalivedFile file = KeepalivedFile.parse(content(director, "/etc/twoarm/keepalived.conf"));

        assertThat(file.findings()).isEmpty();
        assertThat(file.conf().matches())
                .extracting(
                        VirtualServer::protocol,
                        VirtualServer::scheduler,
                        server -> server.options().endpointIndependent())
                .containsExactly(
                        tuple(Protocol.TCP, Scheduler.SH, Optional.of(OutsideFilter.ADDRESS)),
                        tuple(Protocol.UDP, Scheduler.SH, Optional.of(OutsideFilter.ADDRESS)),
                        tuple(Protocol.ICMP, Scheduler.SH, Optional.of(OutsideFilter.ADDRESS)),
                        tuple(Protocol.TCP, Scheduler.RR, Optional.empty()),
                        tuple(Protocol.UDP, Scheduler.RR, Optional.empty()),
                        tuple(Protocol.ICMPV6, Scheduler.RR, Optional.empty()));
    }

    @Test
    void everyWorkerHasOneQueueOnEveryPort() {
        Topology topology = Topologies.read(Topologies.twoArmText().replace("workers: 1", "workers: 3"));
        DirectorPlan plan =
                DirectorPlan.of(topology, topology.director("director").orElseThrow());
        DpvsFile dpvs = DpvsFile.parse(new DpvsConfText(plan).print());

        assertThat(dpvs.findings()).isEmpty();
        assertThat(dpvs.conf().workers())
                .extracting(Worker::type, Worker::cpuId)
                .containsExactly(
                        tuple(Worker.Type.MASTER, 0),
                        tuple(Worker.Type.SLAVE, 1),
                        tuple(Worker.Type.SLAVE, 2),
                        tuple(Worker.Type.SLAVE, 3));
        assertThat(dpvs.conf().devices()).extracting(Device::rxQueues).containsOnly(Optional.of(3));
        assertThat(EalCommandLine.of(plan).arguments())
                .filteredOn(argument -> argument.startsWith("--vdev"))
                .hasSize(2)
                .allMatch(argument -> argument.contains(",qpairs=3,"));
    }

    /** 80 bytes of a frame are the kernel's and the Ethernet header's; blocks are whole pages and whole frames. */
    @Test
    void ringsOfSharedInterfacesHoldTheLargestPacketOfTheirWire() {
        Topology topology = Topologies.read(Topologies.twoArmText()
                .replace("lan: { subnets: [192.168.229.0/24] }", "lan: { subnets: [192.168.229.0/24], mtu: 9000 }"));
        DirectorPlan plan =
                DirectorPlan.of(topology, topology.director("director").orElseThrow());

        assertThat(EalCommandLine.of(plan).arguments())
                .filteredOn(argument -> argument.startsWith("--vdev"))
                .satisfiesExactly(
                        lan -> assertThat(lan)
                                .contains("iface=dpdk0,")
                                .endsWith("blocksz=36864,framesz=9216,framecnt=512"),
                        wan -> assertThat(wan)
                                .contains("iface=dpdk2,")
                                .endsWith("blocksz=4096,framesz=2048,framecnt=512"));
    }

    @Test
    void aBondIsOnePortOfSeveralDevices() {
        String starter =
                StarterTopologies.named("bonded-two-arm-lacp").orElseThrow().topology();
        HostArtifacts director = director(starter.replace("kind: dpvs", "kind: bundled")
                .replace("pci:0000:3b:00.", "af_packet:lan")
                .replace("pci:0000:5e:00.", "af_packet:wan"));
        DpvsConf conf = dpvs(director);

        assertThat(conf.devices()).extracting(Device::name).containsExactly("bond1s0", "bond1s1", "bond2s0", "bond2s1");
        assertThat(conf.bondings())
                .extracting(Bonding::name, Bonding::mode, Bonding::primary)
                .containsExactly(tuple("bond1", 4, "bond1s0"), tuple("bond2", 4, "bond2s0"));
        assertThat(conf.ports())
                .extracting(Device::name, port -> conf.kernelTwin(port).orElse(""))
                .containsExactly(tuple("bond1", "bond1.kni"), tuple("bond2", ""));
        assertThat(content(director, "/etc/systemd/system/twoarm-director.service"))
                .contains("net_af_packet0,iface=lan0,", "net_af_packet3,iface=wan1,");
        assertThat(director.packages()).contains("librte-net-bond23", "nftables");
    }

    @Test
    void devicesStandInTheOrderInWhichDpdkFindsThem() {
        HostArtifacts director = director(Topologies.twoArmText()
                .replace(
                        "dpdk2: { segment: wan, attach: af_packet }",
                        "dpdk2: { segment: wan, attach: 'pci:0000:3b:00.0' }"));

        assertThat(dpvs(director).devices()).extracting(Device::name).containsExactly("dpdk2", "dpdk0");
        assertThat(content(director, "/etc/systemd/system/twoarm-director.service"))
                .contains("    -a 0000:3b:00.0 \\\n    --vdev=net_af_packet0,iface=dpdk0,");
    }

    @Test
    void aServiceThatHidesTheClientSaysSo() {
        HostArtifacts director = director(Topologies.twoArmText().replace("clientAddress: toa", "clientAddress: none"));

        assertThat(keepalived(director).virtualServers().getFirst().clientAddress())
                .isEqualTo(ClientAddress.NONE);
        assertThat(content(director, DirectorArtifacts.KEEPALIVED_CONF)).contains("    client_address      none\n");
    }

    @Test
    void aUdpServiceSwitchesTheAddressInUdpPacketsOff() {
        HostArtifacts director = director(Topologies.twoArmText()
                .replace("protocol: tcp", "protocol: udp")
                .replace("clientAddress: toa", "clientAddress: none"));

        assertThat(keepalived(director).virtualServers().getFirst().protocol()).isEqualTo(Protocol.UDP);
        assertThat(dpvs(director).settings().get(IpvsKeywords.UOA_MAX_TRAIL)).isZero();
    }

    @Test
    void realserversWithoutACheckAreTakenForHealthy() {
        HostArtifacts director = director(Topologies.twoArmText()
                .replace(
                        "check: { type: tcp, interval: 3s, connectTimeout: 3s, retries: 2, retryDelay: 1s }",
                        "check: { type: none }"));

        assertThat(keepalived(director).virtualServers().getFirst().realServers())
                .allSatisfy(realServer -> assertThat(realServer.check()).isEmpty());
    }

    @Test
    void aPortOfTheKernelKeepsItsRoutesInTheKernel() {
        HostArtifacts director = director(Topologies.twoArmText()
                .replace("  outside: {", "  management: { subnets: [192.0.2.0/24] }\n  outside: {")
                .replace(
                        "      dpdk0: { segment: lan, attach: af_packet }",
                        "      eth0: { segment: management, addresses: [192.0.2.5/24] }\n"
                                + "      dpdk0: { segment: lan, attach: af_packet }")
                .replace(
                        "      - { to: default, via: 10.0.96.254, port: dpdk2 }",
                        "      - { to: default, via: 10.0.96.254, port: dpdk2 }\n"
                                + "      - { to: 198.51.100.0/24, via: 192.0.2.1 }"));

        assertThat(content(director, "/etc/systemd/system/twoarm-routes.service"))
                .contains("ExecStart=/usr/sbin/ip -4 route replace 198.51.100.0/24 via 192.0.2.1 proto 76\n")
                .doesNotContain("10.0.96.254");
        assertThat(keepalived(director).staticRoutes()).hasSize(3);
        assertThat(dpvs(director).devices()).extracting(Device::name).containsExactly("dpdk0", "dpdk2");
        assertThat(director.services())
                .extracting(HostService::unit)
                .containsExactly("twoarm-ports.service", "twoarm-routes.service", "twoarm-director.service");
    }

    @Test
    void subnetsOfIpv6OnTheSameWiresAreRoutesToo() {
        HostArtifacts director = director(Topologies.twoArmText()
                .replace("wan: { subnets: [10.0.96.0/24] }", "wan: { subnets: [10.0.96.0/24, 'fd00:96::/64'] }"));

        assertThat(content(director, DirectorArtifacts.KEEPALIVED_CONF)).contains("    fd00:96::/64 dev dpdk2\n");
    }

    @Test
    void memoryIsDividedSoThatEveryQueueCanBeFilled() {
        assertThat(DataplaneSizes.of(settings(512, 1), 2)).isEqualTo(new DataplaneSizes(16_383, 524_287));
        assertThat(DataplaneSizes.of(settings(64, 1), 2)).isEqualTo(new DataplaneSizes(8191, 65_535));
        assertThat(DataplaneSizes.of(settings(64, 8), 4).buffers()).isGreaterThanOrEqualTo(8 * 4 * 2048);
        assertThat(DataplaneSizes.of(settings(1 << 20, 16), 8)).isEqualTo(new DataplaneSizes(33_554_431, 16_777_215));
    }

    @Test
    void theServicesFilesAreWhatItIsRestartedFor() {
        HostArtifacts director = director(Topologies.twoArmText());
        List<String> paths = director.files().stream().map(HostFile::path).toList();

        assertThat(director.services())
                .allSatisfy(service -> assertThat(service.restartOn())
                        .allMatch(path -> paths.contains(path) || path.equals(DaemonBundle.INSTALL_PATH)));
        assertThat(director.services().stream().flatMap(service -> service.restartOn().stream()))
                .containsAll(paths);
    }

    private static DataplaneSettings settings(int megabytes, int workers) {
        return new DataplaneSettings(workers, megabytes, false);
    }

    private static HostArtifacts director(String yaml) {
        return Topologies.artifacts(Topologies.read(yaml), "director");
    }

    private static DpvsConf dpvs(HostArtifacts director) {
        return DpvsFile.parse(content(director, DirectorArtifacts.DPVS_CONF)).conf();
    }

    private static KeepalivedConf keepalived(HostArtifacts director) {
        return KeepalivedFile.parse(content(director, DirectorArtifacts.KEEPALIVED_CONF))
                .conf();
    }

    private static String content(HostArtifacts host, String path) {
        return Topologies.content(host, path);
    }
}
