package io.twoarm.config.dpvs;

import io.twoarm.config.PrintStyle;
import java.util.List;
import java.util.Optional;

/**
 * What a {@code dpvs.conf} says.
 *
 * @param settings values of all keywords outside devices, bondings and workers
 * @param devices ports; the place in the list is the DPDK port id
 */
public record DpvsConf(Settings settings, List<Device> devices, List<Bonding> bondings, List<Worker> workers) {

    public DpvsConf {
        devices = List.copyOf(devices);
        bondings = List.copyOf(bondings);
        workers = List.copyOf(workers);
    }

    public Optional<Device> device(String name) {
        return devices.stream().filter(device -> device.name().equals(name)).findFirst();
    }

    /** Whether addresses, routes and workers may name it: a device or a bonding. */
    public boolean hasPort(String name) {
        return device(name).isPresent()
                || bondings.stream().anyMatch(bonding -> bonding.name().equals(name));
    }

    /**
     * Name of the kernel's interface beside a device (KNI). {@code kni on} gives one to every device, {@code kni off} to
     * none; without either, those have one that name it.
     */
    public Optional<String> kernelTwin(Device device) {
        Optional<Boolean> all = settings.find(GlobalKeywords.KNI);
        if (all.isPresent() && !all.get()) {
            return Optional.empty();
        }
        Optional<String> named = device.settings().find(NetifKeywords.KNI_NAME);
        return named.isPresent() || all.isEmpty() ? named : Optional.of(device.name() + ".kni");
    }

    /** The workers that forward packets, in order. */
    public List<Worker> forwardingWorkers() {
        return workers.stream()
                .filter(worker -> worker.type() == Worker.Type.SLAVE)
                .toList();
    }

    /** Packet buffers for each NUMA node. */
    public int pktpoolSize() {
        return settings.get(NetifKeywords.PKTPOOL_SIZE);
    }

    /** Packet buffers that each worker keeps for itself. */
    public int pktpoolCache() {
        return settings.get(NetifKeywords.PKTPOOL_CACHE);
    }

    /** Sessions for each NUMA node. */
    public int connPoolSize() {
        return settings.get(IpvsKeywords.CONN_POOL_SIZE);
    }

    /** Whether forwarding lowers the TTL, or the hop limit, of packets. */
    public boolean decrementsTtl() {
        return settings.get(IpvsKeywords.XMIT_TTL);
    }

    /** Whether TCP segments that nobody takes are dropped in silence. */
    public boolean dropsStrayTcp() {
        return settings.get(TcpKeywords.DEFENCE_TCP_DROP);
    }

    /** Whether UDP packets that nobody takes are dropped in silence. */
    public boolean dropsStrayUdp() {
        return settings.get(IpvsKeywords.DEFENCE_UDP_DROP);
    }

    /** Lifetime in seconds of a session whose first packet was never answered. */
    public int connInitTimeout() {
        return settings.get(IpvsKeywords.CONN_INIT_TIMEOUT);
    }

    public TcpTimeouts tcpTimeouts() {
        return TcpTimeouts.of(settings);
    }

    public UdpTimeouts udpTimeouts() {
        return UdpTimeouts.of(settings);
    }

    /** Time in seconds after which a neighbour's Ethernet address is asked for again. */
    public int neighbourTimeout() {
        return settings.get(ServiceTableKeywords.NEIGH_TIMEOUT);
    }

    /** Packets that may wait for one neighbour's Ethernet address. */
    public int unresolvedQueueLength() {
        return settings.get(ServiceTableKeywords.UNRES_QUEUE_LENGTH);
    }

    /** TTL of packets that the director itself sends. */
    public int defaultTtl() {
        return settings.get(IpKeywords.DEFAULT_TTL);
    }

    /** The canonical text: the same model always gives the same bytes, and they parse to an equal model. */
    public String print(PrintStyle style) {
        return new DpvsPrinter(style).print(this);
    }
}
