package io.twoarm.model.walk;

import io.twoarm.model.Finding;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Port;
import io.twoarm.model.SourceMap;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.VirtualService.ForwardingMode;
import io.twoarm.model.lint.Claim;
import io.twoarm.model.walk.Balancing.Translation;
import io.twoarm.model.walk.Hop.Direction;
import io.twoarm.model.walk.Hop.Rule;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Follows a flow's packets from the client to the realserver and back, as addresses, routes, services and gateways of the
 * topology make them go.
 *
 * <p>The same topology and flow give the same path. Hosts are taken for up, realservers for healthy, and firewalls for open.
 */
public final class PacketWalk {
    private final Topology topology;
    private final SourceMap sources;
    private final Flow flow;
    private final Wires wires;
    private final Balancing balancing;
    private final MappedPorts mappedPorts;
    private final List<Hop> hops = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();
    private final Set<String> passed = new HashSet<>();

    private Host host;
    private Optional<Port> arrivedBy = Optional.empty();
    private Direction direction = Direction.REQUEST;
    private Packet packet;
    private Optional<VirtualService> service = Optional.empty();

    /** The host whose mapped port the flow is for. */
    private Optional<Host> behindMappedPort = Optional.empty();

    private PacketWalk(Topology topology, SourceMap sources, Flow flow, Host client) {
        this.topology = topology;
        this.sources = sources;
        this.flow = flow;
        this.wires = new Wires(topology, flow.director());
        this.balancing = new Balancing(topology, wires, flow);
        this.mappedPorts = new MappedPorts(topology, flow);
        this.host = client;
        this.packet = Packet.of(flow.tuple());
    }

    /** What a director keeps of a flow to know its answers. */
    private record Session(String director, Tuple answer, Tuple restored) {}

    /** Ends a walk that is not blocked. */
    private sealed interface Step {
        record On() implements Step {}

        record End(Outcome outcome) implements Step {}
    }

    /**
     * The path of a flow.
     *
     * @throws IllegalArgumentException when the topology has no host of the flow's client
     */
    public static FlowPath of(Topology topology, Flow flow) {
        return of(topology, SourceMap.NONE, flow);
    }

    /**
     * The same, with findings that say where they are in a file.
     *
     * @throws IllegalArgumentException when the topology has no host of the flow's client
     */
    public static FlowPath of(Topology topology, SourceMap sources, Flow flow) {
        Host client = topology.host(flow.client())
                .orElseThrow(() -> new IllegalArgumentException("there is no host called " + flow.client()));
        return new PacketWalk(topology, sources, flow, client).walk();
    }

    private FlowPath walk() {
        Outcome outcome;
        try {
            Step step = send(Rule.SEND, host.name() + " opens the connection", packet, packet.routedTo());
            while (step instanceof Step.On) {
                step = receive();
            }
            outcome = ((Step.End) step).outcome();
        } catch (Blockage blockage) {
            stop(blockage);
            outcome = blocked(blockage);
        }
        PathSize.Sized sized = PathSize.of(topology, hops);
        List<Hop> path = sized.hops();
        if (sized.blocked().isPresent()) {
            PathSize.Blocked at = sized.blocked().get();
            path = path.subList(0, at.position() + 1);
            hops.subList(at.position() + 1, hops.size()).clear();
            outcome = blocked(at.why());
        }
        return new FlowPath(flow, service.map(VirtualService::name), path, outcome);
    }

    private Step receive() throws Blockage {
        // The TTL falls at every turn of a circle, so it does not count as a difference.
        if (!passed.add(direction + " " + host.name() + " " + packet.tuple() + " " + packet.tunnel())) {
            throw circle();
        }
        return switch (host) {
            case Host.Director director -> atDirector(director);
            case Host.Router _, Host.Client _, Host.Realserver _ -> {
                boolean mine = wires.answersFor(host, packet.routedTo()) || hasVip();
                yield mine ? arrive() : forward();
            }
        };
    }

    private Blockage circle() {
        return new Blockage(
                Fault.CIRCLE,
                "the packets come back to " + host.name() + " in a circle",
                "Let a route on this way lead on towards " + IpLiteral.format(packet.routedTo()) + ".");
    }

