package io.twoarm.director.command;

import io.twoarm.director.command.IpvsadmOptions.Option;
import io.twoarm.director.control.DirectorView;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.service.FlowMatch;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.service.ServiceKey;
import io.twoarm.director.service.ServicePolicy;
import io.twoarm.director.service.ServiceStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which virtual service the options of {@code ipvsadm} name. */
final class IpvsadmChoice {
    private IpvsadmChoice() {}

    /** The service that the options name. */
    static ServiceKey required(IpvsadmOptions options, DirectorView.Running director) throws ToolFailure {
        return named(options, director)
                .orElseThrow(() -> new ToolFailure(
                        IpvsadmOptions.WRONG_USAGE,
                        options.command().longName() + " needs a service: -t, -u, --sctp-service, -q, -1 or -H"));
    }

    /** The service that the options name, if any. */
    static Optional<ServiceKey> named(IpvsadmOptions options, DirectorView.Running director) throws ToolFailure {
        try {
            if (options.has(Option.TCP_SERVICE)) {
                return Optional.of(withPort(Protocol.TCP, options.required(Option.TCP_SERVICE)));
            }
            if (options.has(Option.UDP_SERVICE)) {
                return Optional.of(withPort(Protocol.UDP, options.required(Option.UDP_SERVICE)));
            }
            if (options.has(Option.SCTP_SERVICE)) {
                return Optional.of(withPort(Protocol.SCTP, options.required(Option.SCTP_SERVICE)));
            }
            if (options.has(Option.ICMP_SERVICE)) {
                Endpoint end = Endpoint.parse(options.required(Option.ICMP_SERVICE), "icmp");
                return Optional.of(new ServiceKey(Protocol.ICMP, end.address(), 0));
            }
            if (options.has(Option.ICMPV6_SERVICE)) {
                Endpoint end = Endpoint.parse(options.required(Option.ICMPV6_SERVICE), "icmp");
                return Optional.of(new ServiceKey(Protocol.ICMPV6, end.address(), 0));
            }
            if (options.has(Option.MATCH)) {
                FlowMatch match = IpvsadmMatch.parse(options.required(Option.MATCH), director);
                return Optional.of(
                        ServiceDefinition.matching(match, Optional.empty(), ServicePolicy.ROUND_ROBIN, List.of())
                                .key());
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new ToolFailure(IpvsadmOptions.WRONG_USAGE, "illegal virtual server: " + e.getMessage());
        }
    }

    /** The services that run and that the options name, or all; sorted unless the options say otherwise. */
    static List<ServiceStatus> running(IpvsadmOptions options, DirectorView.Running director) throws ToolFailure {
        Optional<ServiceKey> wanted = named(options, director);
        List<ServiceStatus> all = director.forwarder().services();
        if (wanted.isPresent()) {
            List<ServiceStatus> found = all.stream()
                    .filter(service -> service.definition().key().equals(wanted.get()))
                    .toList();
            if (found.isEmpty()) {
                throw new ToolFailure(IpvsadmOptions.REFUSED, "no service: " + wanted.get() + " does not exist");
            }
            return found;
        }
        return options.has(Option.NOSORT)
                ? all
                : all.stream()
                        .sorted(Comparator.comparing((ServiceStatus service) ->
                                        service.definition().match().isPresent())
                                .thenComparing(service -> service.definition().protocol())
                                .thenComparing(service ->
                                        service.definition().address().isIpv4() ? 0 : 1)
                                .thenComparing(
                                        service ->
                                                service.definition().address().high(),
                                        Long::compareUnsigned)
                                .thenComparing(
                                        service ->
                                                service.definition().address().low(),
                                        Long::compareUnsigned)
                                .thenComparing(service -> service.definition().port()))
                        .toList();
    }

    private static ServiceKey withPort(Protocol protocol, String text) {
        Endpoint end = Endpoint.parse(text, protocol == Protocol.UDP ? "udp" : "tcp");
        int port = end.port().orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" has no port"));
        if (port == 0) {
            throw new IllegalArgumentException("port 0, every port, is not supported");
        }
        return new ServiceKey(protocol, end.address(), port);
    }
}
