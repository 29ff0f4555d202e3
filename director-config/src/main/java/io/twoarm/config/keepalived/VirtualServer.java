package io.twoarm.config.keepalived;

import io.twoarm.config.Origin;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A virtual server.
 *
 * @param localAddressGroup the {@link LocalAddressGroup} that FullNAT uses ({@code laddr_group_name})
 * @param establishTimeout lifetime in seconds of an established session, 1 to 3600; empty for that of {@code dpvs.conf}
 * @param options what it may ask for besides
 * @param delayLoop time between two checks, unless a check says otherwise
 */
public record VirtualServer(
        Target target,
        Protocol protocol,
        Scheduler scheduler,
        ForwardingMethod method,
        Optional<String> localAddressGroup,
        Optional<Integer> establishTimeout,
        Duration delayLoop,
        ClientAddress clientAddress,
        ServiceOptions options,
        List<RealServer> realServers,
        Origin origin) {

    public static final int LONGEST_ESTABLISH_TIMEOUT = 3600;

    public VirtualServer {
        realServers = List.copyOf(realServers);
    }

    /** With the default options. */
    public VirtualServer(
            Target target,
            Protocol protocol,
            Scheduler scheduler,
            ForwardingMethod method,
            Optional<String> localAddressGroup,
            Optional<Integer> establishTimeout,
            Duration delayLoop,
            ClientAddress clientAddress,
            List<RealServer> realServers,
            Origin origin) {
        this(
                target,
                protocol,
                scheduler,
                method,
                localAddressGroup,
                establishTimeout,
                delayLoop,
                clientAddress,
                ServiceOptions.DEFAULTS,
                realServers,
                origin);
    }

    /** What the virtual server answers on. */
    public sealed interface Target {

        /**
         * One VIP and port.
         *
         * @param port VPORT, 0 to 65535
         */
        record Single(InetAddress vip, int port) implements Target {}

        /** All entries of a {@link VirtualServerGroup}. */
        record Group(String name) implements Target {}

        /**
         * Flows of hosts behind the director, instead of a VIP ({@code virtual_server match NAME}). What is absent matches
         * everything.
         *
         * @param name for people; the director does not use it
         * @param source ends where the flows begin ({@code src-range})
         * @param destination ends that they lead to ({@code dst-range})
         * @param inDevice device that they come in by ({@code iif})
         * @param outDevice device that their route leads to ({@code oif})
         */
        record Match(
                String name,
                Optional<FlowEnds> source,
                Optional<FlowEnds> destination,
                Optional<String> inDevice,
                Optional<String> outDevice)
                implements Target {}
    }
}
