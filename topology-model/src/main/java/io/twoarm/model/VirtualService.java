package io.twoarm.model;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A service offered to clients under a virtual address.
 *
 * @param director the director, or the director group, that owns the VIP
 * @param port the director's port on which the VIP answers
 * @param vip the virtual address
 * @param servicePort VPORT, 1 to 65535
 * @param localAddresses the {@link LocalAddressPool} used by FullNAT
 * @param realservers the {@link RealserverPool}
 * @param synProxy whether the director answers SYNs for the realservers, which then hear only of clients that are there
 * @param traffic most bits and packets per second
 */
public record VirtualService(
        String name,
        String director,
        String port,
        InetAddress vip,
        Protocol protocol,
        int servicePort,
        ForwardingMode mode,
        Scheduler scheduler,
        Optional<String> localAddresses,
        String realservers,
        ClientAddress clientAddress,
        boolean synProxy,
        TrafficLimits traffic) {
    public VirtualService {
        Name.check(name);
        Name.check(director);
        Name.check(port);
        Objects.requireNonNull(vip, "vip");
        Objects.requireNonNull(protocol, "protocol");
        Range.TRANSPORT_PORT.check(servicePort, "servicePort");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(scheduler, "scheduler");
        localAddresses.ifPresent(Name::check);
        Name.check(realservers);
        Objects.requireNonNull(clientAddress, "clientAddress");
        Objects.requireNonNull(traffic, "traffic");
    }

    /** Without a SYN proxy and limits of traffic. */
    public VirtualService(
            String name,
            String director,
            String port,
            InetAddress vip,
            Protocol protocol,
            int servicePort,
            ForwardingMode mode,
            Scheduler scheduler,
            Optional<String> localAddresses,
            String realservers,
            ClientAddress clientAddress) {
        this(
                name,
                director,
                port,
                vip,
                protocol,
                servicePort,
                mode,
                scheduler,
                localAddresses,
                realservers,
                clientAddress,
                false,
                TrafficLimits.NONE);
    }

    /** The same with so much traffic. */
    public VirtualService withTraffic(TrafficLimits wanted) {
        return new VirtualService(
                name,
                director,
                port,
                vip,
                protocol,
                servicePort,
                mode,
                scheduler,
                localAddresses,
                realservers,
                clientAddress,
                synProxy,
                wanted);
    }

    /** Transport protocols of virtual services. */
    public enum Protocol {
        TCP,
        UDP,
        /** RFC 9260; associations with one address on each side. */
        SCTP;

        /** As people write it in small letters: {@code tcp}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How packets reach the realserver. */
    public enum ForwardingMode {
        /** Both addresses are replaced; realservers answer to a local address. */
        FULLNAT,
        /** The destination is replaced; realservers answer through the director. */
        NAT,
        /** Only the MAC address is replaced; realservers have the VIP and answer to the client themselves. */
        DR,
        /** The packet travels in another one; realservers have the VIP and answer to the client themselves. */
        TUNNEL;

        /** Whether realservers have the VIP on their loopback interface. */
        public boolean vipOnRealservers() {
            return this == DR || this == TUNNEL;
        }
    }

    /** How realservers are chosen. */
    public enum Scheduler {
        /** Each in turn. */
        RR,
        /** Each in turn, by weight. */
        WRR,
        /** The one with the fewest connections. */
        LC,
        /** The one with the fewest connections for its weight. */
        WLC,
        /** By a consistent hash of the client's address, of DPVS. */
        CONHASH,
        /** By Maglev's consistent hash of the client's address. */
        MH,
        /** By a hash of the client's address. */
        SH,
        /** By a hash of the destination address. */
        DH,
        /** The available one with the greatest weight. */
        FO,
        /** The one with the shortest expected delay. */
        SED,
        /** An idle one, else by shortest expected delay. */
        NQ
    }

    /** How the realserver learns the client's address. */
    public enum ClientAddress {
        NONE,
        /** An option in TCP headers. */
        TOA,
        /** DPVS's counterpart for UDP. */
        UOA,
        /** Version 2 of the PROXY protocol, before the first data. */
        PROXY_V2
    }
}
