package io.twoarm.desktop.viewmodel;

import io.twoarm.diagnose.capture.CapturePoint;
import io.twoarm.diagnose.capture.ServiceFilter;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** Where the next capture looks, and for what: ports of the design, chosen by themselves, by host or by service. */
public final class CaptureTarget {
    private final ProjectModel project;
    private final ReadOnlyObjectWrapper<Set<CapturePoint>> places =
            new ReadOnlyObjectWrapper<>(this, "places", Set.of());
    private final StringProperty filter = new SimpleStringProperty(this, "filter", "");

    CaptureTarget(ProjectModel project) {
        this.project = project;
    }

    /** Where is captured; nowhere until somebody chose, which stands for the places of a service. */
    public ReadOnlyObjectProperty<Set<CapturePoint>> placesProperty() {
        return places.getReadOnlyProperty();
    }

    /** What is captured, in the language of {@code pcap-filter(7)}; empty for everything. */
    public StringProperty filterProperty() {
        return filter;
    }

    /** Every port of the design, host by host. */
    public List<CapturePoint> allPlaces() {
        return project.topologyProperty().get().stream()
                .flatMap(topology -> topology.hosts().stream())
                .flatMap(host -> CapturePoint.of(host).stream())
                .toList();
    }

    /** The services of the design by name. */
    public List<String> services() {
        return project.topologyProperty().get().stream()
                .flatMap(topology -> topology.virtualServices().stream())
                .map(VirtualService::name)
                .toList();
    }

    /** The places that a service's packets pass, and the filter for them. */
    public void chooseService(String name) {
        topology()
                .ifPresent(design -> design.virtualService(name).ifPresent(service -> {
                    choose(CapturePoint.of(design, service));
                    filter.set(ServiceFilter.of(design, service));
                }));
    }

    public void choose(Collection<CapturePoint> wantedPlaces) {
        places.set(new LinkedHashSet<>(wantedPlaces));
    }

    public void choose(CapturePoint place, boolean chosen) {
        Set<CapturePoint> next = new LinkedHashSet<>(places.get());
        if (chosen) {
            next.add(place);
        } else {
            next.remove(place);
        }
        places.set(next);
    }

    /** Everything at all ports of a host. */
    public void chooseHost(String name) {
        topology().flatMap(it -> it.host(name)).ifPresent(host -> {
            choose(CapturePoint.of(host));
            filter.set("");
        });
    }

    /** The chosen places; without any, those of the first service are chosen. */
    List<CapturePoint> placesOrThoseOfTheFirstService() {
        if (places.get().isEmpty()) {
            services().stream().findFirst().ifPresent(this::chooseService);
        }
        return List.copyOf(places.get());
    }

    /** Another project. */
    void forget() {
        places.set(Set.of());
        filter.set("");
    }

    Optional<Topology> topology() {
        return project.topologyProperty().get();
    }
}
