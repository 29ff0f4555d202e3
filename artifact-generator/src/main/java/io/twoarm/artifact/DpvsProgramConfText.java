package io.twoarm.artifact;

import io.twoarm.config.PrintStyle;
import io.twoarm.config.dpvs.Bonding;
import io.twoarm.config.dpvs.Device;
import io.twoarm.config.dpvs.DpvsConf;
import io.twoarm.config.dpvs.IpvsKeywords;
import io.twoarm.config.dpvs.NetifKeywords;
import io.twoarm.config.dpvs.ServiceTableKeywords;
import io.twoarm.config.dpvs.Settings;
import io.twoarm.config.dpvs.Worker;
import io.twoarm.config.dpvs.WorkerKeywords;
import io.twoarm.model.Attachment;
import io.twoarm.model.DataplaneSettings;
import io.twoarm.model.DpvsRelease;
import io.twoarm.model.Host;
import io.twoarm.model.Port;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.VirtualService.ForwardingMode;
import io.twoarm.model.plan.DataplaneSizes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code dpvs.conf} for DPVS itself: the same matrix of workers and queues on every port, whatever the release. */
final class DpvsProgramConfText {
    /** Slots of a NIC's queue. */
    private static final int DESCRIPTORS = 1024;

    private final Topology topology;
    private final Host.Director director;
    private final DpvsPorts ports;

    DpvsProgramConfText(Topology topology, Host.Director director, DpvsPorts ports) {
        this.topology = topology;
        this.director = director;
        this.ports = ports;
    }

    String print() {
        DpvsConf conf = new DpvsConf(settings(), devices(), bondings(), workers());
        List<String> header = FileHeader.lines(
                topology,
                director,
                "Ports, workers and sizes of DPVS " + director.release().word().substring(1) + " (dpvs.conf).",
                "The order of the devices is DPDK's order of the NICs: by PCI address, interfaces after them.",
                "Each worker has the queue of its number on every port, so queues and workers always match.");
        return conf.print(new PrintStyle(header, false));
    }

    private Settings settings() {
        DataplaneSettings dataplane = director.dataplane();
        DataplaneSizes sizes = DataplaneSizes.of(dataplane, ports.devices().size());
        Settings settings = Settings.EMPTY
                .with(NetifKeywords.PKTPOOL_SIZE, sizes.buffers())
                .with(IpvsKeywords.CONN_POOL_SIZE, sizes.sessions());
        if (dataplane.workers() > 1 && needsRedirect()) {
            // Answers of NAT and SNAT sessions reach any worker; this hands them to the one that has the session.
            settings = settings.with(IpvsKeywords.CONN_REDIRECT, true);
        }
        if (director.release() != DpvsRelease.V1_8) {
            // One worker needs no flow rules, and many NICs have none.
            settings = settings.with(ServiceTableKeywords.FLOW_ENABLE, dataplane.workers() > 1 && !needsRedirect());
        }
        boolean udpWithoutUoa = topology.servicesOf(director)
                .anyMatch(service -> service.protocol() == VirtualService.Protocol.UDP
                        && service.clientAddress() != VirtualService.ClientAddress.UOA);
        return udpWithoutUoa ? settings.with(IpvsKeywords.UOA_MAX_TRAIL, 0) : settings;
    }

    private boolean needsRedirect() {
        boolean virtual = ports.devices().stream().anyMatch(nic -> nic.attachment() instanceof Attachment.AfPacket);
        return virtual
                || topology.natGatewaysOf(director).findAny().isPresent()
                || topology.servicesOf(director).anyMatch(service -> service.mode() == ForwardingMode.NAT);
    }

    private List<Device> devices() {
        return ports.devices().stream()
                .map(nic -> {
                    Settings settings = queues().with(NetifKeywords.RX_DESCRIPTOR_NUMBER, DESCRIPTORS)
                            .with(NetifKeywords.TX_DESCRIPTOR_NUMBER, DESCRIPTORS)
                            .with(NetifKeywords.RSS, List.of("all"))
                            .with(NetifKeywords.MTU, mtu(nic.port()));
                    // The bond has the kernel interface; its members have none.
                    return new Device(
                            nic.device(),
                            nic.inBond()
                                    ? settings
                                    : settings.with(NetifKeywords.KNI_NAME, KernelTwin.name(nic.device())));
                })
                .toList();
    }

    private Settings queues() {
        int workers = director.dataplane().workers();
        return Settings.EMPTY.with(NetifKeywords.RX_QUEUE_NUMBER, workers).with(NetifKeywords.TX_QUEUE_NUMBER, workers);
    }

    private int mtu(Port port) {
        return topology.segmentOf(port).map(Segment::mtu).orElse(Segment.ETHERNET_MTU);
    }

    private List<Bonding> bondings() {
        List<Bonding> bondings = new ArrayList<>();
        for (Port port : ports.logical()) {
            if (port.attachment() instanceof Attachment.Bond(int mode, List<Attachment> _)) {
                List<String> members = ports.membersOf(port);
                bondings.add(new Bonding(
                        port.name(),
                        members,
                        Settings.EMPTY
                                .with(NetifKeywords.BONDING_MODE, mode)
                                .with(NetifKeywords.BONDING_PRIMARY, members.getFirst())
                                .with(NetifKeywords.BONDING_KNI_NAME, KernelTwin.name(port.name()))));
            }
        }
        return bondings;
    }

    private List<Worker> workers() {
        List<Worker> slaves = Stream.iterate(0, queue -> queue + 1)
                .limit(director.dataplane().workers())
                .map(this::slave)
                .toList();
        List<Worker> workers = new ArrayList<>();
        workers.add(worker(0, "master", List.of()));
        workers.addAll(slaves);
        return workers;
    }

    private Worker slave(int queue) {
        Settings queues = Settings.EMPTY
                .with(WorkerKeywords.RX_QUEUE_IDS, List.of(queue))
                .with(WorkerKeywords.TX_QUEUE_IDS, List.of(queue));
        return worker(
                queue + 1,
                "slave",
                ports.logical().stream()
                        .map(port -> new Worker.PortQueues(port.name(), queues))
                        .toList());
    }

    private static Worker worker(int lcore, String type, List<Worker.PortQueues> ports) {
        Settings settings =
                Settings.EMPTY.with(WorkerKeywords.WORKER_TYPE, type).with(WorkerKeywords.CPU_ID, lcore);
        return new Worker("cpu" + lcore, settings, ports);
    }
}
