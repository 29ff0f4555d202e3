package io.twoarm.diagnose.probe;

import io.twoarm.deploy.CommandResult;
import io.twoarm.deploy.DeployException;
import io.twoarm.deploy.SshConnection;
import io.twoarm.diagnose.capture.JoinedConnection;
import io.twoarm.diagnose.capture.MissingLine;
import io.twoarm.diagnose.capture.MissingLine.Step;
import io.twoarm.diagnose.host.DiagnoseException;
import io.twoarm.diagnose.host.HostAccess;
import io.twoarm.diagnose.packet.TcpSegment;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.walk.Flow;
import io.twoarm.model.walk.Hop;
import io.twoarm.model.walk.PacketWalk;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Probes the services of a topology, each from its first client that has an address of the VIP's family. */
public final class Probe {
    private static final int CONNECTIONS_PER_REALSERVER = 2;

    private final HostAccess hosts;
    private final Topology topology;

    public Probe(HostAccess hosts) {
        this.hosts = hosts;
        topology = hosts.topology();
    }

    /**
     * Probes one service. Blocks for some seconds; interrupting the thread cancels.
     *
     * @param live gets every finding as soon as it is made, on the calling thread
     */
    public ServiceProbe run(VirtualService service, Consumer<ProbeFinding> live) {
        return new Run(service, live).probe();
    }

    /** One service under way. */
    private final class Run {
        private final VirtualService service;
        private final Consumer<ProbeFinding> live;
        private final Host.Client client;
        private final Host.Director director;
        private final List<RealserverPool.Member> members;
        private final List<ProbeFinding> findings = new ArrayList<>();
        private TestConnections connections = new TestConnections(0, 0, List.of());

        Run(VirtualService service, Consumer<ProbeFinding> live) {
            this.service = service;
            this.live = live;
            client = topology.clients()
                    .filter(each -> Flow.to(topology, each, service).isPresent())
                    .findFirst()
                    .orElseThrow(() -> new DiagnoseException(
                            "no client of the topology can use %s: add a host with".formatted(service.name())
                                    + " role: client and an address of its family"));
            director = topology.directorsNamed(service.director()).stream()
                    .findFirst()
                    .orElseThrow(() -> new DiagnoseException("the service " + service.name() + " has no director"));
            members = topology.realserverPool(service.realservers())
                    .map(RealserverPool::members)
                    .orElse(List.of());
        }

        private void tell(ProbeFinding finding) {
            findings.add(finding);
            live.accept(finding);
        }

        private ServiceProbe probe() {
            reachable(client.name()).ifPresentOrElse(this::tell, this::route);
            Optional<ProbeFinding> away = reachable(director.name());
            if (away.isPresent()) {
                tell(away.get());
                return result();
            }
            Optional<DirectorState> state = director.kind() == DirectorKind.BUNDLED
                    ? Optional.of(new DirectorState(hosts, director.name()))
                    : Optional.empty();
            state.ifPresent(asked -> asked.findings(service, members).forEach(this::tell));
            boolean hopeless = findings.stream().anyMatch(ProbeFinding::isBroken);
            if (!hopeless && service.protocol() == VirtualService.Protocol.TCP) {
                connect(state);
            }
            if (findings.stream().noneMatch(ProbeFinding::isBroken)) {
                members.forEach(member -> realserver(member, state));
                unexplained();
            }
            return result();
        }

        private ServiceProbe result() {
            return new ServiceProbe(
                    service.name(), client.name(), connections.sent(), connections.answered(), findings);
        }

        private Optional<ProbeFinding> reachable(String host) {
            try {
                hosts.open(host);
                return Optional.empty();
            } catch (DiagnoseException e) {
                return Optional.of(ProbeFinding.broken(
                        host, "the host answers on SSH", e.getMessage(), "bring the host up, then probe again"));
            }
        }

        private void route() {
            String vip = IpLiteral.format(service.vip());
            CommandResult answer = hosts.open(client.name()).run("ip", "route", "get", vip);
            String check = "it has a route to the VIP " + vip;
            if (answer.succeeded()) {
                String way = answer.stdout().lines().findFirst().orElse("").strip();
                tell(ProbeFinding.good(client.name(), check, way));
            } else {
                tell(ProbeFinding.broken(
                        client.name(),
                        check,
                        "ip route get says " + answer.stderr().strip(),
                        "twoarm deploy puts the routes of the design back"));
            }
        }

        private void connect(Optional<DirectorState> state) {
            Map<String, Long> before = state.map(DirectorState::drops).orElse(Map.of());
            int count = Math.max(1, members.size()) * CONNECTIONS_PER_REALSERVER;
            connections = TestConnections.make(hosts, service, client.name(), count);
            String evidence = "%d of %d connections from %s came about"
                    .formatted(connections.answered(), connections.sent(), client.name());
            connections.joined().stream()
                    .flatMap(connection -> connection.missing().stream())
                    .filter(line -> line.step() == Step.DIRECTOR_GETS)
                    .findFirst()
                    .ifPresent(this::lostBeforeDirector);
            Map<String, Long> after = state.map(DirectorState::drops).orElse(Map.of());
            after.forEach((reason, drops) -> {
                long more = drops - before.getOrDefault(reason, 0L);
                if (more > 0) {
                    tell(ProbeFinding.doubtful(
                            director.name(),
                            "it drops nothing meanwhile",
                            more + " packets: " + reason,
                            "docs/dataplane.md tells what the counter means"));
                }
            });
            String check = "the service answers";
            tell(
                    connections.answered() == connections.sent()
                            ? ProbeFinding.good(director.name(), check, evidence)
                            : ProbeFinding.doubtful(director.name(), check, evidence, "see what is found next"));
        }

