package io.twoarm.director.configuration;

import io.twoarm.config.Network;
import io.twoarm.config.dpvs.DpvsConf;
import io.twoarm.config.dpvs.Nat64Binding;
import io.twoarm.config.dpvs.Nat64Keywords;
import io.twoarm.config.dpvs.Settings;
import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.nat64.Nat64Definition;
import io.twoarm.director.nat64.Nat64Protocol;
import io.twoarm.director.nat64.StaticBinding;
import io.twoarm.director.siit.TranslationPrefix;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Stateful NAT64 as a checked {@code dpvs.conf} has it. */
final class Nat64Reader {
    private Nat64Reader() {}

    static Nat64Definition read(DpvsConf conf) {
        Settings settings = conf.settings();
        Optional<Network> prefix = settings.find(Nat64Keywords.PREFIX).flatMap(Network::parse);
        Optional<Network> pool = settings.find(Nat64Keywords.POOL).flatMap(Network::parse);
        if (prefix.isEmpty() || pool.isEmpty()) {
            return Nat64Definition.NONE;
        }
        IpAddress wide = IpAddress.of(prefix.get().address());
        int first = (int) IpAddress.of(pool.get().address()).low();
        List<Integer> addresses = IntStream.range(0, 1 << 32 - pool.get().length())
                .mapToObj(number -> first + number)
                .toList();
        return new Nat64Definition(
                Optional.of(new TranslationPrefix(
                        wide.high(), wide.low(), prefix.get().length())),
                addresses,
                settings.get(Nat64Keywords.FILTERING).equals(Nat64Keywords.ADDRESS),
                settings.get(Nat64Keywords.BINDINGS),
                settings.get(Nat64Keywords.SESSIONS),
                Duration.ofSeconds(settings.get(Nat64Keywords.UDP_TIMEOUT)),
                Duration.ofSeconds(settings.get(Nat64Keywords.ICMP_TIMEOUT)),
                Duration.ofSeconds(settings.get(Nat64Keywords.TCP_TIMEOUT)),
                Duration.ofSeconds(settings.get(Nat64Keywords.TRANSITORY_TIMEOUT)),
                conf.bindings().stream().map(Nat64Reader::binding).toList());
    }

    private static StaticBinding binding(Nat64Binding binding) {
        boolean tcp = binding.settings().get(Nat64Keywords.PROTOCOL).equals("tcp");
        IpAddress host = IpAddress.of(binding.host().orElseThrow());
        return new StaticBinding(
                tcp ? Nat64Protocol.TCP : Nat64Protocol.UDP,
                new Ipv4Address(
                        (int) IpAddress.of(binding.address().orElseThrow()).low()),
                binding.port().orElseThrow(),
                new Ipv6Address(host.high(), host.low()),
                binding.hostPort().orElseThrow());
    }
}
