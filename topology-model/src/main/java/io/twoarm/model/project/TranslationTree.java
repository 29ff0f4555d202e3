package io.twoarm.model.project;

import io.twoarm.model.FamilyTranslation;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Nat64;
import io.twoarm.model.Nat64.Timeouts;
import io.twoarm.model.Siit;
import io.twoarm.model.project.Yaml.MappingBuilder;
import java.time.Duration;

/** {@code nat64:} and {@code siit:} of a director's dataplane as YAML. What is standard is left out. */
final class TranslationTree {
    private TranslationTree() {}

    static void addTo(MappingBuilder dataplane, FamilyTranslation translation) {
        translation.nat64().ifPresent(it -> dataplane.put("nat64", nat64(it)));
        translation.siit().ifPresent(it -> dataplane.put("siit", siit(it)));
    }

    private static Yaml nat64(Nat64 it) {
        MappingBuilder tree = new MappingBuilder()
                .put("prefix", Yaml.text(it.prefix().toString()))
                .put("pool", Yaml.text(it.pool().toString()))
                .put("filtering", Yaml.text(Field.wordOf(it.filtering())));
        putUnlessStandard(tree, "mostBindings", it.mostBindings(), Nat64.STANDARD_BINDINGS);
        putUnlessStandard(tree, "mostSessions", it.mostSessions(), Nat64.STANDARD_SESSIONS);
        Timeouts timeouts = it.timeouts();
        putUnlessStandard(tree, "udpTimeout", timeouts.udp(), Timeouts.STANDARD.udp());
        putUnlessStandard(tree, "icmpTimeout", timeouts.icmp(), Timeouts.STANDARD.icmp());
        putUnlessStandard(tree, "tcpTimeout", timeouts.tcp(), Timeouts.STANDARD.tcp());
        putUnlessStandard(tree, "tcpTransitoryTimeout", timeouts.tcpTransitory(), Timeouts.STANDARD.tcpTransitory());
        if (!it.bindings().isEmpty()) {
            tree.put(
                    "bindings",
                    new Yaml.Listing(
                            it.bindings().stream().map(TranslationTree::binding).toList(), false));
        }
        return tree.block();
    }

    private static void putUnlessStandard(MappingBuilder tree, String key, int value, int standard) {
        if (value != standard) {
            tree.put(key, Yaml.number(value));
        }
    }

    private static void putUnlessStandard(MappingBuilder tree, String key, Duration value, Duration standard) {
        if (!value.equals(standard)) {
            tree.put(key, Yaml.text(DurationText.format(value)));
        }
    }

    private static Yaml binding(Nat64.Binding it) {
        MappingBuilder tree = new MappingBuilder()
                .put("address", Yaml.text(IpLiteral.format(it.address())))
                .put("port", Yaml.number(it.port()))
                .put("protocol", Yaml.text(Field.wordOf(it.protocol())))
                .put("host", Yaml.text(IpLiteral.format(it.host())));
        if (it.hostPort() != it.port()) {
            tree.put("hostPort", Yaml.number(it.hostPort()));
        }
        return tree.compact();
    }

    private static Yaml siit(Siit it) {
        MappingBuilder tree = new MappingBuilder();
        it.prefix().ifPresent(prefix -> tree.put("prefix", Yaml.text(prefix.toString())));
        if (!it.mappings().isEmpty()) {
            tree.put(
                    "mappings",
                    new Yaml.Listing(
                            it.mappings().stream().map(TranslationTree::mapping).toList(), false));
        }
        return it.mappings().isEmpty() ? tree.compact() : tree.block();
    }

    private static Yaml mapping(Siit.Mapping it) {
        return new MappingBuilder()
                .put("ipv4", Yaml.text(it.ipv4().toString()))
                .put("ipv6", Yaml.text(it.ipv6().toString()))
                .compact();
    }
}
