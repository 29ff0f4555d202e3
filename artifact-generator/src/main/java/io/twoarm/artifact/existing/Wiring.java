package io.twoarm.artifact.existing;

import io.twoarm.artifact.existing.ExistingDirector.Owned;
import io.twoarm.config.dpvs.Bonding;
import io.twoarm.config.dpvs.Device;
import io.twoarm.config.dpvs.DpvsConf;
import io.twoarm.model.Attachment;
import io.twoarm.model.DataplaneSettings;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.DpvsRelease;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.Route;
import io.twoarm.model.Segment;
import io.twoarm.model.plan.DataplaneSizes;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Ports, wires and hosts, as far as files tell them: configuration files name devices, not what they are plugged into. */
final class Wiring {
    private static final String TWIN = ".kni";
    private static final int ASSUMED_IPV4 = 24;
    private static final int ASSUMED_IPV6 = 64;

    private final List<ExistingDirector> existing;
    private final List<Unmapped> unmapped;

    /** Ports of all directors; those of one name are on one wire. */
    private final Set<String> ports = new LinkedHashSet<>();

    private final Map<String, Set<Prefix>> subnets = new LinkedHashMap<>();

    Wiring(List<ExistingDirector> existing, List<Unmapped> unmapped) {
        this.existing = existing;
        this.unmapped = unmapped;
        existing.forEach(this::collectPorts);
        if (ports.isEmpty()) {
            ports.add("eth0");
            unmapped.add(new Unmapped("", 0, "ports", "the files name none; eth0 is assumed"));
        }
        ports.forEach(port -> subnets.put(port, new LinkedHashSet<>()));
        existing.forEach(this::collectSubnets);
        existing.forEach(this::assumeSubnets);
    }

    private void collectPorts(ExistingDirector director) {
        director.dpvs().ifPresent(conf -> {
            Set<String> members = new LinkedHashSet<>();
            conf.bondings().forEach(bonding -> members.addAll(bonding.members()));
            conf.devices().stream()
                    .map(Device::name)
                    .filter(name -> !members.contains(name))
                    .forEach(ports::add);
            conf.bondings().forEach(bonding -> ports.add(bonding.name()));
        });
        director.vlans().forEach(vlan -> {
            add(vlan.link());
            ports.add(vlan.name());
        });
        director.services().forEach(service -> service.localAddresses().forEach(it -> add(it.device())));
        director.instances().forEach(it -> add(it.device()));
        director.addresses().stream()
                .map(Owned::device)
                .filter(device -> !device.endsWith(TWIN) && !device.equals("lo"))
                .forEach(this::add);
        director.routes().forEach(way -> way.device().ifPresent(this::add));
        director.gateways().forEach(it -> add(it.port()));
        director.syncPort().ifPresent(this::add);
    }

    private void add(String device) {
        if (!device.isEmpty()) {
            ports.add(device);
        }
    }

    private void collectSubnets(ExistingDirector director) {
        director.routes().stream()
                .filter(way -> way.via().isEmpty() && !way.destination().isDefault() && !isHostRoute(way))
                .forEach(way -> way.device().ifPresent(device -> subnet(device, way.destination())));
        for (Owned owned : director.addresses()) {
            if (owned.length() < IpLiteral.bits(owned.address())) {
                subnet(owned.device().replace(TWIN, ""), Prefix.around(owned.address(), owned.length()));
            }
        }
    }

    /** A route to one address says on which wire a host is, not what the wire's subnet is. */
    private static boolean isHostRoute(ExistingDirector.Way way) {
        return way.destination().length() == IpLiteral.bits(way.destination().network());
    }

    private void subnet(String port, Prefix subnet) {
        Set<Prefix> known = subnets.get(port);
        if (known != null
                && subnets.values().stream().noneMatch(other -> other.stream().anyMatch(subnet::overlaps))) {
            known.add(subnet);
        }
    }