    private Step atDirector(Host.Director director) throws Blockage {
        Optional<Session> known = sessions.stream()
                .filter(session -> session.director().equals(director.name())
                        && session.answer().equals(packet.tuple()))
                .findFirst();
        if (known.isPresent()) {
            Packet restored = aged(director, packet.with(known.get().restored()));
            return send(
                    Rule.RESTORE,
                    "the session of this flow restores the addresses that the client knows",
                    restored,
                    restored.routedTo());
        }
        Optional<VirtualService> wanted = balancing.serviceFor(director, packet.tuple());
        if (wanted.isPresent() && direction == Direction.REQUEST) {
            service = wanted;
            requirePossible(director);
            Port port = arrivedBy.orElseThrow();
            Translation translation = balancing.balance(director, port, wanted.get(), packet);
            Rule rule = translation.rule();
            if (rule == Rule.FULLNAT || rule == Rule.NAT) {
                sessions.add(new Session(
                        director.name(),
                        translation.sent().tuple().reversed(),
                        packet.tuple().reversed()));
            }
            return send(rule, translation.because(), aged(director, translation.sent()), translation.towards());
        }
        Optional<NatGateway> mapped = mappedPorts.gatewayOf(director, packet.tuple());
        if (mapped.isPresent() && direction == Direction.REQUEST) {
            return leadInwards(director, mapped.get());
        }
        if (wires.answersFor(director, packet.routedTo())) {
            return arrive();
        }
        if (direction == Direction.REQUEST
                && director.dataplane().translation().takes(packet.tuple().destination())) {
            return translate(director);
        }
        return forward();
    }

    private Step leadInwards(Host.Director director, NatGateway gateway) throws Blockage {
        requirePossible(director);
        MappedPorts.Inwards inwards = mappedPorts.lead(director, gateway, packet);
        behindMappedPort = Optional.of(inwards.host());
        Translation translation = inwards.translation();
        sessions.add(new Session(
                director.name(),
                translation.sent().tuple().reversed(),
                packet.tuple().reversed()));
        return send(translation.rule(), translation.because(), translation.sent(), translation.towards());
    }

    /** Between the families; the hop counts whatever {@code xmit_ttl} says (RFC 7915, 4.1 and 5.1). */
    private Step translate(Host.Director director) throws Blockage {
        requirePossible(director);
        Packet older = packet.older();
        Translation translation = new Translating(director).translate(older);
        sessions.add(new Session(
                director.name(),
                translation.sent().tuple().reversed(),
                older.tuple().reversed()));
        return send(translation.rule(), translation.because(), translation.sent(), translation.towards());
    }

    /** The kernel counts a hop; the dataplanes leave the TTL as it is unless xmit_ttl is set. */
    private static Packet aged(Host.Director director, Packet packet) {
        return director.kind().hasDataplane() ? packet : packet.older();
    }

    private Step forward() throws Blockage {
        boolean forwards = switch (host) {
            case Host.Router _ -> true;
            case Host.Director director ->
                topology.natGatewaysOf(director).findAny().isPresent()
                        || topology.servicesOf(director).anyMatch(it -> it.mode() == ForwardingMode.NAT);
            case Host.Client _, Host.Realserver _ -> false;
        };
        if (!forwards) {
            throw new Blockage(
                    Fault.NOT_FORWARDED,
                    host.name() + " gets a packet to " + IpLiteral.format(packet.routedTo()) + " and does not forward",
                    "Let the route lead to a router instead of " + host.name() + ".");
        }
        if (packet.ttl() <= 1) {
            throw new Blockage(
                    Fault.TTL_EXPIRED,
                    "the packet has passed " + Packet.FIRST_TTL + " hosts and is dropped",
                    "Make the way shorter.");
        }
        Packet older = host instanceof Host.Director director ? aged(director, packet) : packet.older();
        if (host instanceof Host.Director director && direction == Direction.REQUEST) {
            Optional<Translation> leaving = balancing.leaving(director, older);
            if (leaving.isPresent()) {
                requirePossible(director);
                sessions.add(new Session(
                        director.name(),
                        leaving.get().sent().tuple().reversed(),
                        older.tuple().reversed()));
                return send(
                        leaving.get().rule(),
                        leaving.get().because(),
                        leaving.get().sent(),
                        leaving.get().towards());
            }
            if (director.kind().hasDataplane()) {
                throw new Blockage(
                        Fault.NOT_FORWARDED,
                        director.name() + " gets a packet from "
                                + IpLiteral.format(packet.tuple().source()) + " to "
                                + IpLiteral.format(packet.routedTo())
                                + " that no NAT gateway is for; its dataplane is no router",
                        "Add the sender's network to a NAT gateway, or let the route lead to a router.");
            }
        }
        return send(Rule.FORWARD, host.name() + " forwards by its routes", older, older.routedTo());
    }

    private Step arrive() throws Blockage {
        boolean wrapped = packet.tunnel().isPresent();
        Packet inner = packet.unwrapped();
        if (wrapped && !hasVip()) {
            throw notServed();
        }
        if (direction == Direction.ANSWER) {
            return answerArrived();
        }
        requireServed();
        hops.add(new Hop(
                direction,
                host.name(),
                arrivedBy.map(Port::name),
                packet,
                wrapped ? Rule.UNWRAP : Rule.DELIVER,
                host.name() + " answers to " + IpLiteral.format(inner.tuple().source()),
                Optional.empty(),
                Optional.empty()));
        direction = Direction.ANSWER;
        arrivedBy = Optional.empty();
        packet = Packet.of(inner.tuple().reversed());
        return send(Rule.SEND, host.name() + " sends the answer", packet, packet.routedTo());
    }

