package io.twoarm.config.dpvs;

import io.twoarm.config.PrintStyle;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a {@code dpvs.conf} says.
 *
 * @param settings values of all keywords outside devices, bondings and workers
 * @param devices NICs; the place in the list is the DPDK port id
 * @param bondings each makes one port of several devices
 * @param mappings explicit address mappings of stateless translation
 * @param bindings configured bindings of NAT64
 * @param vlans VLAN interfaces, devices besides the ports
 */
public record DpvsConf(
        Settings settings,
        List<Device> devices,
        List<Bonding> bondings,
        List<Worker> workers,
        List<AddressMapping> mappings,
        List<Nat64Binding> bindings,
        List<Vlan> vlans) {

    public DpvsConf {
        devices = List.copyOf(devices);
        bondings = List.copyOf(bondings);
        workers = List.copyOf(workers);
        mappings = List.copyOf(mappings);
        bindings = List.copyOf(bindings);
        vlans = List.copyOf(vlans);
    }

    /** Without translation between the families and VLANs. */
    public DpvsConf(Settings settings, List<Device> devices, List<Bonding> bondings, List<Worker> workers) {
        this(settings, devices, bondings, workers, List.of(), List.of(), List.of());
    }

    public Optional<Device> device(String name) {
        return devices.stream().filter(device -> device.name().equals(name)).findFirst();
    }

    /**
     * What workers may name, in the order of port numbers: devices outside of bondings, then the
     * bondings. A bonding has the settings of its primary, and a kernel's interface of its own.
     */
    public List<Device> ports() {
        Set<String> members =
                bondings.stream().flatMap(bonding -> bonding.members().stream()).collect(Collectors.toSet());
        return Stream.concat(
                        devices.stream().filter(device -> !members.contains(device.name())),
                        bondings.stream().map(this::port))
                .toList();
    }

    private Device port(Bonding bonding) {
        Settings primary = device(bonding.primary())
                .map(Device::settings)
                .orElse(Settings.EMPTY)
                .without(NetifKeywords.KNI_NAME);
        return new Device(
                bonding.name(),
                bonding.settings()
                        .find(NetifKeywords.BONDING_KNI_NAME)
                        .map(name -> primary.with(NetifKeywords.KNI_NAME, name))
                        .orElse(primary),
                bonding.origin());
    }

    /** The bonding of this name. */
    public Optional<Bonding> bonding(String name) {
        return bondings.stream().filter(bonding -> bonding.name().equals(name)).findFirst();
    }

    /** What addresses and routes may name: ports and VLANs. */
    public List<String> interfaces() {
        return Stream.concat(ports().stream().map(Device::name), vlans.stream().map(Vlan::name))
                .toList();
    }

    /**
     * Name of the kernel's interface beside a port (KNI). {@code kni on} gives one to every port, {@code kni off} to
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
