package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.FreshTranslation;
import io.twoarm.model.Host;
import io.twoarm.model.Prefix;
import io.twoarm.model.Siit;
import io.twoarm.model.Siit.Mapping;
import io.twoarm.model.Topology;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Editors for a director's translation without sessions. */
final class SiitEditors {
    private final TranslationEditing editing;

    SiitEditors(Host.Director director) {
        editing = new TranslationEditing(director.name(), "section.siit");
    }

    /** Switched on it has a prefix that the design has no other use for, or does what the rest of its group does. */
    Editor on() {
        return editing.switched(
                (topology, it) -> it.withSiit(
                        it.siit().or(() -> Optional.of(FreshTranslation.siit(topology, editing.director())))),
                it -> it.withSiit(Optional.empty()));
    }

    /** Nothing typed is no prefix: only mappings count. */
    Editor prefix(Siit now) {
        return TranslationEditing.typed(
                editing.field("property.prefix"),
                now.prefix().map(Prefix::toString).orElse(""),
                text -> Optional.of(text).filter(it -> !it.isBlank()).map(TranslationEditing::prefix),
                (topology, prefix) -> editing.change(
                        topology, it -> it.withSiit(it.siit().map(siit -> new Siit(prefix, siit.mappings())))));
    }

    private Topology mappings(Topology topology, UnaryOperator<List<Mapping>> change) {
        return editing.change(
                topology,
                it -> it.withSiit(it.siit().map(siit -> new Siit(siit.prefix(), change.apply(siit.mappings())))));
    }

    private Topology mapping(Topology topology, Mapping before, UnaryOperator<Mapping> change) {
        return mappings(topology, all -> TranslationEditing.replaced(all, before, change));
    }

    Editor ipv4(Mapping mapping) {
        return TranslationEditing.typed(
                editing.field("property.siit.ipv4"),
                mapping.ipv4().toString(),
                text -> network(text, true),
                (topology, network) -> mapping(topology, mapping, it -> new Mapping(network, it.ipv6())));
    }

    Editor ipv6(Mapping mapping) {
        return TranslationEditing.typed(
                editing.field("property.siit.ipv6"),
                mapping.ipv6().toString(),
                text -> network(text, false),
                (topology, network) -> mapping(topology, mapping, it -> new Mapping(it.ipv4(), network)));
    }

    private static Prefix network(String text, boolean ipv4) {
        Prefix network = TranslationEditing.network(text);
        if (network.isIpv4() != ipv4) {
            throw new IllegalArgumentException(Texts.text(ipv4 ? "editor.siit.ipv4" : "editor.siit.ipv6"));
        }
        return network;
    }

    Editor.Action removeMapping(Mapping mapping) {
        return editing.removal(topology -> mappings(topology, all -> TranslationEditing.without(all, mapping)));
    }

    Editor.Action addMapping(Topology topology, Siit siit) {
        Mapping fresh = FreshTranslation.mapping(topology, siit);
        return editing.addition("property.add.mapping", it -> mappings(it, all -> TranslationEditing.with(all, fresh)));
    }
}
