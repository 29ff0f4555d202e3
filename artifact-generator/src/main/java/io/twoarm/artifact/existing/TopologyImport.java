package io.twoarm.artifact.existing;

import io.twoarm.artifact.existing.ExistingDirector.Check;
import io.twoarm.artifact.existing.ExistingDirector.Instance;
import io.twoarm.artifact.existing.ExistingDirector.Real;
import io.twoarm.artifact.existing.ExistingDirector.Service;
import io.twoarm.config.dpvs.IpvsKeywords;
import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.DirectorGroup.VrrpInstance;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.HealthCheck;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.RealserverPool.Member;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.VirtualService.ClientAddress;
import io.twoarm.model.VirtualService.ForwardingMode;
import io.twoarm.model.VirtualService.Protocol;
import io.twoarm.model.VirtualService.Scheduler;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes one topology of the directors of an estate. */
public final class TopologyImport {
    private static final Map<Integer, String> SERVICE_NAMES = Map.of(
            21, "ftp", 22, "ssh", 23, "telnet", 25, "smtp", 53, "dns", 80, "http", 443, "https", 3306, "mysql", 6443,
            "api");

    private final List<ExistingDirector> directors;
    private final List<Unmapped> unmapped = new ArrayList<>();
    private final Map<List<Object>, RealserverPool> pools = new LinkedHashMap<>();
    private final Map<List<Object>, LocalAddressPool> localPools = new LinkedHashMap<>();
    private final List<VirtualService> services = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Map<InetAddress, String> realservers = new LinkedHashMap<>();
    private final Map<InetAddress, String> routers = new LinkedHashMap<>();

    private TopologyImport(List<ExistingDirector> directors) {
        this.directors = directors;
        directors.forEach(director -> unmapped.addAll(director.unmapped()));
    }

    /**
     * The topology of one director, or of the members of a VRRP pair.
     *
     * @param name of the topology
     */
    public static ImportedTopology of(String name, List<ExistingDirector> directors) {
        List<ExistingDirector> preferredFirst = directors.stream()
                .sorted(Comparator.comparingInt((ExistingDirector director) -> director.instances().stream()
                        .mapToInt(instance -> -instance.priority())
                        .min()
                        .orElse(0)))
                .toList();
        return new TopologyImport(preferredFirst).build(name);
    }

    private ImportedTopology build(String name) {
        ExistingDirector first = directors.getFirst();
        Optional<DirectorGroup> group = group();
        String owner = group.map(DirectorGroup::name).orElse(first.name());
        Wiring wiring = new Wiring(directors, unmapped);
        realserversOf(first);
        first.services().forEach(service -> service(service, first, owner, wiring));
        if (group.isEmpty() && directors.size() > 1) {
            unmapped.add(new Unmapped(
                    "",
                    0,
                    "several directors without VRRP",
                    "only the services of " + first.name()
                            + " are in the topology; draw an ECMP group if the others offer them too"));
        }
        services.stream()
                .filter(service -> service.mode() == ForwardingMode.NAT)
                .findFirst()
                .ifPresent(service -> unmapped.add(new Unmapped(
                        "", 0, "service " + service.name() + " is in mode nat", "give its realservers their routes")));
        List<Host> hosts = new ArrayList<>(wiring.directors());
        hosts.addAll(wiring.routers(routers));
        hosts.addAll(wiring.realservers(realservers));
        Topology topology = new Topology(
                name,
                "Imported: "
                        + String.join(
                                ", ",
                                directors.stream().map(ExistingDirector::name).toList()),
                "",
                wiring.segments(),
                hosts,
                List.copyOf(localPools.values()),
                List.copyOf(pools.values()),
                services,
                group.stream().toList(),
                first.gateways().stream().map(it -> it.withDirector(owner)).toList());
        return new ImportedTopology(topology, unmapped.stream().distinct().toList());
    }

    private void realserversOf(ExistingDirector director) {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        director.services().forEach(service -> service.realservers().forEach(real -> addresses.add(real.address())));
        int number = 1;
        for (InetAddress address : addresses) {
            realservers.put(address, "rs" + number++);
        }
    }

