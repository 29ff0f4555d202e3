package io.twoarm.director.siit;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All that stateless translation knows of addresses: explicit mappings, the most specific first (RFC 7757, 3.3), then a
 * prefix for all others. Immutable; workers share it.
 */
public final class AddressMappings {
    /** Nothing is translated. */
    public static final AddressMappings NONE = new AddressMappings(Optional.empty(), List.of());

    /** No address of the other family. */
    public static final int UNKNOWN = -1;

    /** Most explicit mappings; each packet looks at them one by one. */
    public static final int MOST = 256;

    private final Optional<TranslationPrefix> prefix;
    private final List<ExplicitMapping> explicit;
    private final ExplicitMapping[] byIpv4;
    private final ExplicitMapping[] byIpv6;
    private final TranslationPrefix rest;

    /**
     * @throws IllegalArgumentException when there are more than {@link #MOST} mappings
     */
    public AddressMappings(Optional<TranslationPrefix> prefix, List<ExplicitMapping> explicit) {
        if (explicit.size() > MOST) {
            throw new IllegalArgumentException(explicit.size() + " address mappings; " + MOST + " allowed");
        }
        this.prefix = prefix;
        this.explicit = List.copyOf(explicit);
        rest = prefix.orElse(null);
        byIpv4 = explicit.stream()
                .sorted(Comparator.comparingInt(ExplicitMapping::ipv4Length).reversed())
                .toArray(ExplicitMapping[]::new);
        byIpv6 = explicit.stream()
                .sorted(Comparator.comparingInt(ExplicitMapping::ipv6Length).reversed())
                .toArray(ExplicitMapping[]::new);
    }

    public Optional<TranslationPrefix> prefix() {
        return prefix;
    }

    public List<ExplicitMapping> explicit() {
        return explicit;
    }

    /** Whether nothing is translated. */
    public boolean isEmpty() {
        return rest == null && byIpv4.length == 0;
    }

    /** Whether an IPv4 address stands for a host with IPv6: an explicit mapping says so. */
    public boolean isHost(int address) {
        return find(address) >= 0;
    }

    private int find(int address) {
        for (int i = 0; i < byIpv4.length; i++) {
            if (byIpv4[i].matches(address)) {
                return i;
            }
        }
        return UNKNOWN;
    }

    /** A number for {@link #high} and {@link #low}, or {@link #UNKNOWN}. */
    public int findIpv4(int address) {
        int found = find(address);
        return found >= 0 || rest == null ? found : byIpv4.length;
    }

    /** First 64 bits of what stands for an IPv4 address. */
    public long high(int number, int address) {
        return number < byIpv4.length ? byIpv4[number].toHigh(address) : rest.embedHigh(address);
    }

    /** Last 64 bits of it. */
    public long low(int number, int address) {
        return number < byIpv4.length ? byIpv4[number].toLow(address) : rest.embedLow(address);
    }

    /** A number for {@link #ipv4}, or {@link #UNKNOWN}. */
    public int findIpv6(long high, long low) {
        for (int i = 0; i < byIpv6.length; i++) {
            if (byIpv6[i].matches(high, low)) {
                return i;
            }
        }
        return rest != null && rest.contains(high, low) ? byIpv6.length : UNKNOWN;
    }

    /** The IPv4 address that stands for an IPv6 one. */
    public int ipv4(int number, long high, long low) {
        return number < byIpv6.length ? byIpv6[number].toIpv4(high, low) : rest.extract(high, low);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressMappings that && prefix.equals(that.prefix) && explicit.equals(that.explicit);
    }

    @Override
    public int hashCode() {
        return 31 * prefix.hashCode() + explicit.hashCode();
    }
}
