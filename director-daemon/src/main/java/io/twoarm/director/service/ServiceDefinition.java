package io.twoarm.director.service;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.scheduling.SchedulerKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A virtual service.
 *
 * @param address VIP
 * @param port VPORT, 1 to 65535; 0 for ICMP, which means echo
 * @param protocol transport protocol
 * @param clientAddress how realservers learn the client's address
 * @param establishTimeout idle time of established sessions instead of the general one
 * @param policy how the realserver of a new flow is found
 * @param localAddresses LIPs of FullNAT, used in turn
 * @param realservers the realservers; a hand or table of the scheduler goes over them in this order
 */
public record ServiceDefinition(
        IpAddress address,
        int port,
        Protocol protocol,
        ClientAddressWay clientAddress,
        Optional<Duration> establishTimeout,
        ServicePolicy policy,
        List<IpAddress> localAddresses,
        List<RealserverDefinition> realservers) {
    public ServiceDefinition {
        localAddresses = List.copyOf(localAddresses);
        realservers = List.copyOf(realservers);
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
        return new ServiceKey(protocol, address, port);
    }

    /** The local addresses that a realserver can be reached from: those of its family. */
    public List<IpAddress> localAddressesTowards(RealserverDefinition realserver) {
        return localAddresses.stream()
                .filter(local -> local.isIpv4() == realserver.address().isIpv4())
                .toList();
    }

    /** The protocol that a realserver sees: ICMP where the service is for ICMPv6 and the realserver has IPv4. */
    public Protocol protocolTowards(RealserverDefinition realserver) {
        return protocol == Protocol.ICMPV6 && realserver.address().isIpv4() ? Protocol.ICMP : protocol;
    }

    /** The same with other realservers. */
    public ServiceDefinition withRealservers(List<RealserverDefinition> wanted) {
        return new ServiceDefinition(
                address, port, protocol, clientAddress, establishTimeout, policy, localAddresses, wanted);
    }

    /** The same with other local addresses. */
    public ServiceDefinition withLocalAddresses(List<IpAddress> wanted) {
        return new ServiceDefinition(
                address, port, protocol, clientAddress, establishTimeout, policy, wanted, realservers);
    }

    /** The same with another way to tell the client's address. */
    public ServiceDefinition withClientAddress(ClientAddressWay wanted) {
        return new ServiceDefinition(
                address, port, protocol, wanted, establishTimeout, policy, localAddresses, realservers);
    }

    /** The same with another scheduler. */
    public ServiceDefinition withScheduler(SchedulerKind wanted) {
        return new ServiceDefinition(
                address,
                port,
                protocol,
                clientAddress,
                establishTimeout,
                policy.withScheduler(wanted),
                localAddresses,
                realservers);
    }
}