        /** Packets leave the client and do not come in: a router on the way, or nobody answers for the VIP. */
        private void lostBeforeDirector(MissingLine line) {
            String vip = IpLiteral.format(service.vip());
            for (Host.Router router : topology.routers().toList()) {
                SshConnection host = hosts.open(router.name());
                CommandResult route = host.run("ip", "-o", "route", "get", vip);
                if (!route.succeeded()) {
                    tell(ProbeFinding.broken(
                            router.name(),
                            "it has a route to the VIP " + vip,
                            "ip route get says " + route.stderr().strip(),
                            "twoarm deploy puts the routes of the design back"));
                    return;
                }
                String neighbour = host.run("ip", "neigh", "show", vip).stdout().strip();
                if (neighbour.contains("FAILED") || neighbour.contains("INCOMPLETE")) {
                    tell(ProbeFinding.broken(
                            director.name(),
                            "it answers ARP for the VIP " + vip,
                            "ip neigh show on " + router.name() + " says " + neighbour,
                            "twoarm-directorctl ports and services on the director: does the port of the VIP have link, "
                                    + "and is it on the wire of " + router.name() + "?"));
                    return;
                }
                if (host.run("sysctl", "-n", "net.ipv4.ip_forward")
                        .stdout()
                        .strip()
                        .equals("0")) {
                    tell(ProbeFinding.broken(
                            router.name(),
                            "it forwards",
                            "net.ipv4.ip_forward is 0",
                            "sysctl -w net.ipv4.ip_forward=1; twoarm deploy makes it last"));
                    return;
                }
            }
            tell(ProbeFinding.broken(director.name(), line.step().words(), "last seen: " + line.seen(), line.cause()));
        }

        private void realserver(RealserverPool.Member member, Optional<DirectorState> state) {
            Optional<ProbeFinding> away = reachable(member.host());
            if (away.isPresent()) {
                tell(away.get());
                return;
            }
            Optional<MissingLine> missing = missing(member);
            boolean down = state.map(asked -> !asked.isUp(service, member)).orElse(false);
            boolean silent = down
                    || missing.map(MissingLine::step)
                            .filter(Step.REALSERVER_ANSWERS::equals)
                            .isPresent();
            try {
                RealserverState realserver = RealserverState.read(hosts, service, member, answersTo(member));
                realserver
                        .findings(designedGateway(member), refused(member), silent)
                        .forEach(this::tell);
                if (service.clientAddress() == VirtualService.ClientAddress.TOA) {
                    tell(realserver.clientAddress());
                }
            } catch (DeployException e) {
                tell(ProbeFinding.broken(member.host(), "the host answers questions", e.getMessage(), "probe again"));
            }
        }

        private Optional<MissingLine> missing(RealserverPool.Member member) {
            return of(member)
                    .flatMap(connection -> connection.missing().stream())
                    .findFirst();
        }

        private Stream<JoinedConnection> of(RealserverPool.Member member) {
            return connections.joined().stream()
                    .filter(connection ->
                            connection.translation().realserver().address().equals(member.address()));
        }

        private boolean refused(RealserverPool.Member member) {
            return of(member)
                    .flatMap(connection -> connection.sightings().stream())
                    .flatMap(sighting -> sighting.frame().decoded().tcp().stream())
                    .anyMatch(tcp -> tcp.has(TcpSegment.RST) && tcp.has(TcpSegment.ACK));
        }

        /** Where a realserver's answers go: to a local address of the director, or to the client. */
        private InetAddress answersTo(RealserverPool.Member member) {
            return service
                    .localAddresses()
                    .flatMap(topology::localAddressPool)
                    .flatMap(pool -> topology.shareOf(pool, director))
                    .map(LocalAddressPool::addresses)
                    .orElse(List.of())
                    .stream()
                    .filter(lip -> lip.getClass() == member.address().getClass())
                    .findFirst()
                    .orElseGet(() -> Flow.to(topology, client, service)
                            .orElseThrow()
                            .tuple()
                            .source());
        }

        /** The gateway to which the design lets a realserver hand its answers; empty on the same wire. */
        private Optional<InetAddress> designedGateway(RealserverPool.Member member) {
            return Flow.to(topology, client, service)
                    .map(flow -> flow.servedBy(director.name()).answeredBy(member.host()))
                    .map(flow -> PacketWalk.of(topology, flow))
                    .flatMap(path -> path.hops().stream()
                            .filter(hop -> hop.direction() == Hop.Direction.ANSWER
                                    && hop.host().equals(member.host()))
                            .findFirst())
                    .flatMap(Hop::way)
                    .filter(way -> way.origin() != Hop.RouteOrigin.CONNECTED)
                    .map(Hop.Way::nextHop);
        }

        /** What the packets show and no check explains. */
        private void unexplained() {
            if (findings.stream().anyMatch(ProbeFinding::isBroken)) {
                return;
            }
            connections.joined().stream()
                    .flatMap(connection -> connection.missing().stream())
                    .findFirst()
                    .ifPresent(line -> tell(ProbeFinding.broken(
                            director.name(), line.step().words(), "last seen: " + line.seen(), line.cause())));
            if (findings.stream().noneMatch(ProbeFinding::isBroken) && connections.answered() < connections.sent()) {
                tell(ProbeFinding.broken(
                        director.name(),
                        "every connection comes about",
                        "%d of %d did".formatted(connections.answered(), connections.sent()),
                        "twoarm capture shows each packet"));
            }
        }
    }
}
