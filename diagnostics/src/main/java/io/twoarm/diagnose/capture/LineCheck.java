package io.twoarm.diagnose.capture;

import io.twoarm.diagnose.capture.MissingLine.Step;
import io.twoarm.diagnose.packet.Field;
import io.twoarm.diagnose.pcap.CapturedFrame.Direction;
import io.twoarm.model.Host;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Topology;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which line of one connection is the first that is missing, and what that means. */
final class LineCheck {
    private final Topology topology;
    private final Set<CapturePoint> points;
    private final Translation translation;
    private final Map<Step, Sighting> first = new EnumMap<>(Step.class);

    LineCheck(Topology topology, Set<CapturePoint> points, Translation translation, List<Sighting> sightings) {
        this.topology = topology;
        this.points = points;
        this.translation = translation;
        for (Sighting sighting : sightings) {
            // What an error quotes went this way before; the error itself did not.
            if (sighting.frame().quoted().isEmpty()) {
                step(sighting).ifPresent(step -> first.putIfAbsent(step, sighting));
            }
        }
    }

    static boolean isDirector(Topology topology, CapturePoint point) {
        return topology.director(point.host()).isPresent();
    }

    private Optional<Step> step(Sighting sighting) {
        CapturePoint point = sighting.frame().point();
        Host host = topology.host(point.host()).orElse(null);
        boolean in = sighting.frame().direction() != Direction.OUT;
        return Optional.ofNullable(
                switch (host) {
                    case Host.Client client ->
                        switch (sighting.leg()) {
                            case CLIENT_TO_VIRTUAL -> Step.CLIENT_SENDS;
                            case VIRTUAL_TO_CLIENT -> Step.CLIENT_GETS;
                            default -> null;
                        };
                    case Host.Director director ->
                        switch (sighting.leg()) {
                            case CLIENT_TO_VIRTUAL -> in ? Step.DIRECTOR_GETS : null;
                            case TO_REALSERVER -> in ? null : Step.DIRECTOR_FORWARDS;
                            case FROM_REALSERVER -> in ? Step.DIRECTOR_GETS_ANSWER : null;
                            case VIRTUAL_TO_CLIENT -> in ? null : Step.DIRECTOR_RETURNS;
                        };
                    case Host.Realserver realserver ->
                        switch (sighting.leg()) {
                            case TO_REALSERVER -> Step.REALSERVER_GETS;
                            case FROM_REALSERVER -> in ? null : Step.REALSERVER_ANSWERS;
                            default -> null;
                        };
                    case Host.Router router -> null;
                    case null -> null;
                });
    }

    /** Where each line was seen first. */
    Map<Step, Sighting> seen() {
        return first;
    }

    Optional<MissingLine> missing() {
        Step last = null;
        for (Step step : Step.values()) {
            if (first.containsKey(step)) {
                last = step;
            } else if (last != null && watched(step)) {
                return Optional.of(new MissingLine(
                        step, last.words() + " (" + first.get(last).frame().point() + ")", cause(step)));
            }
        }
        return Optional.empty();
    }

    /** Whether the line would have been seen, had it been there. */
    private boolean watched(Step step) {
        if (translation.keepsAddresses()) {
            // Answers go past the director.
            if (step == Step.DIRECTOR_GETS_ANSWER || step == Step.DIRECTOR_RETURNS) {
                return false;
            }
            // Without a session the realserver is not known.
            if (step == Step.REALSERVER_GETS && realserver().isEmpty()) {
                return false;
            }
        }
        return points.stream().anyMatch(point -> switch (step) {
            case CLIENT_SENDS, CLIENT_GETS ->
                topology.host(point.host())
                        .filter(Host.Client.class::isInstance)
                        .isPresent();
            case DIRECTOR_GETS, DIRECTOR_FORWARDS, DIRECTOR_GETS_ANSWER, DIRECTOR_RETURNS ->
                isDirector(topology, point);
            case REALSERVER_GETS, REALSERVER_ANSWERS ->
                realserver().filter(point.host()::equals).isPresent();
        });
    }

    /** The host that the director chose. */
    private Optional<String> realserver() {
        return topology.realserverPools().stream()
                .flatMap(pool -> pool.members().stream())
                .filter(member ->
                        member.address().equals(translation.realserver().address()))
                .map(RealserverPool.Member::host)
                .findFirst();
    }

    private String cause(Step step) {
        String realserver = realserver().orElse(translation.realserver().toString());
        return switch (step) {
            case CLIENT_SENDS -> "the capture on the client began too late";
            case DIRECTOR_GETS ->
                "nothing came in: look at the route and the neighbour entry for the VIP on the client and the routers"
                        + " between";
            case DIRECTOR_FORWARDS ->
                "the director sent nothing on: no service for this port, no realserver up, no local address free, or"
                        + " its neighbour does not answer; twoarm probe tells which";
            case REALSERVER_GETS ->
                "the wire between the director and " + realserver + " lost it, or it went elsewhere"
                        + nextHop(Step.DIRECTOR_FORWARDS);
            case REALSERVER_ANSWERS ->
                realserver + " got the packet and sent nothing back on the captured ports: no way back to "
                        + translation.local().address().getHostAddress()
                        + " (wrong or silent gateway), a filter, rp_filter, or no program at "
                        + translation.realserver();
            case DIRECTOR_GETS_ANSWER ->
                "the answer left " + realserver + " but went elsewhere" + nextHop(Step.REALSERVER_ANSWERS)
                        + ": its route to " + translation.local().address().getHostAddress()
                        + " does not lead to the director (wrong gateway)";
            case DIRECTOR_RETURNS ->
                "the director got the answer and sent nothing to the client: no session for it, or no way to the"
                        + " client";
            case CLIENT_GETS ->
                "the answer left" + nextHop(Step.DIRECTOR_RETURNS)
                        + " and did not arrive: look at the route back to the client";
        };
    }

    /** Where a frame was sent to on its wire. */
    private String nextHop(Step step) {
        return Optional.ofNullable(first.get(step))
                .flatMap(sighting -> sighting.frame().decoded().layer("Ethernet"))
                .flatMap(ethernet -> ethernet.part("destination"))
                .map(Field::value)
                .map(mac -> ", to MAC address " + mac)
                .orElse("");
    }
}
