package io.twoarm.config.director;

import io.twoarm.config.AddressLiteral;
import io.twoarm.config.ConfigFile;
import io.twoarm.config.ConfigFinding;
import io.twoarm.config.NearestKeyword;
import io.twoarm.config.Network;
import io.twoarm.config.Origin;
import io.twoarm.config.dpvs.Bonding;
import io.twoarm.config.dpvs.Device;
import io.twoarm.config.dpvs.DpvsConf;
import io.twoarm.config.dpvs.Worker;
import io.twoarm.config.keepalived.KeepalivedConf;
import io.twoarm.config.keepalived.LocalAddressGroup;
import io.twoarm.config.keepalived.RealServer;
import io.twoarm.config.keepalived.StaticAddress;
import io.twoarm.config.keepalived.StaticRoute;
import io.twoarm.config.keepalived.VirtualServer;
import io.twoarm.config.keepalived.VrrpInstance;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the two files of a director fit together, and to what the bundled director can do. */
public final class DirectorConfiguration {
    /** A realserver's reply must reach the worker that has its session; with several, the NIC would have to steer it. */
    private static final int MOST_WORKERS = 16;

    /** {@code IFNAMSIZ} of Linux, less the NUL. */
    private static final int LONGEST_INTERFACE_NAME = 15;

    private final DpvsConf dpvs;
    private final KeepalivedConf keepalived;
    private final List<ConfigFinding> findings = new ArrayList<>();

    /** A network that is on-link at a device. */
    private record OnLink(Network network, String device) {}

    private final List<OnLink> onLink;

    private DirectorConfiguration(DpvsConf dpvs, KeepalivedConf keepalived) {
        this.dpvs = dpvs;
        this.keepalived = keepalived;
        this.onLink = Stream.concat(
                        keepalived.staticRoutes().stream()
                                .filter(StaticRoute::isOnLink)
                                .map(route -> new OnLink(
                                        route.destination(), route.device().orElseThrow())),
                        keepalived.staticAddresses().stream()
                                .map(address -> new OnLink(address.network(), address.device())))
                .toList();
    }

    /** What each file does not show alone: unknown devices, unreachable or foreign addresses. */
    public static List<ConfigFinding> check(DpvsConf dpvs, KeepalivedConf keepalived) {
        DirectorConfiguration configuration = new DirectorConfiguration(dpvs, keepalived);
        configuration.checkWorkers();
        configuration.checkAddresses();
        configuration.checkVrrp();
        configuration.checkTwins();
        configuration.checkRoutes();
        configuration.checkLocalAddresses();
        configuration.findings.addAll(TranslatedAddresses.check(dpvs, keepalived));
        keepalived.virtualServers().forEach(configuration::checkServer);
        configuration.checkReturnRoute();
        return List.copyOf(configuration.findings);
    }

    private void checkWorkers() {
        List<Worker> workers = dpvs.forwardingWorkers();
        if (workers.size() > MOST_WORKERS) {
            findings.add(ConfigFinding.error(
                    ConfigFinding.UNSUPPORTED,
                    ConfigFile.DPVS,
                    workers.get(MOST_WORKERS).origin(),
                    "worker",
                    "There are " + workers.size() + " workers of type slave; this director forwards with at most "
                            + MOST_WORKERS + ".",
                    "Remove " + workers.get(MOST_WORKERS).name() + " and those behind it."));
        }
    }

    private void checkAddresses() {
        Map<InetAddress, StaticAddress> seen = new HashMap<>();
        for (StaticAddress address : keepalived.staticAddresses()) {
            checkDevice(address.device(), address.origin(), "static_ipaddress");
            if (seen.putIfAbsent(address.address(), address) != null) {
                error(
                        "duplicate-address",
                        address.origin(),
                        "static_ipaddress",
                        print(address.address()) + " stands here a second time.",
                        "Remove one.");
            }
        }
    }

    private void checkVrrp() {
        Set<InetAddress> seen = new HashSet<>();
        keepalived.staticAddresses().forEach(address -> seen.add(address.address()));
        for (VrrpInstance instance : keepalived.vrrpInstances()) {
            checkDevice(instance.device(), instance.origin(), "dpdk_interface");
            for (InetAddress address : instance.addresses()) {
                if (!seen.add(address)) {
                    error(
                            "duplicate-address",
                            instance.origin(),
                            "virtual_ipaddress",
                            print(address) + " of instance " + instance.name() + " stands elsewhere, too.",
                            "Remove one.");
                }
            }
            if (keepalived.notifyFifo().isEmpty()) {
                error(
                        "vrrp-without-fifo",
                        instance.origin(),
                        "vrrp_instance",
                        "Nobody would tell the director whether instance " + instance.name() + " is master.",
                        "Add vrrp_notify_fifo and a path to global_defs, here and in keepalived's own file.");
            }
        }
    }