    private Optional<DirectorGroup> group() {
        ExistingDirector first = directors.getFirst();
        if (first.instances().isEmpty()) {
            return first.bgp().map(this::cluster);
        }
        Set<InetAddress> vips = new HashSet<>();
        first.services().forEach(service -> vips.add(service.vip()));
        first.gateways().forEach(gateway -> vips.addAll(gateway.addresses()));
        List<VrrpInstance> instances = first.instances().stream()
                .map(it -> new VrrpInstance(
                        NameOf.text(it.name(), "vrrp-" + it.virtualRouterId()),
                        it.device(),
                        it.family(),
                        it.virtualRouterId(),
                        it.addresses().stream()
                                .filter(address -> !vips.contains(address))
                                .toList()))
                .toList();
        Instance one = first.instances().getFirst();
        String name = one.syncGroup()
                .map(it -> NameOf.text(it, "pair"))
                .filter(it ->
                        directors.stream().noneMatch(director -> director.name().equals(it)))
                .orElse("pair");
        if (directors.size() == 1) {
            unmapped.add(new Unmapped(
                    "", 0, "the other members of the VRRP group", "import the files of all of them together"));
        }
        return Optional.of(new DirectorGroup(
                name,
                directors.stream().map(ExistingDirector::name).toList(),
                new Redundancy.Vrrp(
                        instances,
                        Duration.ofMillis(one.advertMillis()),
                        one.preempt(),
                        first.instances().stream()
                                .flatMap(it -> it.password().stream())
                                .findFirst(),
                        first.syncPort())));
    }

    /** Directors that announce by BGP, and the routers that hear them. */
    private DirectorGroup cluster(ExistingDirector.Bgp bgp) {
        if (directors.size() == 1) {
            unmapped.add(new Unmapped(
                    "", 0, "the other members of the cluster", "import the files of all of them together"));
        }
        List<DirectorGroup.BgpPeer> peers = new ArrayList<>();
        for (ExistingDirector.Bgp.Peer peer : bgp.peers()) {
            String name = routers.computeIfAbsent(peer.address(), _ -> "router" + (routers.size() + 1));
            peers.add(new DirectorGroup.BgpPeer(name, peer.autonomousSystem()));
        }
        return new DirectorGroup(
                "cluster",
                directors.stream().map(ExistingDirector::name).toList(),
                new Redundancy.Ecmp(bgp.autonomousSystem(), peers, bgp.daemon(), bgp.bfd()));
    }

    private void service(Service service, ExistingDirector director, String owner, Wiring wiring) {
        Optional<ForwardingMode> mode = mode(service.method());
        Optional<Scheduler> scheduler = scheduler(service.scheduler());
        String what = "service " + Tuple.of(service);
        if (mode.isEmpty() || scheduler.isEmpty() || service.realservers().isEmpty()) {
            unmapped.add(new Unmapped(
                    "",
                    0,
                    what,
                    service.realservers().isEmpty()
                            ? "it has no realserver"
                            : "a topology has no scheduler " + service.scheduler() + " or no mode "
                                    + service.method()));
            return;
        }
        Optional<String> local =
                service.localAddresses().isEmpty() ? Optional.empty() : Optional.of(localPool(service, owner));
        services.add(new VirtualService(
                unique(SERVICE_NAMES.getOrDefault(
                        service.port(), service.protocol().name().toLowerCase(Locale.ROOT) + "-" + service.port())),
                owner,
                wiring.portOfVip(director, service.vip(), what),
                service.vip(),
                service.protocol(),
                service.port(),
                mode.get(),
                scheduler.get(),
                local,
                pool(service),
                clientAddress(service, director, mode.get()),
                service.synProxy(),
                service.traffic()));
    }

    private static Optional<ForwardingMode> mode(String method) {
        return switch (method) {
            case "FNAT" -> Optional.of(ForwardingMode.FULLNAT);
            case "NAT" -> Optional.of(ForwardingMode.NAT);
            case "DR" -> Optional.of(ForwardingMode.DR);
            case "TUN" -> Optional.of(ForwardingMode.TUNNEL);
            default -> Optional.empty();
        };
    }

    private static Optional<Scheduler> scheduler(String word) {
        for (Scheduler scheduler : Scheduler.values()) {
            if (scheduler.name().equalsIgnoreCase(word)) {
                return Optional.of(scheduler);
            }
        }
        return Optional.empty();
    }

