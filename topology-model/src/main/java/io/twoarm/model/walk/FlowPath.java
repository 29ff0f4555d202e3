package io.twoarm.model.walk;

import java.util.List;
import java.util.Optional;

/**
 * The predicted way of a flow.
 *
 * @param service the virtual service that it is for
 * @param hops from the client to the realserver and back; the last one is where it ends
 */
public record FlowPath(Flow flow, Optional<String> service, List<Hop> hops, Outcome outcome) {
    public FlowPath {
        hops = List.copyOf(hops);
    }

    public boolean answered() {
        return outcome instanceof Outcome.Answered;
    }
}