    private void checkTwins() {
        for (Device device : dpvs.ports()) {
            dpvs.kernelTwin(device)
                    .filter(name -> name.getBytes(StandardCharsets.UTF_8).length > LONGEST_INTERFACE_NAME)
                    .ifPresent(name -> findings.add(ConfigFinding.error(
                            "kni-name",
                            ConfigFile.DPVS,
                            device.origin(),
                            "kni_name",
                            "The name " + name + " is longer than the " + LONGEST_INTERFACE_NAME
                                    + " characters that an interface's name may have.",
                            "Give " + device.name() + " a shorter kni_name.")));
        }
    }

    private void checkRoutes() {
        for (StaticRoute route : keepalived.staticRoutes()) {
            route.device().ifPresent(device -> checkDevice(device, route.origin(), "static_routes"));
            route.gateway().ifPresent(gateway -> {
                Set<String> devices = devicesOnLink(gateway);
                // A link-local address says nothing of its link; the route's device does (RFC 4007).
                if (gateway.isLinkLocalAddress()
                        && gateway instanceof Inet6Address
                        && route.device().isPresent()) {
                    return;
                }
                if (devices.isEmpty()) {
                    error(
                            "unreachable-gateway",
                            route.origin(),
                            "static_routes",
                            "The gateway " + print(gateway) + " is in no network that is on-link.",
                            "Add a line such as " + Network.of(gateway, gateway.getAddress().length == 4 ? 24 : 64)
                                    + " dev " + route.device().orElse("DEVICE") + " to static_routes.");
                } else if (route.device().isPresent()
                        && !devices.contains(route.device().get())) {
                    error(
                            "unreachable-gateway",
                            route.origin(),
                            "static_routes",
                            "The gateway " + print(gateway) + " is on-link at " + String.join(", ", devices)
                                    + ", not at " + route.device().get() + ".",
                            "Correct the device or the gateway.");
                }
            });
            route.mtu()
                    .ifPresent(mtu -> route.device()
                            .flatMap(dpvs::device)
                            .filter(device -> device.mtu() < mtu)
                            .ifPresent(device -> error(
                                    "route-mtu",
                                    route.origin(),
                                    "mtu",
                                    "The route's mtu " + mtu + " is larger than that of " + device.name() + ", "
                                            + device.mtu() + ".",
                                    "Lower it.")));
        }
    }

    private void checkLocalAddresses() {
        Set<InetAddress> owned = keepalived.staticAddresses().stream()
                .map(StaticAddress::address)
                .collect(Collectors.toSet());
        for (LocalAddressGroup group : keepalived.localAddressGroups()) {
            for (LocalAddressGroup.Entry entry : group.entries()) {
                checkDevice(entry.device(), entry.origin(), "local_address_group");
                for (InetAddress address : entry.range().addresses()) {
                    if (owned.contains(address)) {
                        error(
                                "local-address-is-static",
                                entry.origin(),
                                "local_address_group",
                                print(address) + " is a static address too.",
                                "Use an address that serves nothing else.");
                    }
                    if (!devicesOnLink(address).contains(entry.device())) {
                        error(
                                "local-address-off-link",
                                entry.origin(),
                                "local_address_group",
                                "No network that is on-link at " + entry.device() + " contains the local address "
                                        + print(address) + ".",
                                "Add the network to static_routes, or use an address of that segment.");
                    }
                }
            }
        }
    }

    private void checkServer(VirtualServer server) {
        Set<InetAddress> owned = Stream.concat(
                        keepalived.staticAddresses().stream().map(StaticAddress::address),
                        keepalived.vrrpInstances().stream().flatMap(instance -> instance.addresses().stream()))
                .collect(Collectors.toSet());
        keepalived
                .services(server)
                .map(KeepalivedConf.Service::vip)
                .distinct()
                .filter(vip -> !owned.contains(vip))
                .forEach(vip -> error(
                        "foreign-vip",
                        server.origin(),
                        "virtual_server",
                        "The VIP " + print(vip) + " is not an address of this director, so it would not answer ARP for"
                                + " it.",
                        "Add " + print(vip) + "/" + vip.getAddress().length * 8 + " dev DEVICE to static_ipaddress."));
        if (server.target() instanceof VirtualServer.Target.Match match) {
            checkMatch(server, match, owned);
            return;
        }
        Set<String> localDevices = server.localAddressGroup().flatMap(keepalived::localAddressGroup).stream()
                .flatMap(group -> group.entries().stream())
                .map(LocalAddressGroup.Entry::device)
                .collect(Collectors.toCollection(TreeSet::new));
        Stream.concat(server.realServers().stream(), server.options().sorryServer().stream())
                .forEach(realServer -> checkRealServer(realServer, localDevices));
    }

