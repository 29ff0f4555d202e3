package io.twoarm.model;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A machine of the topology. Its role is its type. Port names are unique within the host. */
public sealed interface Host {
    String name();

    List<Port> ports();

    List<Route> routes();

    /** Where to deploy to; empty when the host exists only in the lab or is not managed. */
    Optional<SshAccess> ssh();

    default Optional<Port> port(String name) {
        return ports().stream().filter(port -> port.name().equals(name)).findFirst();
    }

    /** How a port's frames get at their wire: as with the port below if it is a VLAN, the kernel if there is none. */
    default Attachment wireOf(Port port) {
        if (!(port.attachment() instanceof Attachment.Vlan(String link))) {
            return port.attachment();
        }
        return port(link)
                .map(Port::attachment)
                .filter(below -> !(below instanceof Attachment.Vlan))
                .orElse(new Attachment.Kernel());
    }

    /** Whether the kernel moves a port's frames, and no dataplane. */
    default boolean isKernels(Port port) {
        return wireOf(port) instanceof Attachment.Kernel;
    }

    /** A machine that uses the virtual services; tests and probes start from here. */
    record Client(String name, List<Port> ports, List<Route> routes, Optional<SshAccess> ssh) implements Host {
        public Client {
            Name.check(name);
            ports = uniquePorts(name, ports);
            routes = List.copyOf(routes);
            Objects.requireNonNull(ssh, "ssh");
        }
    }

    /** A gateway that forwards between segments. */
    record Router(String name, List<Port> ports, List<Route> routes, Optional<SshAccess> ssh) implements Host {
        public Router {
            Name.check(name);
            ports = uniquePorts(name, ports);
            routes = List.copyOf(routes);
            Objects.requireNonNull(ssh, "ssh");
        }
    }

    /**
     * A load balancer.
     *
     * @param release the release of DPVS; says nothing about directors of other kinds
     */
    record Director(
            String name,
            List<Port> ports,
            List<Route> routes,
            Optional<SshAccess> ssh,
            DirectorKind kind,
            DataplaneSettings dataplane,
            DpvsRelease release)
            implements Host {
        public Director {
            Name.check(name);
            ports = uniquePorts(name, ports);
            routes = List.copyOf(routes);
            Objects.requireNonNull(ssh, "ssh");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(dataplane, "dataplane");
            Objects.requireNonNull(release, "release");
        }

        /** A director for which DPVS's release does not matter. */
        public Director(
                String name,
                List<Port> ports,
                List<Route> routes,
                Optional<SshAccess> ssh,
                DirectorKind kind,
                DataplaneSettings dataplane) {
            this(name, ports, routes, ssh, kind, dataplane, DpvsRelease.V1_10);
        }
    }

    /**
     * A server behind the virtual services.
     *
     * @param echoPorts TCP ports on which TwoArm sets up an nginx that answers with the peer's address and port, for
     *     labs and demonstrations; empty when the realserver runs its own application
     */
    record Realserver(
            String name, List<Port> ports, List<Route> routes, Optional<SshAccess> ssh, List<Integer> echoPorts)
            implements Host {
        public Realserver {
            Name.check(name);
            ports = uniquePorts(name, ports);
            routes = List.copyOf(routes);
            Objects.requireNonNull(ssh, "ssh");
            echoPorts = List.copyOf(echoPorts);
            echoPorts.forEach(port -> Range.TRANSPORT_PORT.check(port, "echo port"));
        }
    }

    private static List<Port> uniquePorts(String host, List<Port> ports) {
        Set<String> names = new HashSet<>();
        for (Port port : ports) {
            if (!names.add(port.name())) {
                throw new IllegalArgumentException(host + " has two ports called " + port.name());
            }
        }
        return List.copyOf(ports);
    }
}
