package io.twoarm.templates;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The topologies that a new project can begin with. */
public final class StarterTopologies {
    private static final List<Starter> ALL = List.of(
            new Starter("two-arm-fullnat", "Two-arm FullNAT, IPv4"),
            new Starter("one-arm-fullnat", "One-arm FullNAT, IPv4"),
            new Starter("two-arm-one-nic", "Two-arm FullNAT on one NIC, two VLANs"),
            new Starter("fullnat-ipv6", "Two-arm FullNAT, IPv6"),
            new Starter("nat64", "Two-arm NAT64, IPv6 clients and IPv4 realservers"),
            new Starter("nat64-gateway", "NAT64 gateway: IPv6 hosts reach all of IPv4"),
            new Starter("bonded-two-arm-lacp", "Two-arm FullNAT on bonds, LACP (mode 4)"),
            new Starter("bonded-two-arm-round-robin", "Two-arm FullNAT on bonds, round robin (mode 0)"),
            new Starter("keepalived-pair", "keepalived pair with IPv4 and NAT64 services"),
            new Starter("bundled-pair", "Pair of bundled directors with IPv4 and NAT64 services"),
            new Starter("ecmp-cluster", "ECMP cluster with BGP"),
            new Starter("lvs-nat-two-networks", "LVS-NAT on two networks"),
            new Starter("lvs-nat-two-networks-one-nic", "LVS-NAT on two networks, director with one NIC"),
            new Starter("lvs-nat-one-network", "LVS-NAT on one network"),
            new Starter("lvs-nat-two-wires", "LVS-NAT, one subnet on two wires"),
            new Starter("lvs-dr", "LVS direct routing"),
            new Starter("lvs-tunnel", "LVS by tunnel"),
            new Starter("snat-gateway", "SNAT gateway"),
            new Starter("snat-mapped-ports", "SNAT gateway whose ports are the same for all destinations"),
            new Starter("nat-gateway-pair", "NAT gateway pair with stateful failover"),
            new Starter("vyatta-nat-pair", "NAT gateway pair of Vyatta routers"),
            new Starter("mixed-estate", "Estate of three clusters of different kinds"));

    private StarterTopologies() {}

    /**
     * A starter topology.
     *
     * @param name the name to ask for, which is also the topology's
     * @param title one line for people, as in the topology
     */
    public record Starter(String name, String title) {

        /** The text of its {@code topology.yaml}. */
        public String topology() {
            return text("topology.yaml");
        }

        /** The text of its {@code layout.yaml}. */
        public String layout() {
            return text("layout.yaml");
        }

        private String text(String file) {
            String resource = "topologies/" + name + "/" + file;
            try (InputStream in = StarterTopologies.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IllegalStateException("the program is incomplete: resource " + resource + " is missing");
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** All of them, the simplest first. */
    public static List<Starter> all() {
        return ALL;
    }

    /** The starter of that name. */
    public static Optional<Starter> named(String name) {
        return ALL.stream().filter(starter -> starter.name().equals(name)).findFirst();
    }
}
