package io.twoarm.model;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A way out for hosts behind a director: connections from them leave with the director's address (SNAT).
 *
 * @param director a director, or a group of them
 * @param port the port towards the outside
 * @param addresses the outside addresses that connections get
 * @param sources the networks behind the director whose hosts may use it
 * @param firewall whether the director lets in from outside only what belongs to connections from behind it, and lets
 *     out nothing that belongs to no connection
 * @param endpointIndependent where a port of an IPv4 host has the same outside port towards all destinations (RFC 4787,
 *     REQ-1), and hosts reach each other by these (REQ-9): whose packets such a port lets in; empty where each destination
 *     sees another port
 */
public record NatGateway(
        String name,
        String director,
        String port,
        List<InetAddress> addresses,
        List<Prefix> sources,
        boolean firewall,
        Optional<OutsideFilter> endpointIndependent) {
    /** Ports of outside addresses up to here are never a host's: those of services and of health checks. */
    public static final int HIGHEST_RESERVED_PORT = 1024;

    public NatGateway {
        Name.check(name);
        Name.check(director);
        Name.check(port);
        addresses = List.copyOf(addresses);
        sources = List.copyOf(sources);
        Objects.requireNonNull(endpointIndependent, "endpointIndependent");
    }

    /** A gateway that filters nothing, with a port for each destination. */
    public NatGateway(String name, String director, String port, List<InetAddress> addresses, List<Prefix> sources) {
        this(name, director, port, addresses, sources, false, Optional.empty());
    }

    /** Whose packets a host's outside port lets in (RFC 4787, section 5). */
    public enum OutsideFilter {
        /** Everybody's. */
        ENDPOINT,
        /** Those of addresses that the host has sent something to from that port. */
        ADDRESS,
        /** Those of addresses and ports that it has sent something to. */
        ADDRESS_PORT
    }

    public NatGateway withName(String other) {
        return new NatGateway(other, director, port, addresses, sources, firewall, endpointIndependent);
    }

    public NatGateway withDirector(String other) {
        return new NatGateway(name, other, port, addresses, sources, firewall, endpointIndependent);
    }

    public NatGateway withPort(String other) {
        return new NatGateway(name, director, other, addresses, sources, firewall, endpointIndependent);
    }

    public NatGateway withAddresses(List<InetAddress> others) {
        return new NatGateway(name, director, port, others, sources, firewall, endpointIndependent);
    }

    public NatGateway withSources(List<Prefix> others) {
        return new NatGateway(name, director, port, addresses, others, firewall, endpointIndependent);
    }

    public NatGateway withFirewall(boolean wanted) {
        return new NatGateway(name, director, port, addresses, sources, wanted, endpointIndependent);
    }

    public NatGateway withEndpointIndependent(Optional<OutsideFilter> filter) {
        return new NatGateway(name, director, port, addresses, sources, firewall, filter);
    }

    /** The address of a host whose ports outside ports stand for; empty for hosts that are not behind the director. */
    public Optional<InetAddress> mappedAddressOf(Host host) {
        return host instanceof Host.Director
                ? Optional.empty()
                : host.ports().stream()
                        .flatMap(own -> own.addresses().stream())
                        .map(InterfaceAddress::address)
                        .filter(this::maps)
                        .findFirst();
    }

    /** Whether outside ports stand for ports of this address. */
    public boolean maps(InetAddress address) {
        return endpointIndependent.isPresent()
                && IpLiteral.isIpv4(address)
                && sources.stream().anyMatch(source -> source.contains(address));
    }
}
