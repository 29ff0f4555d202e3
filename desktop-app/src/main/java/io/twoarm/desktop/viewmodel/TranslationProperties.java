package io.twoarm.desktop.viewmodel;

import static io.twoarm.desktop.viewmodel.Texts.text;

import io.twoarm.model.DirectorKind;
import io.twoarm.model.FamilyTranslation;
import io.twoarm.model.Host;
import io.twoarm.model.Nat64;
import io.twoarm.model.Prefix;
import io.twoarm.model.Siit;
import io.twoarm.model.Topology;
import java.util.List;

/** What a director translates between IPv4 and IPv6 besides services, in sections for people. */
final class TranslationProperties {
    private TranslationProperties() {}

    /** Nothing for directors that cannot translate and are not asked to. */
    static List<PropertySection> of(Topology topology, Host.Director director) {
        FamilyTranslation translation = director.dataplane().translation();
        if (director.kind() != DirectorKind.BUNDLED && translation.isEmpty()) {
            return List.of();
        }
        return List.of(nat64(topology, director, translation), siit(topology, director, translation));
    }

    private static PropertySection nat64(Topology topology, Host.Director director, FamilyTranslation translation) {
        Nat64Editors editors = new Nat64Editors(director);
        PropertyRows rows = new PropertyRows()
                .plain("property.translates", yesOrNo(translation.nat64().isPresent()))
                .by(editors.on());
        translation.nat64().ifPresent(nat64 -> {
            rows.code("property.prefix", nat64.prefix().toString())
                    .by(editors.prefix(nat64))
                    .code("property.nat64.pool", nat64.pool().toString())
                    .by(editors.pool(nat64))
                    .plain("property.nat64.filtering", text("nat64Filtering", nat64.filtering()))
                    .by(editors.filtering())
                    .plain("property.nat64.mostBindings", Integer.toString(nat64.mostBindings()))
                    .by(editors.mostBindings(nat64))
                    .plain("property.nat64.mostSessions", Integer.toString(nat64.mostSessions()))
                    .by(editors.mostSessions(nat64));
            for (Nat64Editors.Lifetime lifetime : Nat64Editors.Lifetime.values()) {
                rows.plain(lifetime.label(), lifetime.text(nat64)).by(editors.lifetime(nat64, lifetime));
            }
            nat64.bindings().forEach(binding -> bindingRows(rows, editors, binding));
            rows.adding(editors.addBinding(topology, nat64));
        });
        return rows.under("section.nat64");
    }

    private static void bindingRows(PropertyRows rows, Nat64Editors editors, Nat64.Binding binding) {
        rows.code("property.nat64.binding", DiagramBuilder.endpoint(binding.address(), binding.port()))
                .by(editors.outside(binding))
                .removedBy(editors.removeBinding(binding))
                .plain("property.protocol", text("protocol", binding.protocol()))
                .by(editors.protocol(binding))
                .code("property.nat64.host", DiagramBuilder.endpoint(binding.host(), binding.hostPort()))
                .by(editors.host(binding));
    }

    private static PropertySection siit(Topology topology, Host.Director director, FamilyTranslation translation) {
        SiitEditors editors = new SiitEditors(director);
        PropertyRows rows = new PropertyRows()
                .plain("property.translates", yesOrNo(translation.siit().isPresent()))
                .by(editors.on());
        translation.siit().ifPresent(siit -> {
            rows.code("property.prefix", siit.prefix().map(Prefix::toString).orElse(text("property.none")))
                    .by(editors.prefix(siit));
            for (Siit.Mapping mapping : siit.mappings()) {
                rows.code("property.siit.ipv4", mapping.ipv4().toString())
                        .by(editors.ipv4(mapping))
                        .removedBy(editors.removeMapping(mapping))
                        .code("property.siit.ipv6", mapping.ipv6().toString())
                        .by(editors.ipv6(mapping));
            }
            if (siit.mappings().size() < Siit.MOST_MAPPINGS) {
                rows.adding(editors.addMapping(topology, siit));
            }
        });
        return rows.under("section.siit");
    }

    private static String yesOrNo(boolean value) {
        return text(value ? "property.yes" : "property.no");
    }
}
