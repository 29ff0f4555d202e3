package io.twoarm.model;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Translation between the families without sessions (SIIT, RFC 7915).
 *
 * @param prefix where IPv4 addresses stand that no mapping has (RFC 6052); without one only mappings count
 * @param mappings explicit address mappings (RFC 7757); the longest one counts
 */
public record Siit(Optional<Prefix> prefix, List<Mapping> mappings) {
    /** As many as a director keeps. */
    public static final int MOST_MAPPINGS = 256;

    public Siit {
        Objects.requireNonNull(prefix, "prefix");
        mappings = List.copyOf(mappings);
    }

    /**
     * An IPv4 network and the IPv6 network that stands for it; an address's bits behind the one are copied behind the
     * other.
     */
    public record Mapping(Prefix ipv4, Prefix ipv6) {
        private static final int IPV4_BITS = 32;
        private static final int IPV6_BITS = 128;

        public Mapping {
            Objects.requireNonNull(ipv4, "ipv4");
            Objects.requireNonNull(ipv6, "ipv6");
        }

        /** Whether the families are right and the IPv6 network has room for what is behind the IPv4 one. */
        public boolean isUsable() {
            return ipv4.isIpv4() && !ipv6.isIpv4() && ipv6.length() + IPV4_BITS - ipv4.length() <= IPV6_BITS;
        }

        private InetAddress copied(InetAddress from, Prefix fromNetwork, Prefix toNetwork) {
            byte[] source = from.getAddress();
            byte[] target = toNetwork.network().getAddress();
            for (int bit = 0; bit < IPV4_BITS - ipv4.length(); bit++) {
                int read = fromNetwork.length() + bit;
                int write = toNetwork.length() + bit;
                if ((source[read / 8] & 0x80 >> read % 8) != 0) {
                    target[write / 8] |= (byte) (0x80 >> write % 8);
                }
            }
            return IpLiteral.ofBytes(target);
        }
    }

    /** Whether packets to the address are translated. */
    public boolean takes(InetAddress destination) {
        return IpLiteral.isIpv4(destination)
                ? longest(Mapping::ipv4, destination).isPresent()
                : toIpv4(destination).isPresent();
    }

    /** The IPv4 address that an IPv6 address stands for; empty when it stands for none. */
    public Optional<InetAddress> toIpv4(InetAddress ipv6) {
        return longest(Mapping::ipv6, ipv6)
                .map(mapping -> mapping.copied(ipv6, mapping.ipv6(), mapping.ipv4()))
                .or(() -> prefix.filter(TranslationPrefix::isOne)
                        .filter(it -> it.contains(ipv6))
                        .map(it -> TranslationPrefix.extract(it, ipv6)));
    }

    /** The IPv6 address that stands for an IPv4 address; empty when none does. */
    public Optional<InetAddress> toIpv6(InetAddress ipv4) {
        return longest(Mapping::ipv4, ipv4)
                .map(mapping -> mapping.copied(ipv4, mapping.ipv4(), mapping.ipv6()))
                .or(() -> prefix.filter(TranslationPrefix::isOne).map(it -> TranslationPrefix.embed(it, ipv4)));
    }

    private Optional<Mapping> longest(Function<Mapping, Prefix> side, InetAddress address) {
        return mappings.stream()
                .filter(Mapping::isUsable)
                .filter(mapping -> side.apply(mapping).contains(address))
                .max(Comparator.comparingInt(mapping -> side.apply(mapping).length()));
    }
}
