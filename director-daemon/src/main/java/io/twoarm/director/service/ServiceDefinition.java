package io.twoarm.director.service;

import io.twoarm.director.access.AccessRules;
import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.packet.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A virtual service.
 *
 * @param address VIP; no address where flows are matched otherwise
 * @param port VPORT, 1 to 65535; 0 for ICMP, which means echo
 * @param protocol transport protocol
 * @param clientAddress how realservers learn the client's address
 * @param establishTimeout idle time of established sessions instead of the general one
 * @param policy how the realserver of a new flow is found
 * @param localAddresses LIPs of FullNAT, used in turn
 * @param realservers the realservers; a hand or table of the scheduler goes over them in this order
 * @param match which flows of hosts behind the director the service is for, instead of those to a VIP; its realservers are
 *     the director's own addresses that the flows get as their source (SNAT)
 * @param access who may begin flows
 */
public record ServiceDefinition(
        IpAddress address,
        int port,
        Protocol protocol,
        ClientAddressWay clientAddress,
        Optional<Duration> establishTimeout,
        ServicePolicy policy,
        List<IpAddress> localAddresses,
        List<RealserverDefinition> realservers,
        Optional<FlowMatch> match,
        AccessRules access) {
    public ServiceDefinition {
        localAddresses = List.copyOf(localAddresses);
        realservers = List.copyOf(realservers);
        if (policy.synProxy()
                && (protocol != Protocol.TCP
                        || Stream.concat(realservers.stream(), policy.sorryServer().stream())
                                .anyMatch(realserver -> realserver.mode() != ForwardingMode.FULLNAT))) {
            throw new IllegalArgumentException(
                    "a service with a SYN proxy is of TCP, and all its realservers in FullNAT");
        }
    }

    /** A service with a VIP, for everybody. */
    public ServiceDefinition(
            IpAddress address,
            int port,
            Protocol protocol,
            ClientAddressWay clientAddress,
            Optional<Duration> establishTimeout,
            ServicePolicy policy,
            List<IpAddress> localAddresses,
            List<RealserverDefinition> realservers) {
        this(
                address,
                port,
                protocol,
                clientAddress,
                establishTimeout,
                policy,
                localAddresses,
                realservers,
                Optional.empty(),
                AccessRules.OPEN);
    }

    /** A service for flows of hosts behind the director. */
    public static ServiceDefinition matching(
            FlowMatch match,
            Optional<Duration> establishTimeout,
            ServicePolicy policy,
            List<RealserverDefinition> own) {
        return new ServiceDefinition(
                match.ipv4() ? Ipv4Address.ANY : Ipv6Address.ANY,
                0,
                match.protocol(),
                ClientAddressWay.NONE,
                establishTimeout,
                policy,
                List.of(),
                own,
                Optional.of(match),
                AccessRules.OPEN);
    }

    /** A service scheduled round robin, with the TCP option of kind 254 or without any. */
    public ServiceDefinition(
            IpAddress address,
            int port,
            Protocol protocol,
            boolean clientAddressOption,
            Optional<Duration> establishTimeout,
            List<IpAddress> localAddresses,
            List<RealserverDefinition> realservers) {
        this(
                address,
                port,
                protocol,
                clientAddressOption ? ClientAddressWay.TOA : ClientAddressWay.NONE,
                establishTimeout,
                ServicePolicy.ROUND_ROBIN,
                localAddresses,
                realservers);
    }

    /** What tells this service from others. */
    public ServiceKey key() {
        return new ServiceKey(protocol, address, port, match);
    }

    /** The local addresses that a realserver can be reached from: those of its family. */
    public List<IpAddress> localAddressesTowards(RealserverDefinition realserver) {
        return localAddresses.stream()
                .filter(local -> local.isIpv4() == realserver.address().isIpv4())
                .toList();
    }

    /** The protocol that a realserver sees: ICMP and ICMPv6 are those of its own family. */
    public Protocol protocolTowards(RealserverDefinition realserver) {
        if (protocol != Protocol.ICMP && protocol != Protocol.ICMPV6) {
            return protocol;
        }
        return realserver.address().isIpv4() ? Protocol.ICMP : Protocol.ICMPV6;
    }

    /** The same with other realservers. */
    public ServiceDefinition withRealservers(List<RealserverDefinition> wanted) {
        return new ServiceDefinition(
                address,
                port,
                protocol,
                clientAddress,
                establishTimeout,
                policy,
                localAddresses,
                wanted,
                match,
                access);
    }

    /** The same with other local addresses. */
    public ServiceDefinition withLocalAddresses(List<IpAddress> wanted) {
        return new ServiceDefinition(
                address, port, protocol, clientAddress, establishTimeout, policy, wanted, realservers, match, access);
    }

    /** The same with another way to tell the client's address. */
    public ServiceDefinition withClientAddress(ClientAddressWay wanted) {
        return new ServiceDefinition(
                address, port, protocol, wanted, establishTimeout, policy, localAddresses, realservers, match, access);
    }

    /** The same for others. */
    public ServiceDefinition withAccess(AccessRules wanted) {
        return new ServiceDefinition(
                address,
                port,
                protocol,
                clientAddress,
                establishTimeout,
                policy,
                localAddresses,
                realservers,
                match,
                wanted);
    }

    /** The same, scheduled another way. */
    public ServiceDefinition withPolicy(ServicePolicy wanted, Optional<Duration> timeout) {
        return new ServiceDefinition(
                address, port, protocol, clientAddress, timeout, wanted, localAddresses, realservers, match, access);
    }
}