    private void assumeSubnets(ExistingDirector director) {
        director.services()
                .forEach(service -> service.localAddresses().forEach(it -> assume(it.address(), it.device())));
        director.instances().forEach(it -> it.addresses().forEach(address -> assume(address, it.device())));
        director.routes().forEach(way -> way.via().ifPresent(via -> way.device().ifPresent(it -> assume(via, it))));
        director.gateways().forEach(it -> it.addresses().forEach(address -> assume(address, it.port())));
        director.addresses().stream()
                .filter(owned -> director.syncPort().equals(Optional.of(owned.device())))
                .forEach(owned -> assume(owned.address(), owned.device()));
        director.services().forEach(service -> {
            String inside = service.localAddresses().isEmpty()
                    ? List.copyOf(ports).getLast()
                    : service.localAddresses().getFirst().device();
            service.realservers().forEach(real -> assume(real.address(), inside));
        });
    }

    private void assume(InetAddress address, String port) {
        boolean known = subnets.values().stream().anyMatch(of -> of.stream().anyMatch(it -> it.contains(address)));
        if (known || !subnets.containsKey(port)) {
            return;
        }
        Prefix subnet = Prefix.around(address, IpLiteral.isIpv4(address) ? ASSUMED_IPV4 : ASSUMED_IPV6);
        unmapped.add(new Unmapped(
                "", 0, "the network of " + IpLiteral.format(address), subnet + " on port " + port + " is assumed"));
        subnet(port, subnet);
    }

    /** The port that a VIP stands on. */
    String portOfVip(ExistingDirector director, InetAddress vip, String what) {
        Optional<String> said = director.instances().stream()
                .filter(instance -> instance.addresses().contains(vip))
                .map(ExistingDirector.Instance::device)
                .findFirst()
                .or(() -> director.addresses().stream()
                        .filter(owned -> owned.address().equals(vip))
                        .map(Owned::device)
                        .filter(ports::contains)
                        .findFirst());
        return said.or(() -> portNear(vip)).orElseGet(() -> {
            String first = List.copyOf(ports).getFirst();
            unmapped.add(new Unmapped("", 0, what, "the files do not say on which port; " + first + " is assumed"));
            return first;
        });
    }

