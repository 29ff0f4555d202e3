package io.twoarm.model;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * What a director translates between IPv4 and IPv6 besides its services.
 *
 * @param nat64 for IPv6 hosts that reach all of IPv4 (RFC 6146)
 * @param siit for hosts that have an address of either family each (RFC 7915)
 */
public record FamilyTranslation(Optional<Nat64> nat64, Optional<Siit> siit) {
    public static final FamilyTranslation NONE = new FamilyTranslation(Optional.empty(), Optional.empty());

    public FamilyTranslation {
        Objects.requireNonNull(nat64, "nat64");
        Objects.requireNonNull(siit, "siit");
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return nat64.isEmpty() && siit.isEmpty();
    }

    public FamilyTranslation withNat64(Optional<Nat64> other) {
        return new FamilyTranslation(other, siit);
    }

    public FamilyTranslation withSiit(Optional<Siit> other) {
        return new FamilyTranslation(nat64, other);
    }

    /** Whether packets to the address are translated, as far as routes lead them to the director. */
    public boolean takes(InetAddress destination) {
        return nat64.filter(it -> it.prefix().contains(destination) || it.pool().contains(destination))
                        .isPresent()
                || siit.filter(it -> it.takes(destination)).isPresent();
    }
}
