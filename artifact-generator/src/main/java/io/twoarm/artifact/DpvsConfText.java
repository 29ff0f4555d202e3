package io.twoarm.artifact;

import io.twoarm.config.PrintStyle;
import io.twoarm.config.dpvs.Bonding;
import io.twoarm.config.dpvs.Device;
import io.twoarm.config.dpvs.DpvsConf;
import io.twoarm.config.dpvs.GlobalKeywords;
import io.twoarm.config.dpvs.IpvsKeywords;
import io.twoarm.config.dpvs.NetifKeywords;
import io.twoarm.config.dpvs.ServiceTableKeywords;
import io.twoarm.config.dpvs.Settings;
import io.twoarm.config.dpvs.Vlan;
import io.twoarm.config.dpvs.Worker;
import io.twoarm.config.dpvs.WorkerKeywords;
import io.twoarm.model.Attachment;
import io.twoarm.model.FamilyTranslation;
import io.twoarm.model.Port;
import io.twoarm.model.VirtualService;
import io.twoarm.model.plan.DataplaneSizes;
import java.util.ArrayList;
import java.util.List;

/** {@code dpvs.conf} of a bundled director: ports, workers and sizes. */
final class DpvsConfText {
    /** Queue ids end at 15 (NETIF_MAX_QUEUES of DPVS), and every worker has one queue of its own on each port. */
    private static final int MOST_WORKERS = 16;

    /** Slots of a NIC's queue; rings of net_af_packet have their size from the command line. */
    private static final int NIC_DESCRIPTORS = 1024;

    private final DirectorPlan plan;

    DpvsConfText(DirectorPlan plan) {
        this.plan = plan;
    }

    String print() {
        int workers = plan.director().dataplane().workers();
        if (workers > MOST_WORKERS) {
            throw new GenerationException(
                    "hosts." + plan.director().name() + ".dataplane.workers",
                    workers + " workers need as many queues on each port; at most " + MOST_WORKERS
                            + " can be numbered");
        }
        FamilyTranslation translation = plan.director().dataplane().translation();
        DpvsConf conf = new DpvsConf(
                TranslationText.settings(settings(), translation),
                devices(workers),
                bondings(),
                workers(workers),
                TranslationText.mappings(translation),
                TranslationText.bindings(translation),
                vlans());
        return conf.print(PrintStyle.explained(FileHeader.lines(
                plan.topology(),
                plan.director(),
                "Ports, workers and sizes of the dataplane (dpvs.conf).",
                "Services and addresses are in keepalived.conf beside it.")));
    }

    private Settings settings() {
        DataplaneSizes sizes =
                DataplaneSizes.of(plan.director().dataplane(), plan.nics().size());
        boolean twins = plan.ports().stream().anyMatch(KernelTwin::isUsed);
        Settings settings = (twins ? Settings.EMPTY : Settings.EMPTY.with(GlobalKeywords.KNI, false))
                .with(NetifKeywords.PKTPOOL_SIZE, sizes.buffers())
                .with(ServiceTableKeywords.FLOW_ENABLE, false)
                .with(IpvsKeywords.CONN_POOL_SIZE, sizes.sessions());
        boolean udp = plan.services().stream()
                .anyMatch(planned -> planned.service().protocol() == VirtualService.Protocol.UDP);
        return udp ? settings.with(IpvsKeywords.UOA_MAX_TRAIL, 0) : settings;
    }

    private List<Device> devices(int workers) {
        return plan.nics().stream()
                .map(nic -> new Device(nic.device(), deviceSettings(nic, workers)))
                .toList();
    }

    private List<Bonding> bondings() {
        List<Bonding> bondings = new ArrayList<>();
        for (Port port : plan.ports()) {
            if (port.attachment() instanceof Attachment.Bond(int mode, List<Attachment> _)) {
                List<String> members =
                        DpvsPorts.of(plan.topology(), plan.director()).membersOf(port);
                Settings settings = Settings.EMPTY
                        .with(NetifKeywords.BONDING_MODE, mode)
                        .with(NetifKeywords.BONDING_PRIMARY, members.getFirst());
                bondings.add(new Bonding(
                        port.name(),
                        members,
                        KernelTwin.isUsed(port)
                                ? settings.with(NetifKeywords.BONDING_KNI_NAME, KernelTwin.name(port.name()))
                                : settings));
            }
        }
        return bondings;
    }

    private List<Vlan> vlans() {
        return plan.vlans().stream()
                .map(vlan -> new Vlan(
                        vlan.port().name(),
                        Settings.EMPTY
                                .with(NetifKeywords.VLAN_LINK, vlan.link())
                                .with(NetifKeywords.VLAN_ID, vlan.number())))
                .toList();
    }

    private static Settings deviceSettings(DpvsPorts.Nic nic, int workers) {
        Settings settings = Settings.EMPTY
                .with(NetifKeywords.RX_QUEUE_NUMBER, workers)
                .with(NetifKeywords.TX_QUEUE_NUMBER, workers)
                .with(NetifKeywords.MTU, 1500);
        // Of a bond's members none has an interface of the kernel; the bond has.
        if (!nic.inBond() && KernelTwin.isUsed(nic.port())) {
            settings = settings.with(NetifKeywords.KNI_NAME, KernelTwin.name(nic.device()));
        }
        if (nic.attachment() instanceof Attachment.Pci) {
            settings = settings.with(NetifKeywords.RX_DESCRIPTOR_NUMBER, NIC_DESCRIPTORS)
                    .with(NetifKeywords.TX_DESCRIPTOR_NUMBER, NIC_DESCRIPTORS);
        }
        return settings;
    }

    /** The master on lcore 0, and one slave for each queue, which has that queue on every port. */
    private List<Worker> workers(int count) {
        List<Worker> workers = new ArrayList<>();
        workers.add(worker(0, "master", List.of()));
        for (int queue = 0; queue < count; queue++) {
            Settings queues = Settings.EMPTY
                    .with(WorkerKeywords.RX_QUEUE_IDS, List.of(queue))
                    .with(WorkerKeywords.TX_QUEUE_IDS, List.of(queue));
            List<Worker.PortQueues> ports = plan.ports().stream()
                    .map(port -> new Worker.PortQueues(port.name(), queues))
                    .toList();
            workers.add(worker(queue + 1, "slave", ports));
        }
        return workers;
    }

    private static Worker worker(int lcore, String type, List<Worker.PortQueues> ports) {
        Settings settings =
                Settings.EMPTY.with(WorkerKeywords.WORKER_TYPE, type).with(WorkerKeywords.CPU_ID, lcore);
        return new Worker("cpu" + lcore, settings, ports);
    }
}
