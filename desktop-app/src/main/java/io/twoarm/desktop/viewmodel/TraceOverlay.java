package io.twoarm.desktop.viewmodel;

import io.twoarm.diagnose.host.AddressNames;
import io.twoarm.diagnose.trace.TraceHop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A trace as it lies over the drawing.
 *
 * @param predicted names of the hosts that the design lets it pass, the sender first; empty where nothing is shown
 * @param steps what answered, from the first hop on
 */
public record TraceOverlay(List<String> predicted, List<Step> steps) {
    public static final TraceOverlay NONE = new TraceOverlay(List.of(), List.of());

    public TraceOverlay {
        predicted = List.copyOf(predicted);
        steps = List.copyOf(steps);
    }

    /**
     * @param number the hop's
     * @param host that has the address; of a VIP the director or group; empty when nobody or a stranger answered
     * @param asDesigned whether the design has this host here
     */
    public record Step(int number, Optional<String> host, boolean asDesigned, String label) {}

    static TraceOverlay predicted(String from, List<String> hosts) {
        List<String> way = new ArrayList<>(List.of(from));
        way.addAll(hosts);
        return new TraceOverlay(way, List.of());
    }

    /** The same prediction before anything has answered. */
    TraceOverlay again() {
        return new TraceOverlay(predicted, List.of());
    }

    TraceOverlay with(TraceHop hop) {
        List<Step> more = new ArrayList<>(steps);
        Optional<String> host = hop.owner().map(AddressNames.Owner::host);
        String label = hop.address().isEmpty()
                ? Texts.text("trace.noAnswer", hop.number())
                : Texts.text("trace.millis", hop.number(), hop.millis());
        more.add(new Step(hop.number(), host, !hop.surprising(), label));
        return new TraceOverlay(predicted, more);
    }

    public boolean isEmpty() {
        return predicted.isEmpty();
    }
}
