package io.twoarm.artifact;

import io.twoarm.config.Origin;
import io.twoarm.config.dpvs.AddressMapping;
import io.twoarm.config.dpvs.Nat64Binding;
import io.twoarm.config.dpvs.Nat64Keywords;
import io.twoarm.config.dpvs.Settings;
import io.twoarm.config.dpvs.SiitKeywords;
import io.twoarm.model.FamilyTranslation;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Nat64;
import io.twoarm.model.Siit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a director translates between the families besides services, in the words of {@code dpvs.conf}. */
final class TranslationText {
    private TranslationText() {}

    /** The settings and those of {@code nat64_defs} and {@code siit_defs}. */
    static Settings settings(Settings others, FamilyTranslation translation) {
        Settings settings = others;
        Optional<String> stateless = translation.siit().flatMap(Siit::prefix).map(prefix -> prefix.toString());
        if (stateless.isPresent()) {
            settings = settings.with(SiitKeywords.PREFIX, stateless.get());
        }
        return translation.nat64().isPresent()
                ? nat64(settings, translation.nat64().get())
                : settings;
    }

    private static Settings nat64(Settings settings, Nat64 nat64) {
        Nat64.Timeouts timeouts = nat64.timeouts();
        return settings.with(Nat64Keywords.PREFIX, nat64.prefix().toString())
                .with(Nat64Keywords.POOL, nat64.pool().toString())
                .with(Nat64Keywords.FILTERING, word(nat64.filtering()))
                .with(Nat64Keywords.BINDINGS, nat64.mostBindings())
                .with(Nat64Keywords.SESSIONS, nat64.mostSessions())
                .with(Nat64Keywords.UDP_TIMEOUT, (int) timeouts.udp().toSeconds())
                .with(Nat64Keywords.ICMP_TIMEOUT, (int) timeouts.icmp().toSeconds())
                .with(Nat64Keywords.TCP_TIMEOUT, (int) timeouts.tcp().toSeconds())
                .with(Nat64Keywords.TRANSITORY_TIMEOUT, (int)
                        timeouts.tcpTransitory().toSeconds());
    }

    static List<AddressMapping> mappings(FamilyTranslation translation) {
        return translation.siit().stream()
                .flatMap(siit -> siit.mappings().stream())
                .map(mapping -> new AddressMapping(
                        mapping.ipv4().toString(),
                        Settings.EMPTY.with(SiitKeywords.IPV6, mapping.ipv6().toString()),
                        Origin.NONE))
                .toList();
    }

    static List<Nat64Binding> bindings(FamilyTranslation translation) {
        return translation.nat64().stream()
                .flatMap(nat64 -> nat64.bindings().stream())
                .map(binding -> new Nat64Binding(
                        IpLiteral.format(binding.address()) + ":" + binding.port(),
                        Settings.EMPTY
                                .with(Nat64Keywords.PROTOCOL, word(binding.protocol()))
                                .with(Nat64Keywords.HOST, IpLiteral.format(binding.host()))
                                .with(Nat64Keywords.PORT, binding.hostPort()),
                        Origin.NONE))
                .toList();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
