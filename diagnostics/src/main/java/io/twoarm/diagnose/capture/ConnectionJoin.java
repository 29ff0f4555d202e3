package io.twoarm.diagnose.capture;

import io.twoarm.diagnose.packet.Endpoint;
import io.twoarm.diagnose.packet.Flow;
import io.twoarm.model.Host;
import io.twoarm.model.Topology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts the frames of one connection together that have different addresses on the two sides of the director.
 *
 * <p>The director's session table ties the sides. Where a session had gone before it was read, the TOA option does, which
 * names the client on the realserver's side. Not safe for use by several threads.
 */
public final class ConnectionJoin {
    private final Topology topology;
    private final Map<String, Host> hosts = new HashMap<>();
    private final Set<CapturePoint> points;
    private final int mostFrames;
    private final Map<Flow, Translation> byFlow = new HashMap<>();
    private final Map<Flow, List<SeenFrame>> frames = new LinkedHashMap<>();
    private int kept;
    private long left;

    /**
     * @param points where frames are captured: only there can a line be missing
     * @param mostFrames how many frames are kept; further ones are counted
     */
    public ConnectionJoin(Topology topology, Collection<CapturePoint> points, int mostFrames) {
        this.topology = topology;
        topology.hosts().forEach(host -> hosts.put(host.name(), host));
        this.points = Set.copyOf(points);
        this.mostFrames = mostFrames;
    }

    /** Learns sessions; those learnt before stay. */
    public void sessions(Collection<Translation> sessions) {
        for (Translation each : sessions) {
            byFlow.putIfAbsent(each.clientFlow(), each);
            byFlow.putIfAbsent(each.serverFlow(), each);
        }
    }

    public void add(SeenFrame frame) {
        // An error belongs to the connection whose packet it quotes.
        Optional<Flow> flow = frame.quoted().or(frame::flow);
        if (flow.isEmpty()) {
            return;
        }
        if (kept >= mostFrames) {
            left++;
            return;
        }
        kept++;
        frames.computeIfAbsent(flow.get(), each -> new ArrayList<>()).add(frame);
    }

    /** Frames that were not kept because there were too many. */
    public long left() {
        return left;
    }

    /** The connections by what is known now, those that began first before the others. */
    public List<JoinedConnection> connections() {
        Map<Flow, Translation> ties = new HashMap<>(byFlow);
        Map<Flow, Translation> guessed = byOption(ties);
        ties.putAll(guessed);
        Map<Translation, List<Sighting>> groups = new LinkedHashMap<>();
        frames.forEach((flow, seen) -> {
            Translation translation = ties.getOrDefault(flow, ties.get(flow.reversed()));
            if (translation == null) {
                translation = alone(flow);
                // The flow that was seen first is the request; the one back belongs to it.
                ties.put(flow, translation);
            }
            List<Sighting> group = groups.computeIfAbsent(translation, each -> new ArrayList<>());
            Leg leg = translation.leg(flow).orElse(Leg.CLIENT_TO_VIRTUAL);
            boolean alike = translation.keepsAddresses();
            for (SeenFrame frame : seen) {
                group.add(new Sighting(frame, alike ? legByPlace(leg, frame) : leg));
            }
        });
        List<List<Sighting>> ordered = new ArrayList<>(groups.values());
        List<Translation> translations = new ArrayList<>(groups.keySet());
        ordered.forEach(group ->
                group.sort(Comparator.comparingLong(each -> each.frame().nanos())));
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
            order.add(i);
        }
        order.sort(
                Comparator.comparingLong(i -> ordered.get(i).getFirst().frame().nanos()));
        List<JoinedConnection> connections = new ArrayList<>();
        for (int i : order) {
            Translation translation = translations.get(i);
            LineCheck lines = new LineCheck(topology, points, translation, ordered.get(i));
            boolean begunBefore = translation.protocol() == Flow.TCP
                    && ordered.get(i).stream().noneMatch(each -> each.frame().opens());
            connections.add(new JoinedConnection(
                    connections.size() + 1,
                    translation,
                    ordered.get(i),
                    lines.seen(),
                    isVirtual(translation.virtual()) && !begunBefore ? lines.missing() : Optional.empty(),
                    begunBefore,
                    byFlow.containsKey(translation.clientFlow())));
        }
        return connections;
    }

    /** Ties made by TOA options: the client that one names has a flow to a VIP. */
    private Map<Flow, Translation> byOption(Map<Flow, Translation> known) {
        Map<Endpoint, Flow> clients = new HashMap<>();
        frames.keySet().stream()
                .filter(flow -> isVirtual(flow.destination()))
                .forEach(flow -> clients.put(flow.source(), flow));
        Map<Flow, Translation> ties = new HashMap<>();
        frames.forEach((flow, seen) -> {
            if (known.containsKey(flow) || known.containsKey(flow.reversed())) {
                return;
            }
            seen.stream()
                    .flatMap(frame -> frame.client().stream())
                    .map(clients::get)
                    .filter(clientFlow -> clientFlow != null)
                    .findFirst()
                    .ifPresent(clientFlow -> {
                        Translation tie = new Translation(
                                flow.protocol(),
                                clientFlow.source(),
                                clientFlow.destination(),
                                flow.source(),
                                flow.destination(),
                                "");
                        ties.put(clientFlow, tie);
                        ties.put(flow, tie);
                    });
        });
        return ties;
    }

    /** A connection of which only this flow is known, so that both sides look alike. */
    private Translation alone(Flow flow) {
        Flow request = isVirtual(flow.source()) || isRealserver(flow.source()) && !isVirtual(flow.destination())
                ? flow.reversed()
                : flow;
        return new Translation(
                request.protocol(),
                request.source(),
                request.destination(),
                request.source(),
                request.destination(),
                "");
    }

    private boolean isVirtual(Endpoint end) {
        return topology.virtualServices().stream()
                .anyMatch(service -> service.vip().equals(end.address()) && service.servicePort() == end.port());
    }

    private boolean isRealserver(Endpoint end) {
        return topology.realserverPools().stream()
                .flatMap(pool -> pool.members().stream())
                .anyMatch(member -> member.address().equals(end.address()) && member.port() == end.port());
    }

    /** Where both sides of the director look alike, the place tells them apart. */
    private Leg legByPlace(Leg leg, SeenFrame frame) {
        boolean request = leg == Leg.CLIENT_TO_VIRTUAL || leg == Leg.TO_REALSERVER;
        Host host = hosts.get(frame.point().host());
        boolean atRealserver = host instanceof Host.Realserver;
        boolean forwarded = host instanceof Host.Director
                && frame.direction() == io.twoarm.diagnose.pcap.CapturedFrame.Direction.OUT;
        if (request) {
            return atRealserver || forwarded ? Leg.TO_REALSERVER : Leg.CLIENT_TO_VIRTUAL;
        }
        return atRealserver ? Leg.FROM_REALSERVER : Leg.VIRTUAL_TO_CLIENT;
    }
}