    /** Flows leave with the director's own addresses. */
    private void checkMatch(VirtualServer server, VirtualServer.Target.Match match, Set<InetAddress> owned) {
        match.inDevice().ifPresent(device -> checkDevice(device, server.origin(), "iif"));
        match.outDevice().ifPresent(device -> checkDevice(device, server.origin(), "oif"));
        server.realServers().stream()
                .filter(own -> !owned.contains(own.address()))
                .forEach(own -> error(
                        "foreign-vip",
                        own.origin(),
                        "real_server",
                        "The address " + print(own.address())
                                + " is not one of this director, so answers would not come" + " back to it.",
                        "Add " + print(own.address()) + "/" + own.address().getAddress().length * 8
                                + " dev DEVICE to static_ipaddress."));
    }

    private void checkRealServer(RealServer realServer, Set<String> localDevices) {
        Optional<String> device = deviceTowards(realServer.address());
        if (device.isEmpty()) {
            error(
                    "unreachable-real-server",
                    realServer.origin(),
                    "real_server",
                    "No route leads to the realserver " + print(realServer.address()) + ".",
                    "Add one to static_routes.");
        } else if (!localDevices.isEmpty() && !localDevices.contains(device.get())) {
            error(
                    "local-address-device",
                    realServer.origin(),
                    "real_server",
                    "The realserver " + print(realServer.address()) + " is reached through " + device.get()
                            + ", but the service's local addresses are on " + String.join(", ", localDevices) + ".",
                    "Use local addresses on " + device.get() + ", or correct the routes.");
        }
    }

    private void checkReturnRoute() {
        boolean anyService = keepalived.virtualServers().stream()
                .anyMatch(server -> !(server.target() instanceof VirtualServer.Target.Match));
        boolean anyVia = keepalived.staticRoutes().stream()
                .anyMatch(route -> route.gateway().isPresent());
        if (anyService && !anyVia) {
            findings.add(ConfigFinding.warning(
                    "no-return-route",
                    ConfigFile.KEEPALIVED,
                    Origin.NONE,
                    "static_routes",
                    "No route has a gateway, so only clients on the director's own segments get an answer.",
                    "Add default via GATEWAY dev DEVICE to static_routes."));
        }
    }

    private void checkDevice(String device, Origin origin, String keyword) {
        Optional<Bonding> bonding = dpvs.bondings().stream()
                .filter(each -> each.members().contains(device))
                .findFirst();
        if (bonding.isPresent()) {
            error(
                    "unknown-device",
                    origin,
                    keyword,
                    device + " is a member of the bonding " + bonding.get().name() + " and has nothing of its own.",
                    "Write " + bonding.get().name() + ".");
        } else if (!dpvs.interfaces().contains(device)) {
            List<String> known = dpvs.interfaces();
            error(
                    "unknown-device",
                    origin,
                    keyword,
                    device + " is not a device of dpvs.conf, which has "
                            + (known.isEmpty() ? "none" : String.join(", ", known)) + ".",
                    NearestKeyword.to(device, known)
                            .map(near -> "Did you mean " + near + "?")
                            .orElse("Use one of its devices."));
        }
    }

    private Set<String> devicesOnLink(InetAddress address) {
        return onLink.stream()
                .filter(link -> link.network().contains(address))
                .map(OnLink::device)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The device of the most specific route to an address; of equal ones the first with the lowest metric. */
    private Optional<String> deviceTowards(InetAddress address) {
        Optional<StaticRoute> route = keepalived.staticRoutes().stream()
                .filter(candidate -> candidate.destination().contains(address))
                .reduce((best, next) -> isBetter(next, best) ? next : best);
        Optional<OnLink> link = onLink.stream()
                .filter(candidate -> candidate.network().contains(address))
                .reduce((best, next) -> next.network().length() > best.network().length() ? next : best);
        if (link.isPresent()
                && route.filter(found -> found.destination().length()
                                > link.get().network().length())
                        .isEmpty()) {
            return link.map(OnLink::device);
        }
        return route.flatMap(found -> found.device()
                .or(() -> found.gateway().stream()
                        .flatMap(gateway -> devicesOnLink(gateway).stream())
                        .findFirst()));
    }

    private static boolean isBetter(StaticRoute next, StaticRoute best) {
        int longer =
                Integer.compare(next.destination().length(), best.destination().length());
        return longer > 0 || longer == 0 && next.metric() < best.metric();
    }

    private static String print(InetAddress address) {
        return AddressLiteral.print(address);
    }

    private void error(String rule, Origin origin, String keyword, String message, String fix) {
        findings.add(ConfigFinding.error(rule, ConfigFile.KEEPALIVED, origin, keyword, message, fix));
    }
}
