package io.twoarm.director.service;

import io.twoarm.director.scheduling.HashTarget;
import io.twoarm.director.scheduling.SchedulerKind;
import java.util.Optional;

/**
 * How the realserver of a new flow is found, and how long the flow may keep it.
 *
 * @param scheduler which way
 * @param hashTarget what {@code conhash}, {@code sh} and {@code mh} hash; without meaning for the others
 * @param persistence whether a client comes back to its realserver
 * @param onePacket whether every datagram is a flow of its own
 * @param expireQuiescent whether sessions end when their realserver goes down, is taken out or gets weight 0
 * @param sorryServer takes new flows while no realserver can
 * @param connectionRate new flows per second, 1 to 1,000,000; 0 for as many as come
 * @param synProxy whether clients prove that they are there before a realserver hears of them; of TCP in FullNAT only
 * @param traffic most bits and packets per second
 * @param endpointIndependent of a match service: whether a host's port has the same outside port towards all destinations
 *     (RFC 4787, REQ-1), and whose packets that one lets in
 */
public record ServicePolicy(
        SchedulerKind scheduler,
        HashTarget hashTarget,
        Optional<Persistence> persistence,
        boolean onePacket,
        boolean expireQuiescent,
        Optional<RealserverDefinition> sorryServer,
        int connectionRate,
        boolean synProxy,
        TrafficLimits traffic,
        Optional<OutsideFilter> endpointIndependent) {
    public static final ServicePolicy ROUND_ROBIN = of(SchedulerKind.RR);

    /** Without limits and a SYN proxy. */
    public ServicePolicy(
            SchedulerKind scheduler,
            HashTarget hashTarget,
            Optional<Persistence> persistence,
            boolean onePacket,
            boolean expireQuiescent,
            Optional<RealserverDefinition> sorryServer) {
        this(
                scheduler,
                hashTarget,
                persistence,
                onePacket,
                expireQuiescent,
                sorryServer,
                0,
                false,
                TrafficLimits.NONE,
                Optional.empty());
    }

    public static ServicePolicy of(SchedulerKind scheduler) {
        return new ServicePolicy(scheduler, HashTarget.SOURCE, Optional.empty(), false, false, Optional.empty());
    }

    /** The same with so many new flows per second. */
    public ServicePolicy withConnectionRate(int wanted) {
        return new ServicePolicy(
                scheduler,
                hashTarget,
                persistence,
                onePacket,
                expireQuiescent,
                sorryServer,
                wanted,
                synProxy,
                traffic,
                endpointIndependent);
    }

    /** The same with or without a SYN proxy. */
    public ServicePolicy withSynProxy(boolean wanted) {
        return new ServicePolicy(
                scheduler,
                hashTarget,
                persistence,
                onePacket,
                expireQuiescent,
                sorryServer,
                connectionRate,
                wanted,
                traffic,
                endpointIndependent);
    }

    /** The same with so much traffic. */
    public ServicePolicy withTraffic(TrafficLimits wanted) {
        return new ServicePolicy(
                scheduler,
                hashTarget,
                persistence,
                onePacket,
                expireQuiescent,
                sorryServer,
                connectionRate,
                synProxy,
                wanted,
                endpointIndependent);
    }

    /** The same with ports that are mapped independently of destinations, or as DPVS maps them. */
    public ServicePolicy withEndpointIndependent(Optional<OutsideFilter> wanted) {
        return new ServicePolicy(
                scheduler,
                hashTarget,
                persistence,
                onePacket,
                expireQuiescent,
                sorryServer,
                connectionRate,
                synProxy,
                traffic,
                wanted);
    }
}
