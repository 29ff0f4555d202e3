package io.twoarm.director.access;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import java.util.Optional;

/**
 * A member of an access list: addresses, or a set by its name.
 *
 * @param set name of the set; the addresses are without meaning then
 * @param first lowest address
 * @param last highest address, of the same family
 */
public record AccessSubject(Optional<String> set, IpAddress first, IpAddress last) {
    /** What stands before the name of a set. */
    public static final String SET_PREFIX = "ipset:";

    public AccessSubject {
        if (first.isIpv4() != last.isIpv4() || Bits.compare(first.high(), first.low(), last.high(), last.low()) > 0) {
            throw new IllegalArgumentException(first + "-" + last + " is no range: the lower address comes first");
        }
    }

    /** Addresses from one to another. */
    public static AccessSubject of(IpAddress first, IpAddress last) {
        return new AccessSubject(Optional.empty(), first, last);
    }

    /** A set. */
    public static AccessSubject ofSet(String name) {
        return new AccessSubject(Optional.of(name), Ipv4Address.ANY, Ipv4Address.ANY);
    }

    /**
     * Reads {@code A}, {@code A/LENGTH}, {@code A-B} or {@code ipset:NAME}.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static AccessSubject parse(String text) {
        if (text.startsWith(SET_PREFIX)) {
            return ofSet(IpSet.checkName(text.substring(SET_PREFIX.length())));
        }
        AddressBlock block = AddressBlock.parse(text);
        return of(block.first(), block.last());
    }

    /** As {@code ipvsadm} lists it. */
    @Override
    public String toString() {
        return set.map(name -> SET_PREFIX + name).orElseGet(() -> new AddressBlock(first, last).toString());
    }
}
