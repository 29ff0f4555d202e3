package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.Repairing;
import io.twoarm.model.Finding;
import io.twoarm.model.Finding.Severity;
import io.twoarm.model.Topology;
import io.twoarm.model.lint.Fix;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A finding as a line of the problems view.
 *
 * @param object what is selected for it; empty when it is about the file as a whole
 * @param place file and line for people; may be empty
 * @param repairable whether a program can do what the fix says
 */
public record Problem(Finding finding, Optional<ObjectRef> object, String place, boolean repairable) {

    /**
     * The worst first, then in the order of the file.
     *
     * @param fixes what a program can repair
     */
    public static List<Problem> listOf(List<Finding> findings, List<Fix> fixes) {
        return findings.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .map(finding -> new Problem(
                        finding,
                        ObjectRef.at(finding.place().object()),
                        place(finding.place()),
                        Repairing.fixFor(fixes, finding).isPresent()))
                .toList();
    }

    /** Those about an object that the drawing has a badge on, the worst first. */
    public static List<Problem> about(ObjectRef ref, List<Problem> problems, Topology topology) {
        return problems.stream()
                .filter(problem -> problem.object().equals(Optional.of(ref))
                        || problem.object()
                                .flatMap(object -> carrier(object, topology))
                                .equals(Optional.of(ref)))
                .toList();
    }

    private static String place(Finding.Place place) {
        String file = place.file().map(Path::getFileName).map(Path::toString).orElse("");
        if (file.isEmpty() || place.line() == 0) {
            return file;
        }
        return Texts.text("problems.place", file, Integer.toString(place.line()), Integer.toString(place.column()));
    }

    /**
     * The worst finding of each object that the drawing can put a badge on: hosts, segments, pools and groups. What is about a
     * part of a host, such as a port or a service, counts for the host.
     */
    public static Map<ObjectRef, Severity> badges(List<Finding> findings, Optional<Topology> topology) {
        Map<ObjectRef, Severity> badges = new HashMap<>();
        topology.ifPresent(design ->
                findings.forEach(finding -> ObjectRef.at(finding.place().object())
                        .flatMap(ref -> carrier(ref, design))
                        .ifPresent(ref -> badges.merge(
                                ref, finding.severity(), (one, other) -> one.compareTo(other) < 0 ? one : other))));
        return badges;
    }

    private static Optional<ObjectRef> carrier(ObjectRef ref, Topology topology) {
        return switch (ref) {
            case ObjectRef.DesignRef _ -> Optional.empty();
            case ObjectRef.HostRef _, ObjectRef.SegmentRef _, ObjectRef.PoolRef _ -> Optional.of(ref);
            case ObjectRef.PortRef port -> Optional.of(new ObjectRef.HostRef(port.host()));
            case ObjectRef.LocalPoolRef pool ->
                topology.localAddressPool(pool.name()).map(it -> owner(it.director(), topology));
            case ObjectRef.ServiceRef service ->
                topology.virtualService(service.name()).map(it -> owner(it.director(), topology));
            case ObjectRef.GroupRef _ -> Optional.of(ref);
            case ObjectRef.NatGatewayRef gateway ->
                topology.natGateways().stream()
                        .filter(it -> it.name().equals(gateway.name()))
                        .map(it -> owner(it.director(), topology))
                        .findFirst();
        };
    }

    private static ObjectRef owner(String directorOrGroup, Topology topology) {
        return topology.directorGroup(directorOrGroup).isPresent()
                ? new ObjectRef.GroupRef(directorOrGroup)
                : new ObjectRef.HostRef(directorOrGroup);
    }

    /** How many findings there are of a severity. */
    public static long count(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }
}
