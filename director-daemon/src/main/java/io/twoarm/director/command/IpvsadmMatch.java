package io.twoarm.director.command;

import io.twoarm.director.control.DirectorView;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.service.EndRange;
import io.twoarm.director.service.FlowMatch;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The value of {@code -H}: {@code proto=tcp,src-range=192.168.0.1-192.168.0.254:0-0,oif=dpdk1}. */
final class IpvsadmMatch {
    private static final Set<String> NAMES = Set.of("proto", "src-range", "dst-range", "iif", "oif", "af");

    private IpvsadmMatch() {}

    /**
     * Reads it.
     *
     * @param director which has the devices
     * @throws IllegalArgumentException for any other text
     */
    static FlowMatch parse(String text, DirectorView.Running director) {
        Map<String, String> values = new HashMap<>();
        for (String part : text.split(",")) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            if (equals < 0 || !NAMES.contains(name) || values.put(name, part.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("match \"" + text + "\": \"" + part
                        + "\" is not one of proto=, src-range=, dst-range=, iif=, oif=, af=, each once");
            }
        }
        Protocol protocol = Stream.of(Protocol.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(values.get("proto")))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("match \"" + text + "\" needs proto=tcp, udp, icmp or icmpv6"));
        Optional<EndRange> source = Optional.ofNullable(values.get("src-range")).map(EndRange::parse);
        Optional<EndRange> destination =
                Optional.ofNullable(values.get("dst-range")).map(EndRange::parse);
        if (source.isEmpty() && destination.isEmpty() && !values.containsKey("af")) {
            throw new IllegalArgumentException("match \"" + text + "\" needs src-range=, dst-range= or af=");
        }
        return new FlowMatch(
                protocol,
                isIpv4(values.get("af"), source.or(() -> destination)),
                source,
                destination,
                port(values.get("iif"), director),
                port(values.get("oif"), director));
    }

    private static boolean isIpv4(String family, Optional<EndRange> range) {
        boolean ipv4 = range.map(known -> known.first().isIpv4()).orElse(true);
        if (family == null) {
            return ipv4;
        }
        return switch (family) {
            case "ipv4" -> true;
            case "ipv6" -> false;
            default -> throw new IllegalArgumentException("af=" + family + " is neither ipv4 nor ipv6");
        };
    }

    private static int port(String device, DirectorView.Running director) {
        try {
            return device == null ? FlowMatch.ANY_PORT : DpipDevices.port(director, device, IpvsadmOptions.WRONG_USAGE);
        } catch (ToolFailure e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
