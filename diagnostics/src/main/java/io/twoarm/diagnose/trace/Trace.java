package io.twoarm.diagnose.trace;

import java.util.List;
import java.util.Optional;

/**
 * A finished trace.
 *
 * @param reached whether the destination itself answered
 * @param failure why nothing could be sent
 */
public record Trace(TraceRequest request, List<TraceHop> hops, boolean reached, Optional<String> failure) {
    public Trace {
        hops = List.copyOf(hops);
    }
}
