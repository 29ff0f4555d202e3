package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.FreshTranslation;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Nat64;
import io.twoarm.model.Nat64.Binding;
import io.twoarm.model.Nat64.Timeouts;
import io.twoarm.model.Prefix;
import io.twoarm.model.Range;
import io.twoarm.model.Topology;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Editors for a director's stateful NAT64. */
final class Nat64Editors {
    private final TranslationEditing editing;

    Nat64Editors(Host.Director director) {
        editing = new TranslationEditing(director.name(), "section.nat64");
    }

    /** Which sessions a time is about. */
    enum Lifetime {
        UDP("property.nat64.udp", Timeouts.UDP_SECONDS, Timeouts::udp),
        ICMP("property.nat64.icmp", Timeouts.ICMP_SECONDS, Timeouts::icmp),
        TCP("property.nat64.tcp", Timeouts.TCP_SECONDS, Timeouts::tcp),
        TCP_TRANSITORY("property.nat64.tcpTransitory", Timeouts.TCP_TRANSITORY_SECONDS, Timeouts::tcpTransitory);

        private final String label;
        private final Range seconds;
        private final Function<Timeouts, Duration> of;

        Lifetime(String label, Range seconds, Function<Timeouts, Duration> of) {
            this.label = label;
            this.seconds = seconds;
            this.of = of;
        }

        /** The key of its name. */
        String label() {
            return label;
        }

        /** As it can be typed, such as {@code 7440 s}; other than in sentences without the user's own grouping. */
        String text(Nat64 nat64) {
            Duration time = of.apply(nat64.timeouts());
            return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
        }

        private Duration read(String text) {
            Duration time = PropertyEditors.duration(text);
            if (time.toMillisPart() != 0
                    || time.toSeconds() < seconds.lowest()
                    || time.toSeconds() > seconds.highest()) {
                throw new IllegalArgumentException(
                        Texts.text("editor.nat64.seconds", seconds.lowest(), seconds.highest()));
            }
            return time;
        }

        private Timeouts set(Timeouts all, Duration time) {
            return switch (this) {
                case UDP -> new Timeouts(time, all.icmp(), all.tcp(), all.tcpTransitory());
                case ICMP -> new Timeouts(all.udp(), time, all.tcp(), all.tcpTransitory());
                case TCP -> new Timeouts(all.udp(), all.icmp(), time, all.tcpTransitory());
                case TCP_TRANSITORY -> new Timeouts(all.udp(), all.icmp(), all.tcp(), time);
            };
        }
    }

    private Topology change(Topology topology, UnaryOperator<Nat64> change) {
        return editing.change(topology, it -> it.withNat64(it.nat64().map(change)));
    }

    /** Switched on it has addresses that the design has no other use for, or does what the rest of its group does. */
    Editor on() {
        return editing.switched(
                (topology, it) -> it.withNat64(
                        it.nat64().or(() -> Optional.of(FreshTranslation.nat64(topology, editing.director())))),
                it -> it.withNat64(Optional.empty()));
    }

    Editor prefix(Nat64 now) {
        return TranslationEditing.typed(
                editing.field("property.prefix"),
                now.prefix().toString(),
                TranslationEditing::prefix,
                (topology, prefix) -> change(topology, it -> it.withPrefix(prefix)));
    }

    Editor pool(Nat64 now) {
        return TranslationEditing.typed(
                editing.field("property.nat64.pool"),
                now.pool().toString(),
                Nat64Editors::pool,
                (topology, pool) -> change(topology, it -> it.withPool(pool)));
    }

    private static Prefix pool(String text) {
        Prefix pool = TranslationEditing.network(text);
        if (!pool.isIpv4() || !Nat64.POOL_LENGTH.contains(pool.length())) {
            throw new IllegalArgumentException(Texts.text("editor.nat64.pool"));
        }
        return pool;
    }

    Editor filtering() {
        return new Editor.Choice(
                editing.field("property.nat64.filtering"),
                Editor.Option.constants("nat64Filtering", Nat64.Filtering.values()),
                (topology, value) -> change(topology, it -> it.withFiltering(Nat64.Filtering.valueOf(value))));
    }

