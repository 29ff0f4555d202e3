package io.twoarm.model;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Directors that offer the same services together. Services and local address pools name the group as their director.
 *
 * @param members the directors; with VRRP the first one is preferred
 */
public record DirectorGroup(String name, List<String> members, Redundancy redundancy) {
    public DirectorGroup {
        Name.check(name);
        members = List.copyOf(members);
        members.forEach(Name::check);
        Objects.requireNonNull(redundancy, "redundancy");
    }

    /** The VRRP instances; none for other groups. */
    public List<VrrpInstance> instances() {
        return switch (redundancy) {
            case Redundancy.Vrrp vrrp -> vrrp.instances();
            case Redundancy.Ecmp _ -> List.of();
        };
    }

    /** How clients get from one director to another when it fails. */
    public sealed interface Redundancy {

        /**
         * One director at a time has the VIPs (RFC 9568); all instances change state together.
         *
         * @param advertInterval time between advertisements; a backup takes over after three of them and a bit
         * @param preempt whether the preferred director takes over again when it comes back
         * @param password for VRRP version 2, which is IPv4 only; 1 to 8 characters count
         * @param syncPort the port of that name on every member over which they tell each other the state of
         *     connections, so that these survive a takeover; empty when each member knows its own only
         */
        record Vrrp(
                List<VrrpInstance> instances,
                Duration advertInterval,
                boolean preempt,
                Optional<String> password,
                Optional<String> syncPort)
                implements Redundancy {
            public static final Duration STANDARD_INTERVAL = Duration.ofSeconds(1);

            public Vrrp {
                instances = List.copyOf(instances);
                Set<String> names = new HashSet<>();
                for (VrrpInstance instance : instances) {
                    if (!names.add(instance.name())) {
                        throw new IllegalArgumentException("two instances are called " + instance.name());
                    }
                }
                Objects.requireNonNull(advertInterval, "advertInterval");
                Objects.requireNonNull(password, "password");
                syncPort.ifPresent(Name::check);
            }

            /** A group whose members do not tell each other of connections. */
            public Vrrp(
                    List<VrrpInstance> instances, Duration advertInterval, boolean preempt, Optional<String> password) {
                this(instances, advertInterval, preempt, password, Optional.empty());
            }

            /** The same with other virtual routers. */
            public Vrrp withInstances(List<VrrpInstance> others) {
                return new Vrrp(others, advertInterval, preempt, password, syncPort);
            }
        }

        /**
         * All directors have the VIPs at the same time and announce them by BGP (RFC 4271); routers spread flows over
         * them.
         *
         * @param autonomousSystem of the directors
         * @param bfd whether BFD (RFC 5880) watches the sessions, which finds a dead director within a second
         */
        record Ecmp(int autonomousSystem, List<BgpPeer> peers, RoutingDaemon daemon, boolean bfd)
                implements Redundancy {
            /** Autonomous systems that fit a YAML whole number here; 0 and the last one are reserved. */
            public static final Range AUTONOMOUS_SYSTEM = new Range(1, Integer.MAX_VALUE - 1);

            public Ecmp {
                AUTONOMOUS_SYSTEM.check(autonomousSystem, "autonomousSystem");
                peers = List.copyOf(peers);
                Objects.requireNonNull(daemon, "daemon");
            }
        }
    }

    /**
     * A virtual router: the addresses of one family on one port that move together.
     *
     * @param port the port of that name on every member
     * @param virtualRouterId VRID, 1 to 255, unlike any other of the family on the wire
     * @param sharedAddresses addresses besides the VIPs of services, such as the realservers' default gateway
     */
    public record VrrpInstance(
            String name, String port, Family family, int virtualRouterId, List<InetAddress> sharedAddresses) {
        public static final Range VIRTUAL_ROUTER_ID = new Range(1, 255);

        public VrrpInstance {
            Name.check(name);
            Name.check(port);
            Objects.requireNonNull(family, "family");
            VIRTUAL_ROUTER_ID.check(virtualRouterId, "virtualRouterId");
            sharedAddresses = List.copyOf(sharedAddresses);
        }
    }

    /** A router that hears the announcements. */
    public record BgpPeer(String router, int autonomousSystem) {
        public BgpPeer {
            Name.check(router);
            Redundancy.Ecmp.AUTONOMOUS_SYSTEM.check(autonomousSystem, "autonomousSystem");
        }
    }

    /** Programs that speak BGP. */
    public enum RoutingDaemon {
        FRR,
        BIRD
    }

    /** Address families. */
    public enum Family {
        IPV4,
        IPV6;

        public static Family of(InetAddress address) {
            return IpLiteral.isIpv4(address) ? IPV4 : IPV6;
        }
    }
}
