package io.twoarm.model.project;

import io.twoarm.model.FamilyTranslation;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Nat64;
import io.twoarm.model.Nat64.Timeouts;
import io.twoarm.model.Prefix;
import io.twoarm.model.Range;
import io.twoarm.model.Siit;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** {@code nat64:} and {@code siit:} of a director's dataplane. */
final class TranslationReader {
    private static final Duration LONGEST = Duration.ofSeconds(Timeouts.TCP_SECONDS.highest());

    private TranslationReader() {}

    /** @param dataplane the mapping that has them, or has none */
    static Value<FamilyTranslation> read(Fields dataplane) {
        Value<Nat64> nat64 = dataplane.field("nat64", TranslationReader::nat64);
        Value<Siit> siit = dataplane.field("siit", TranslationReader::siit);
        return Value.of(new FamilyTranslation(nat64.optional(), siit.optional()));
    }

    private static Value<Nat64> nat64(Field field) {
        Fields fields = field.object(Shape.NAT64);
        Value<Prefix> prefix = prefix(fields, "prefix");
        Value<Prefix> pool = prefix(fields, "pool");
        Value<Nat64.Filtering> filtering = fields.field("filtering", word -> word.word(Nat64.Filtering.class));
        Value<Integer> bindings = fields.field("mostBindings", number -> number.integer(Nat64.ROOM));
        Value<Integer> sessions = fields.field("mostSessions", number -> number.integer(Nat64.ROOM));
        Value<Timeouts> timeouts = timeouts(fields);
        Value<List<Nat64.Binding>> configured = fields.field("bindings", list -> list.list(TranslationReader::binding));
        return fields.build(() -> new Nat64(
                prefix.get(),
                pool.get(),
                filtering.orElse(Nat64.Filtering.ENDPOINT),
                bindings.orElse(Nat64.STANDARD_BINDINGS),
                sessions.orElse(Nat64.STANDARD_SESSIONS),
                timeouts.get(),
                configured.orElse(List.of())));
    }

    private static Value<Timeouts> timeouts(Fields fields) {
        Value<Duration> udp = time(fields, "udpTimeout");
        Value<Duration> icmp = time(fields, "icmpTimeout");
        Value<Duration> tcp = time(fields, "tcpTimeout");
        Value<Duration> transitory = time(fields, "tcpTransitoryTimeout");
        return fields.build(() -> new Timeouts(
                udp.orElse(Timeouts.STANDARD.udp()),
                icmp.orElse(Timeouts.STANDARD.icmp()),
                tcp.orElse(Timeouts.STANDARD.tcp()),
                transitory.orElse(Timeouts.STANDARD.tcpTransitory())));
    }

    private static Value<Duration> time(Fields fields, String key) {
        return fields.field(
                key, field -> field.literal(text -> DurationText.parse(text, Duration.ofMillis(1), LONGEST)));
    }

    private static Value<Nat64.Binding> binding(Field field) {
        Fields fields = field.object(Shape.NAT64_BINDING);
        Value<Nat64.Protocol> protocol = fields.field("protocol", word -> word.word(Nat64.Protocol.class));
        Value<InetAddress> address = fields.field("address", text -> text.literal(IpLiteral::parse));
        Value<Integer> port = fields.field("port", number -> number.integer(Range.TRANSPORT_PORT));
        Value<InetAddress> host = fields.field("host", text -> text.literal(IpLiteral::parse));
        Value<Integer> hostPort = fields.field("hostPort", number -> number.integer(Range.TRANSPORT_PORT));
        return fields.build(() -> new Nat64.Binding(
                protocol.orElse(Nat64.Protocol.TCP),
                address.get(),
                port.get(),
                host.get(),
                hostPort.orElse(port.get())));
    }

    private static Value<Siit> siit(Field field) {
        Fields fields = field.object(Shape.SIIT);
        Value<Prefix> prefix = prefix(fields, "prefix");
        Value<List<Siit.Mapping>> mappings = fields.field("mappings", list -> list.list(TranslationReader::mapping));
        return fields.build(() -> new Siit(prefix.optional(), mappings.orElse(List.of())));
    }

    private static Value<Siit.Mapping> mapping(Field field) {
        Fields fields = field.object(Shape.ADDRESS_MAPPING);
        Value<Prefix> ipv4 = prefix(fields, "ipv4");
        Value<Prefix> ipv6 = prefix(fields, "ipv6");
        return fields.build(() -> new Siit.Mapping(ipv4.get(), ipv6.get()));
    }

    private static Value<Prefix> prefix(Fields fields, String key) {
        return fields.field(key, text -> text.literal(Prefix::parse));
    }
}