    Editor mostBindings(Nat64 now) {
        return TranslationEditing.typed(
                editing.field("property.nat64.mostBindings"),
                Integer.toString(now.mostBindings()),
                Nat64Editors::room,
                (topology, most) -> change(topology, it -> it.withRoom(most, it.mostSessions())));
    }

    Editor mostSessions(Nat64 now) {
        return TranslationEditing.typed(
                editing.field("property.nat64.mostSessions"),
                Integer.toString(now.mostSessions()),
                Nat64Editors::room,
                (topology, most) -> change(topology, it -> it.withRoom(it.mostBindings(), most)));
    }

    private static int room(String text) {
        int most = PropertyEditors.number(text);
        if (!Nat64.ROOM.contains(most)) {
            throw new IllegalArgumentException(
                    Texts.text("editor.nat64.room", Nat64.ROOM.lowest(), Nat64.ROOM.highest()));
        }
        return most;
    }

    Editor lifetime(Nat64 now, Lifetime lifetime) {
        return TranslationEditing.typed(
                editing.field(lifetime.label()),
                lifetime.text(now),
                lifetime::read,
                (topology, time) -> change(topology, it -> it.withTimeouts(lifetime.set(it.timeouts(), time))));
    }

    private Topology bindings(Topology topology, UnaryOperator<List<Binding>> change) {
        return change(topology, it -> it.withBindings(change.apply(it.bindings())));
    }

    private Topology binding(Topology topology, Binding before, UnaryOperator<Binding> change) {
        return bindings(topology, all -> TranslationEditing.replaced(all, before, change));
    }

    /** Address and port of the pool. */
    Editor outside(Binding binding) {
        return TranslationEditing.typed(
                editing.field("property.nat64.binding"),
                DiagramBuilder.endpoint(binding.address(), binding.port()),
                text -> endpoint(text, true),
                (topology, outside) -> binding(
                        topology,
                        binding,
                        it -> new Binding(it.protocol(), outside.address(), outside.port(), it.host(), it.hostPort())));
    }

    Editor protocol(Binding binding) {
        return new Editor.Choice(
                editing.field("property.protocol"),
                Editor.Option.constants("protocol", Nat64.Protocol.values()),
                (topology, value) -> binding(
                        topology,
                        binding,
                        it -> new Binding(
                                Nat64.Protocol.valueOf(value), it.address(), it.port(), it.host(), it.hostPort())));
    }

    /** Address and port of the host. */
    Editor host(Binding binding) {
        return TranslationEditing.typed(
                editing.field("property.nat64.host"),
                DiagramBuilder.endpoint(binding.host(), binding.hostPort()),
                text -> endpoint(text, false),
                (topology, host) -> binding(
                        topology,
                        binding,
                        it -> new Binding(it.protocol(), it.address(), it.port(), host.address(), host.port())));
    }

    Editor.Action removeBinding(Binding binding) {
        return editing.removal(topology -> bindings(topology, all -> TranslationEditing.without(all, binding)));
    }

    Editor.Action addBinding(Topology topology, Nat64 nat64) {
        Binding fresh = FreshTranslation.binding(topology, nat64);
        return editing.addition("property.add.binding", it -> bindings(it, all -> TranslationEditing.with(all, fresh)));
    }

    private record Endpoint(InetAddress address, int port) {}

    private static Endpoint endpoint(String text, boolean ipv4) {
        String literal = text.strip();
        int colon = literal.lastIndexOf(':');
        boolean written = ipv4
                ? colon > 0 && literal.indexOf(':') == colon
                : literal.startsWith("[") && literal.startsWith("]", colon - 1);
        if (!written) {
            throw new IllegalArgumentException(Texts.text(ipv4 ? "editor.nat64.outside" : "editor.nat64.host"));
        }
        InetAddress address = IpLiteral.parse(ipv4 ? literal.substring(0, colon) : literal.substring(1, colon - 1));
        if (IpLiteral.isIpv4(address) != ipv4) {
            throw new IllegalArgumentException(Texts.text(ipv4 ? "editor.nat64.outside" : "editor.nat64.host"));
        }
        int port = PropertyEditors.number(literal.substring(colon + 1));
        if (!Range.TRANSPORT_PORT.contains(port)) {
            throw new IllegalArgumentException(Texts.text("editor.nat64.port"));
        }
        return new Endpoint(address, port);
    }
}
