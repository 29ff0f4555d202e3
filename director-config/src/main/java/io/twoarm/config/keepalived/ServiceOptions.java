package io.twoarm.config.keepalived;

import java.util.Optional;

/**
 * What a virtual server may ask for besides the choice of a scheduler.
 *
 * @param hashTarget what {@code conhash} hashes
 * @param persistence whether a client comes back to its realserver
 * @param onePacket whether every datagram is scheduled for itself ({@code ops})
 * @param expireQuiescent whether sessions end when their realserver has no weight any more ({@code expire_quiescent_conn})
 * @param sorryServer takes new sessions while no realserver can
 * @param denied name of the {@link AccessGroup} whose clients may not use it ({@code daddr_group_name})
 * @param allowed name of the group whose clients alone may ({@code waddr_group_name})
 * @param connectionRate most new sessions per second ({@code connection_rate})
 * @param synProxy whether clients prove that they are there before a realserver hears of them ({@code syn_proxy})
 * @param traffic most bits and packets per second
 * @param endpointIndependent of a match: whether a host's port has the same outside port towards all destinations, and
 *     whose packets that one lets in ({@code endpoint_independent})
 */
public record ServiceOptions(
        HashTarget hashTarget,
        Optional<Persistence> persistence,
        boolean onePacket,
        boolean expireQuiescent,
        Optional<RealServer> sorryServer,
        Optional<String> denied,
        Optional<String> allowed,
        Optional<Integer> connectionRate,
        boolean synProxy,
        TrafficLimits traffic,
        Optional<OutsideFilter> endpointIndependent) {
    /** Most new sessions per second that can be asked for. */
    public static final int HIGHEST_CONNECTION_RATE = 1_000_000;

    public static final ServiceOptions DEFAULTS = new ServiceOptions(
            HashTarget.SIP,
            Optional.empty(),
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            TrafficLimits.NONE,
            Optional.empty());

    /** The same with another hash target. */
    public ServiceOptions withHashTarget(HashTarget target) {
        return new ServiceOptions(
                target,
                persistence,
                onePacket,
                expireQuiescent,
                sorryServer,
                denied,
                allowed,
                connectionRate,
                synProxy,
                traffic,
                endpointIndependent);
    }

    /** The same with or without persistence. */
    public ServiceOptions withPersistence(Optional<Persistence> wanted) {
        return new ServiceOptions(
                hashTarget,
                wanted,
                onePacket,
                expireQuiescent,
                sorryServer,
                denied,
                allowed,
                connectionRate,
                synProxy,
                traffic,
                endpointIndependent);
    }

    /** The same with datagrams scheduled one by one. */
    public ServiceOptions withOnePacket() {
        return new ServiceOptions(
                hashTarget,
                persistence,
                true,
                expireQuiescent,
                sorryServer,
                denied,
                allowed,
                connectionRate,
                synProxy,
                traffic,
                endpointIndependent);
    }

    /** The same with an end to sessions of realservers without weight. */
    public ServiceOptions withExpireQuiescent() {
        return new ServiceOptions(
                hashTarget,
                persistence,
                onePacket,
                true,
                sorryServer,
                denied,
                allowed,
                connectionRate,
                synProxy,
                traffic,
                endpointIndependent);
    }

    /** The same with a sorry server. */
    public ServiceOptions withSorryServer(RealServer server) {
        return new ServiceOptions(
                hashTarget,
                persistence,
                onePacket,
                expireQuiescent,
                Optional.of(server),
                denied,
                allowed,
                connectionRate,
                synProxy,
                traffic,
                endpointIndependent);
    }

    /** The same with so many new sessions per second. */
    public ServiceOptions withConnectionRate(int perSecond) {
        return new ServiceOptions(
                hashTarget,
                persistence,
                onePacket,
                expireQuiescent,
                sorryServer,
                denied,
                allowed,
                Optional.of(perSecond),
                synProxy,
                traffic,
                endpointIndependent);
    }

    /** The same with a SYN proxy. */
    public ServiceOptions withSynProxy() {
        return new ServiceOptions(
                hashTarget,
                persistence,
                onePacket,
                expireQuiescent,
                sorryServer,
                denied,
                allowed,
                connectionRate,
                true,
                traffic,
                endpointIndependent);
    }

    /** The same with so much traffic. */
    public ServiceOptions withTraffic(TrafficLimits wanted) {
        return new ServiceOptions(
                hashTarget,
                persistence,
                onePacket,
                expireQuiescent,
                sorryServer,
                denied,
                allowed,
                connectionRate,
                synProxy,
                wanted,
                endpointIndependent);
    }

    /** The same with ports that are mapped independently of destinations. */
    public ServiceOptions withEndpointIndependent(OutsideFilter filter) {
        return new ServiceOptions(
                hashTarget,
                persistence,
                onePacket,
                expireQuiescent,
                sorryServer,
                denied,
                allowed,
                connectionRate,
                synProxy,
                traffic,
                Optional.of(filter));
    }

    /** The same with a list of clients. */
    public ServiceOptions withAccessGroup(AccessGroup.Kind kind, String name) {
        boolean denies = kind == AccessGroup.Kind.DENY;
        return new ServiceOptions(
                hashTarget,
                persistence,
                onePacket,
                expireQuiescent,
                sorryServer,
                denies ? Optional.of(name) : denied,
                denies ? allowed : Optional.of(name),
                connectionRate,
                synProxy,
                traffic,
                endpointIndependent);
    }

    /** Name of the list of clients that are denied or allowed. */
    public Optional<String> accessGroup(AccessGroup.Kind kind) {
        return kind == AccessGroup.Kind.DENY ? denied : allowed;
    }
}
