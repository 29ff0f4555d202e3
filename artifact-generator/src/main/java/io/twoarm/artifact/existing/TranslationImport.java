package io.twoarm.artifact.existing;

import io.twoarm.config.Network;
import io.twoarm.config.dpvs.DpvsConf;
import io.twoarm.config.dpvs.Nat64Keywords;
import io.twoarm.config.dpvs.SiitKeywords;
import io.twoarm.model.FamilyTranslation;
import io.twoarm.model.Nat64;
import io.twoarm.model.Prefix;
import io.twoarm.model.Siit;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code nat64_defs} and {@code siit_defs} of a {@code dpvs.conf}. What it does not say rightly is left out. */
final class TranslationImport {
    private TranslationImport() {}

    static FamilyTranslation of(DpvsConf conf) {
        return new FamilyTranslation(nat64(conf), siit(conf));
    }

    private static Optional<Nat64> nat64(DpvsConf conf) {
        Optional<Prefix> prefix = prefix(conf.settings().find(Nat64Keywords.PREFIX));
        Optional<Prefix> pool = prefix(conf.settings().find(Nat64Keywords.POOL));
        if (prefix.isEmpty() || pool.isEmpty()) {
            return Optional.empty();
        }
        Nat64.Timeouts timeouts = new Nat64.Timeouts(
                seconds(conf.settings().get(Nat64Keywords.UDP_TIMEOUT)),
                seconds(conf.settings().get(Nat64Keywords.ICMP_TIMEOUT)),
                seconds(conf.settings().get(Nat64Keywords.TCP_TIMEOUT)),
                seconds(conf.settings().get(Nat64Keywords.TRANSITORY_TIMEOUT)));
        return Optional.of(new Nat64(
                prefix.get(),
                pool.get(),
                Nat64.Filtering.valueOf(upper(conf.settings().get(Nat64Keywords.FILTERING))),
                conf.settings().get(Nat64Keywords.BINDINGS),
                conf.settings().get(Nat64Keywords.SESSIONS),
                timeouts,
                bindings(conf)));
    }

    private static List<Nat64.Binding> bindings(DpvsConf conf) {
        return conf.bindings().stream()
                .filter(it -> it.address().isPresent()
                        && it.port().isPresent()
                        && it.host().isPresent())
                .map(it -> new Nat64.Binding(
                        Nat64.Protocol.valueOf(upper(it.settings().get(Nat64Keywords.PROTOCOL))),
                        it.address().get(),
                        it.port().get(),
                        it.host().get(),
                        it.hostPort().orElseThrow()))
                .toList();
    }

    private static Optional<Siit> siit(DpvsConf conf) {
        Optional<Prefix> prefix = prefix(conf.settings().find(SiitKeywords.PREFIX));
        List<Siit.Mapping> mappings = conf.mappings().stream()
                .filter(it -> it.from().isPresent() && it.to().isPresent())
                .map(it ->
                        new Siit.Mapping(prefix(it.from().get()), prefix(it.to().get())))
                .toList();
        return prefix.isEmpty() && mappings.isEmpty() ? Optional.empty() : Optional.of(new Siit(prefix, mappings));
    }

    private static Optional<Prefix> prefix(Optional<String> text) {
        return text.flatMap(Network::parse).map(TranslationImport::prefix);
    }

    private static Prefix prefix(Network network) {
        return Prefix.around(network.address(), network.length());
    }

    private static Duration seconds(int count) {
        return Duration.ofSeconds(count);
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
