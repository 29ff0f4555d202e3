package io.twoarm.director.service;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * A virtual service as it stands at a moment.
 *
 * @param definition what was configured
 * @param tableDigest what two directors compare to see that they schedule alike, where the scheduler has a table
 * @param sorryServer the sorry server
 * @param realservers its realservers, in the order of the configuration
 */
public record ServiceStatus(
        ServiceDefinition definition,
        Optional<String> tableDigest,
        Optional<RealserverStatus> sorryServer,
        List<RealserverStatus> realservers) {
    public ServiceStatus {
        realservers = List.copyOf(realservers);
    }

    /** A figure of the whole service, its sorry server included. */
    public long total(ToLongFunction<RealserverStatus> figure) {
        return Stream.concat(realservers.stream(), sorryServer.stream())
                .mapToLong(figure)
                .sum();
    }
}