    /** DPVS names the client by itself: by TOA in TCP, and by UOA unless dpvs.conf turns it off. */
    private ClientAddress clientAddress(Service service, ExistingDirector director, ForwardingMode mode) {
        Optional<String> said = service.clientAddress();
        if (said.isPresent()) {
            String word = said.get().toUpperCase(Locale.ROOT);
            if (word.equals("TOA_253")) {
                unmapped.add(new Unmapped(
                        "",
                        0,
                        "client_address toa_253 of service " + Tuple.of(service),
                        "a topology knows option 254 only"));
                return ClientAddress.TOA;
            }
            return Arrays.stream(ClientAddress.values())
                    .filter(it -> it.name().equals(word))
                    .findFirst()
                    .orElse(ClientAddress.NONE);
        }
        if (mode != ForwardingMode.FULLNAT || director.kind() == DirectorKind.IPVS) {
            return ClientAddress.NONE;
        }
        if (service.protocol() != Protocol.UDP) {
            return service.protocol() == Protocol.TCP ? ClientAddress.TOA : ClientAddress.NONE;
        }
        boolean off = director.dpvs()
                .flatMap(conf -> conf.settings().find(IpvsKeywords.UOA_MAX_TRAIL))
                .equals(Optional.of(0));
        return off || director.kind() == DirectorKind.BUNDLED ? ClientAddress.NONE : ClientAddress.UOA;
    }

    /** The addresses of all members in their order, because each gets its share of the pool. */
    private String localPool(Service service, String owner) {
        List<InetAddress> addresses = new ArrayList<>();
        Set<Integer> sizes = new HashSet<>();
        for (ExistingDirector director : directors) {
            List<InetAddress> own = director.services().stream()
                    .filter(it -> it.vip().equals(service.vip())
                            && it.port() == service.port()
                            && it.protocol() == service.protocol())
                    .flatMap(it -> it.localAddresses().stream())
                    .map(it -> it.address())
                    .toList();
            if (director.equals(directors.getFirst())
                    || !owner.equals(directors.getFirst().name())) {
                addresses.addAll(own);
                sizes.add(own.size());
            }
        }
        if (sizes.size() > 1) {
            unmapped.add(new Unmapped(
                    "",
                    0,
                    "local addresses of service " + Tuple.of(service),
                    "the members of a group have equal shares in a topology, and unequal ones here"));
        }
        String device = service.localAddresses().getFirst().device();
        return localPools
                .computeIfAbsent(
                        List.of(addresses, device),
                        _ -> new LocalAddressPool(
                                unique("lips"),
                                owner,
                                device,
                                addresses.stream().distinct().toList()))
                .name();
    }

    private String pool(Service service) {
        List<Member> members = service.realservers().stream()
                .map(real -> new Member(realservers.get(real.address()), real.address(), real.port(), real.weight()))
                .toList();
        HealthCheck check = check(service);
        return pools.computeIfAbsent(
                        List.of(members, check), _ -> new RealserverPool(unique("servers"), members, check))
                .name();
    }

    private HealthCheck check(Service service) {
        List<Optional<Check>> checks =
                service.realservers().stream().map(Real::check).distinct().toList();
        if (checks.size() > 1) {
            unmapped.add(new Unmapped(
                    "",
                    0,
                    "checks of service " + Tuple.of(service),
                    "all members of a pool have one check; that of the first realserver is taken"));
        }
        Optional<Check> check = checks.getFirst();
        try {
            return check.<HealthCheck>map(it -> new HealthCheck.TcpConnect(
                            Duration.ofMillis(it.interval()),
                            Duration.ofMillis(it.timeout()),
                            it.retries(),
                            Duration.ofMillis(it.delay())))
                    .orElseGet(HealthCheck.None::new);
        } catch (IllegalArgumentException outOfRange) {
            unmapped.add(new Unmapped(
                    "",
                    0,
                    "check of service " + Tuple.of(service),
                    outOfRange.getMessage() + "; the standard one is taken"));
            return HealthCheck.TcpConnect.STANDARD;
        }
    }

    private String unique(String name) {
        String candidate = name;
        for (int number = 2; !names.add(candidate); number++) {
            candidate = name + "-" + number;
        }
        return candidate;
    }

    /** How messages name a service. */
    private static final class Tuple {
        static String of(Service service) {
            return (IpLiteral.isIpv4(service.vip())
                            ? IpLiteral.format(service.vip())
                            : "[" + IpLiteral.format(service.vip()) + "]")
                    + ":" + service.port() + "/" + service.protocol().name().toLowerCase(Locale.ROOT);
        }
    }
}
