package io.twoarm.artifact;

import io.twoarm.model.Attachment;
import io.twoarm.model.DataplaneSettings;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.HealthCheck;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Route;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Valid topologies of many shapes: one or two directors between a WAN and one to three LANs, one-armed or not, on NICs or
 * shared interfaces, with any number of services, local addresses and realservers. The same seed gives the same one.
 */
final class RandomTopology {
    private final Random random;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Host> hosts = new ArrayList<>();
    private final List<LocalAddressPool> localAddressPools = new ArrayList<>();
    private final List<RealserverPool> realserverPools = new ArrayList<>();
    private final List<VirtualService> services = new ArrayList<>();
    private int addressesGiven;

    private RandomTopology(long seed) {
        this.random = new Random(seed);
    }

    static Topology of(long seed) {
        return new RandomTopology(seed).build(seed);
    }

    private Topology build(long seed) {
        segments.add(segment("outside", "172.16.0.0/24"));
        segments.add(segment("wan", "10.0.96.0/24"));
        int lans = 1 + random.nextInt(3);
        for (int lan = 0; lan < lans; lan++) {
            segments.add(segment("lan" + lan, "192.168." + (10 + lan) + ".0/24"));
        }
        hosts.add(new Host.Client(
                "client",
                List.of(kernelPort("eth0", "outside", "172.16.0.1/24")),
                List.of(defaultRoute("172.16.0.254")),
                Optional.empty()));
        hosts.add(new Host.Router(
                "gateway",
                List.of(kernelPort("eth0", "outside", "172.16.0.254/24"), kernelPort("eth1", "wan", "10.0.96.254/24")),
                List.of(),
                Optional.empty()));
        for (int lan = 0; lan < lans; lan++) {
            addRealservers(lan);
        }
        for (int director = 0; director < 1 + random.nextInt(2); director++) {
            addDirector("director" + director, lans);
        }
        return new Topology(
                "random-" + seed,
                "A random topology",
                "",
                segments,
                hosts,
                localAddressPools,
                realserverPools,
                services);
    }

    private void addRealservers(int lan) {
        List<RealserverPool.Member> members = new ArrayList<>();
        for (int number = 1; number <= 1 + random.nextInt(4); number++) {
            String name = "rs" + lan + "-" + number;
            String address = "192.168." + (10 + lan) + "." + number;
            hosts.add(new Host.Realserver(
                    name,
                    List.of(kernelPort("eth0", "lan" + lan, address + "/24")),
                    List.of(),
                    Optional.empty(),
                    random.nextBoolean() ? List.of(80, 8080) : List.of()));
            members.add(new RealserverPool.Member(
                    name, IpLiteral.parse(address), 1 + random.nextInt(65535), random.nextInt(65536)));
        }
        HealthCheck check = random.nextBoolean()
                ? new HealthCheck.None()
                : new HealthCheck.TcpConnect(
                        Duration.ofMillis(1 + random.nextInt(60_000)),
                        Duration.ofMillis(1 + random.nextInt(5_000)),
                        random.nextInt(4),
                        Duration.ofMillis(random.nextInt(3_000)));
        realserverPools.add(new RealserverPool("servers" + lan, members, check));
    }

    private void addDirector(String name, int lans) {
        boolean nics = random.nextBoolean();
        List<Port> ports = new ArrayList<>();
        ports.add(dataplanePort("wan0", "wan", nics, name));
        for (int lan = 0; lan < lans; lan++) {
            ports.add(dataplanePort("lan-" + lan, "lan" + lan, nics && random.nextBoolean(), name));
        }
        hosts.add(new Host.Director(
                name,
                ports,
                List.of(new Route(
                        Prefix.parse("0.0.0.0/0"), Optional.of(IpLiteral.parse("10.0.96.254")), Optional.of("wan0"))),
                Optional.empty(),
                DirectorKind.BUNDLED,
                new DataplaneSettings(1, 64 << random.nextInt(8), random.nextBoolean())));
        for (int lan = 0; lan < lans; lan++) {
            addServices(name, lan);
        }
    }

    private void addServices(String director, int lan) {
        String pool = director + "-lips" + lan;
        List<InetAddress> lips = new ArrayList<>();
        for (int count = 0; count <= random.nextInt(4); count++) {
            lips.add(IpLiteral.parse("192.168." + (10 + lan) + "." + (100 + addressesGiven++ % 150)));
        }
        localAddressPools.add(new LocalAddressPool(pool, director, "lan-" + lan, lips));
        InetAddress vip = IpLiteral.parse("10.0.96." + (1 + addressesGiven++ % 250));
        for (int count = 0; count <= random.nextInt(3); count++) {
            boolean tcp = random.nextBoolean();
            services.add(new VirtualService(
                    director + "-service" + lan + "-" + count,
                    director,
                    "wan0",
                    vip,
                    tcp ? VirtualService.Protocol.TCP : VirtualService.Protocol.UDP,
                    1000 * (count + 1) + random.nextInt(1000),
                    VirtualService.ForwardingMode.FULLNAT,
                    VirtualService.Scheduler.RR,
                    Optional.of(pool),
                    "servers" + lan,
                    tcp && random.nextBoolean()
                            ? VirtualService.ClientAddress.TOA
                            : VirtualService.ClientAddress.NONE));
        }
    }

    private Port dataplanePort(String name, String segment, boolean nic, String director) {
        Attachment attachment = nic
                ? new Attachment.Pci(
                        "0000:%02x:%02x.%d".formatted(random.nextInt(8), addressesGiven++ % 32, director.length() % 8))
                : new Attachment.AfPacket(name);
        return new Port(name, segment, List.of(), attachment);
    }

    private static Port kernelPort(String name, String segment, String address) {
        return new Port(name, segment, List.of(InterfaceAddress.parse(address)), new Attachment.Kernel());
    }

    private static Route defaultRoute(String gateway) {
        return new Route(Prefix.parse("0.0.0.0/0"), Optional.of(IpLiteral.parse(gateway)), Optional.empty());
    }

    private static Segment segment(String name, String subnet) {
        return new Segment(name, List.of(Prefix.parse(subnet)));
    }
}
