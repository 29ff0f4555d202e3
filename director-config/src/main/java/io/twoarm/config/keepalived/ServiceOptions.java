package io.twoarm.config.keepalived;

import java.util.Optional;
import java.util.function.Consumer;

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
        return with(copy -> copy.hashTarget = target);
    }

    /** The same with or without persistence. */
    public ServiceOptions withPersistence(Optional<Persistence> wanted) {
        return with(copy -> copy.persistence = wanted);
    }

    /** The same with datagrams scheduled one by one. */
    public ServiceOptions withOnePacket() {
        return with(copy -> copy.onePacket = true);
    }

    /** The same with an end to sessions of realservers without weight. */
    public ServiceOptions withExpireQuiescent() {
        return with(copy -> copy.expireQuiescent = true);
    }

    /** The same with a sorry server. */
    public ServiceOptions withSorryServer(RealServer server) {
        return with(copy -> copy.sorryServer = Optional.of(server));
    }

    /** The same with so many new sessions per second. */
    public ServiceOptions withConnectionRate(int perSecond) {
        return with(copy -> copy.connectionRate = Optional.of(perSecond));
    }

    /** The same with a SYN proxy. */
    public ServiceOptions withSynProxy() {
        return with(copy -> copy.synProxy = true);
    }

    /** The same with so much traffic. */
    public ServiceOptions withTraffic(TrafficLimits wanted) {
        return with(copy -> copy.traffic = wanted);
    }

    /** The same with ports that are mapped independently of destinations. */
    public ServiceOptions withEndpointIndependent(OutsideFilter filter) {
        return with(copy -> copy.endpointIndependent = Optional.of(filter));
    }

    /** The same with a list of clients. */
    public ServiceOptions withAccessGroup(AccessGroup.Kind kind, String name) {
        return with(copy -> {
            if (kind == AccessGroup.Kind.DENY) {
                copy.denied = Optional.of(name);
            } else {
                copy.allowed = Optional.of(name);
            }
        });
    }

    private ServiceOptions with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.options();
    }

    /** Name of the list of clients that are denied or allowed. */
    public Optional<String> accessGroup(AccessGroup.Kind kind) {
        return kind == AccessGroup.Kind.DENY ? denied : allowed;
    }

    /** All components, to change one. */
    private static final class Copy {
        private HashTarget hashTarget;
        private Optional<Persistence> persistence;
        private boolean onePacket;
        private boolean expireQuiescent;
        private Optional<RealServer> sorryServer;
        private Optional<String> denied;
        private Optional<String> allowed;
        private Optional<Integer> connectionRate;
        private boolean synProxy;
        private TrafficLimits traffic;
        private Optional<OutsideFilter> endpointIndependent;

        Copy(ServiceOptions options) {
            hashTarget = options.hashTarget;
            persistence = options.persistence;
            onePacket = options.onePacket;
            expireQuiescent = options.expireQuiescent;
            sorryServer = options.sorryServer;
            denied = options.denied;
            allowed = options.allowed;
            connectionRate = options.connectionRate;
            synProxy = options.synProxy;
            traffic = options.traffic;
            endpointIndependent = options.endpointIndependent;
        }

        ServiceOptions options() {
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
                    endpointIndependent);
        }
    }
}