    private Step answerArrived() throws Blockage {
        if (!host.name().equals(flow.client())
                || !packet.tuple().equals(flow.tuple().reversed())) {
            throw new Blockage(
                    Fault.ASYMMETRIC_RETURN,
                    host.name() + " gets an answer " + packet.tuple() + " to a question that it never asked",
                    "Let the realserver's way back lead through the director that chose it.");
        }
        hops.add(new Hop(
                direction,
                host.name(),
                arrivedBy.map(Port::name),
                packet,
                Rule.DELIVER,
                host.name() + " has its answer",
                Optional.empty(),
                Optional.empty()));
        return new Step.End(new Outcome.Answered());
    }

    private void requireServed() throws Blockage {
        if (behindMappedPort.filter(host::equals).isPresent()) {
            return;
        }
        boolean balanced = hops.stream().anyMatch(hop -> hop.rule().balances());
        boolean plainServer =
                flow.tuple().destination().equals(packet.tuple().destination()) && host instanceof Host.Realserver;
        if (!(host instanceof Host.Realserver) || !balanced && !plainServer) {
            throw notServed();
        }
    }

    private Blockage notServed() {
        Tuple tuple = packet.tuple();
        return new Blockage(
                Fault.NO_SERVICE,
                host.name() + " has no service at " + Tuple.endpoint(tuple.destination(), tuple.destinationPort())
                        + " (" + tuple.protocol().name().toLowerCase(Locale.ROOT) + ")",
                "Add a virtual service for this address and port, or ask for one that exists.");
    }

    /** Whether this realserver has the packet's destination on its loopback, for a service in mode dr or tunnel. */
    private boolean hasVip() {
        return host instanceof Host.Realserver
                && service.filter(it -> it.mode().vipOnRealservers()
                                && it.vip().equals(packet.tuple().destination()))
                        .flatMap(it -> topology.realserverPool(it.realservers()))
                        .filter(pool -> pool.members().stream()
                                .anyMatch(member -> member.host().equals(host.name())))
                        .isPresent();
    }

    private Step send(Rule rule, String because, Packet sent, InetAddress towards) throws Blockage {
        Wires.Next next;
        try {
            next = wires.next(host, towards);
        } catch (Blockage blockage) {
            throw explained(blockage, towards);
        }
        Optional<Hop.Way> way =
                next instanceof Wires.Next.Neighbour neighbour ? Optional.of(neighbour.way()) : Optional.empty();
        hops.add(new Hop(
                direction, host.name(), arrivedBy.map(Port::name), packet, rule, because, Optional.of(sent), way));
        packet = sent;
        return switch (next) {
            case Wires.Next.OutOfSight(InetAddress gateway) -> new Step.End(new Outcome.OutOfSight(gateway));
            case Wires.Next.Neighbour(Hop.Way _, Host neighbour, Port port) -> {
                host = neighbour;
                arrivedBy = Optional.of(port);
                yield new Step.On();
            }
        };
    }

    /** What is missing on the way to a VIP or a LIP is more often the address than the route. */
    private Blockage explained(Blockage blockage, InetAddress towards) {
        boolean lip = topology.localAddressPools().stream()
                .anyMatch(pool -> pool.addresses().contains(towards));
        if (direction == Direction.ANSWER && lip) {
            return new Blockage(Fault.LOCAL_ADDRESS_UNREACHABLE, blockage.why(), blockage.fix());
        }
        boolean vip =
                topology.virtualServices().stream().anyMatch(it -> it.vip().equals(towards));
        boolean placed = wires.claimsOf(towards).stream().anyMatch(claim -> claim.kind() == Claim.Kind.VIP);
        if (direction == Direction.REQUEST && vip && !placed) {
            return new Blockage(
                    Fault.VIP_NOT_ON_PORT,
                    blockage.why() + ": the VIP is on no port of a director",
                    "Let the service name a director and one of its ports.");
        }
        return blockage;
    }

    /** Lint knows what each kind of director cannot do. */
    private void requirePossible(Host.Director director) throws Blockage {
        Optional<Finding> error = Causes.of(topology, sources).impossible(director, service);
        if (error.isPresent()) {
            throw new Blockage(
                    Fault.NOT_POSSIBLE, error.get().message(), error.get().fix());
        }
    }

    private void stop(Blockage blockage) {
        hops.add(new Hop(
                direction,
                host.name(),
                arrivedBy.map(Port::name),
                packet,
                Rule.STOP,
                blockage.why(),
                Optional.empty(),
                Optional.empty()));
    }

    private Outcome blocked(Blockage blockage) {
        Causes causes = Causes.of(topology, sources);
        List<Finding> findings = blockage.fault() == Fault.NOT_POSSIBLE && host instanceof Host.Director director
                ? causes.impossible(director, service).stream().toList()
                : causes.findings(blockage.fault(), hops, service);
        return new Outcome.Blocked(blockage.fault(), blockage.why(), blockage.fix(), findings);
    }
}