    private Optional<String> portNear(InetAddress address) {
        return subnets.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(subnet -> subnet.contains(address)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    List<Segment> segments() {
        return ports.stream()
                .map(port -> new Segment(segment(port), List.copyOf(subnets.get(port)), mtu(port), number(port)))
                .toList();
    }

    /** The number of a VLAN, if it is one that a topology can have. */
    private OptionalInt number(String port) {
        return existing.stream()
                .flatMap(director -> director.vlans().stream())
                .filter(vlan -> vlan.name().equals(port))
                .flatMap(vlan -> KeepalivedImport.number(vlan.number()).stream())
                .filter(Segment.VLAN::contains)
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    private int mtu(String port) {
        return existing.stream()
                .flatMap(director -> director.dpvs().stream())
                .flatMap(conf -> conf.devices().stream()
                        .filter(device -> device.name().equals(port)
                                || conf.bondings().stream()
                                        .anyMatch(bond -> bond.name().equals(port)
                                                && bond.members().contains(device.name()))))
                .map(Device::mtu)
                .findFirst()
                .orElse(Segment.ETHERNET_MTU);
    }

    private static String segment(String port) {
        return NameOf.text("net-" + port, "net");
    }

    List<Host> directors() {
        List<Host> hosts = new ArrayList<>();
        for (ExistingDirector director : existing) {
            Map<String, Attachment> attachments = attachments(director);
            List<Port> own = ports.stream()
                    .map(name -> new Port(
                            name,
                            segment(name),
                            addresses(director, name),
                            attachments.getOrDefault(name, new Attachment.Kernel()),
                            addresses(director, name + TWIN)))
                    .toList();
            List<Route> routes = director.routes().stream()
                    .filter(way -> way.via().isPresent() || !isSubnet(way))
                    .map(way -> new Route(way.destination(), way.via(), way.device()))
                    .toList();
            hosts.add(new Host.Director(
                    NameOf.text(director.name(), "director"),
                    own,
                    routes,
                    Optional.empty(),
                    director.kind(),
                    dataplane(director),
                    release(director)));
        }
        return hosts;
    }

    private boolean isSubnet(ExistingDirector.Way way) {
        return subnets.values().stream().anyMatch(of -> of.contains(way.destination()));
    }

    private List<InterfaceAddress> addresses(ExistingDirector director, String device) {
        Set<InetAddress> virtual = new LinkedHashSet<>();
        director.services().forEach(service -> {
            virtual.add(service.vip());
            service.localAddresses().forEach(lip -> virtual.add(lip.address()));
        });
        director.gateways().forEach(gateway -> virtual.addAll(gateway.addresses()));
        Stream<Owned> said = director.addresses().stream()
                .filter(owned -> owned.device().equals(device) && !virtual.contains(owned.address()));
        return Stream.concat(said, kernelsOwn(director, device))
                .map(owned -> new InterfaceAddress(owned.address(), wholeLength(owned)))
                .toList();
    }

    /** Outside addresses of the kernel that no file sets are the port's own. */
    private static Stream<Owned> kernelsOwn(ExistingDirector director, String device) {
        return director.gateways().stream()
                .filter(gateway -> !director.kind().hasDataplane()
                        && director.instances().isEmpty()
                        && gateway.port().equals(device))
                .flatMap(gateway -> gateway.addresses().stream())
                .filter(address -> director.addresses().stream()
                        .noneMatch(owned -> owned.address().equals(address)))
                .map(address -> new Owned(address, IpLiteral.bits(address), device));
    }

    /** A single address lies in its wire's network, which a route names. */
    private int wholeLength(Owned owned) {
        if (owned.length() < IpLiteral.bits(owned.address())) {
            return owned.length();
        }
        return subnets.values().stream()
                .flatMap(Set::stream)
                .filter(subnet -> subnet.contains(owned.address()))
                .mapToInt(Prefix::length)
                .findFirst()
                .orElse(owned.length());
    }

    private Map<String, Attachment> attachments(ExistingDirector director) {
        Map<String, Attachment> attachments = new HashMap<>();
        vlans(director, attachments);
        if (!director.kind().hasDataplane()) {
            return attachments;
        }
        List<String> devices = director.dpvs()
                .map(conf -> conf.devices().stream().map(Device::name).toList())
                .orElseGet(() -> ports.stream()
                        .filter(name -> director.vlans().stream()
                                .noneMatch(vlan -> vlan.name().equals(name)))
                        .toList());
        Map<String, Attachment> nics = new HashMap<>();
        boolean known = director.nics().size() == devices.size();
        for (int i = 0; i < devices.size(); i++) {
            nics.put(devices.get(i), known ? director.nics().get(i) : assumedNic(director, devices.get(i), i));
        }
        if (!known) {
            unmapped.add(new Unmapped(
                    "",
                    0,
                    "the NICs of " + director.name(),
                    "dpvs.conf does not name them; write the addresses that lspci -D shows, or import the unit that"
                            + " starts the program as well"));
        }
        attachments.putAll(nics);
        for (Bonding bonding : director.dpvs().map(DpvsConf::bondings).orElse(List.of())) {
            attachments.put(
                    bonding.name(),
                    new Attachment.Bond(
                            bonding.mode(),
                            bonding.members().stream()
                                    .flatMap(member -> Optional.ofNullable(nics.get(member)).stream())
                                    .toList()));
        }
        return attachments;
    }

    private void vlans(ExistingDirector director, Map<String, Attachment> attachments) {
        director.vlans().forEach(vlan -> {
            if (!vlan.protocol().equalsIgnoreCase("802.1q") && !vlan.protocol().equals("vlan")) {
                unmapped.add(new Unmapped(
                        "",
                        0,
                        "VLAN " + vlan.name() + " of " + director.name(),
                        "its protocol is " + vlan.protocol() + "; VLANs of a topology are of 802.1q"));
            }
            attachments.put(vlan.name(), new Attachment.Vlan(vlan.link()));
        });
    }

    /** Rising addresses keep the order of the devices. */
    private static Attachment assumedNic(ExistingDirector director, String device, int position) {
        return director.kind() == DirectorKind.BUNDLED
                ? new Attachment.AfPacket(NameOf.text(device, "eth" + position))
                : new Attachment.Pci("0000:%02x:00.0".formatted(position + 1));
    }

    private static DpvsRelease release(ExistingDirector director) {
        return director.oldLanguage() ? DpvsRelease.V1_8 : DpvsRelease.V1_10;
    }

    /** The memory whose parts are those of {@code dpvs.conf}. */
    private DataplaneSettings dataplane(ExistingDirector director) {
        if (director.dpvs().isEmpty()) {
            DataplaneSettings modest = DataplaneSettings.MODEST;
            return director.kind() == DirectorKind.DPVS
                    ? new DataplaneSettings(modest.workers(), modest.memoryMegabytes(), true)
                    : modest;
        }
        DpvsConf conf = director.dpvs().get();
        int workers = Math.clamp(conf.forwardingWorkers().size(), 1, DataplaneSettings.WORKERS.highest());
        boolean hugepages = director.kind() == DirectorKind.DPVS;
        for (int memory = DataplaneSettings.MEMORY_MEGABYTES.lowest();
                memory <= DataplaneSettings.MEMORY_MEGABYTES.highest();
                memory *= 2) {
            DataplaneSettings settings = new DataplaneSettings(workers, memory, hugepages);
            DataplaneSizes sizes = DataplaneSizes.of(settings, conf.devices().size());
            if (sizes.buffers() >= conf.pktpoolSize() && sizes.sessions() >= conf.connPoolSize()) {
                if (sizes.buffers() != conf.pktpoolSize() || sizes.sessions() != conf.connPoolSize()) {
                    unmapped.add(new Unmapped(
                            "",
                            0,
                            "pktpool_size " + conf.pktpoolSize() + " and conn_pool_size " + conf.connPoolSize(),
                            "TwoArm derives both from the memory; " + memory + " MiB is the least that has as much"));
                }
                return settings.withTranslation(TranslationImport.of(conf));
            }
        }
        return new DataplaneSettings(
                workers, DataplaneSettings.MODEST.memoryMegabytes(), hugepages, TranslationImport.of(conf));
    }

    /** Routers that directors talk BGP with, each with the one port that the directors see. */
    List<Host> routers(Map<InetAddress, String> names) {
        List<Host> hosts = new ArrayList<>();
        names.forEach((address, name) ->
                hosts.add(new Host.Router(name, List.of(portOf(address)), List.of(), Optional.empty())));
        return hosts;
    }

    /** A port {@code eth0} with the address, on the wire that it fits. */
    private Port portOf(InetAddress address) {
        String port = portNear(address).orElse(List.copyOf(ports).getLast());
        int length = subnets.get(port).stream()
                .filter(subnet -> subnet.contains(address))
                .mapToInt(Prefix::length)
                .findFirst()
                .orElse(IpLiteral.bits(address));
        return new Port("eth0", segment(port), List.of(new InterfaceAddress(address, length)), new Attachment.Kernel());
    }

    List<Host> realservers(Map<InetAddress, String> names) {
        List<Host> hosts = new ArrayList<>();
        names.forEach((address, name) -> {
            hosts.add(new Host.Realserver(name, List.of(portOf(address)), List.of(), Optional.empty(), List.of()));
        });
        return hosts;
    }
}
