package io.twoarm.config.keepalived;

import io.twoarm.config.Network;
import io.twoarm.config.Origin;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Clients under one name, to be denied ({@code deny_address_group}) or allowed ({@code allow_address_group}). */
public record AccessGroup(Kind kind, String name, List<Member> members, Origin origin) {

    public AccessGroup {
        members = List.copyOf(members);
    }

    /** What becomes of the members. */
    public enum Kind {
        DENY("deny_address_group", "daddr_group_name"),
        ALLOW("allow_address_group", "waddr_group_name");

        private final String block;
        private final String reference;

        Kind(String block, String reference) {
            this.block = block;
            this.reference = reference;
        }

        /** The keyword of the group. */
        public String block() {
            return block;
        }

        /** The keyword by which a virtual server names it. */
        public String reference() {
            return reference;
        }
    }

    /** A line of the group. */
    public sealed interface Member {
        /** One address, or {@code A.B.C.D-E}. */
        record Addresses(AddressRange range) implements Member {}

        /** A network, which DPVS itself does not take here. */
        record Net(Network network) implements Member {}

        /** A set of {@code dpip ipset}. */
        record Set(String name) implements Member {}

        /** Reads a line of one word. */
        static Optional<Member> parse(String text) {
            if (text.startsWith(SET)) {
                String name = text.substring(SET.length());
                return name.matches(SET_NAME) ? Optional.of(new Set(name)) : Optional.empty();
            }
            if (text.indexOf('/') >= 0) {
                return Network.parse(text).map(Net::new);
            }
            return AddressRange.parse(text).map(Addresses::new);
        }

        /** As it stands in the file. */
        default String print() {
            return switch (this) {
                case Addresses addresses -> addresses.range().print();
                case Net net -> net.network().toString();
                case Set set -> SET + set.name();
            };
        }

        /** An address of the member; none of a set. */
        default Optional<InetAddress> example() {
            return switch (this) {
                case Addresses addresses -> Optional.of(addresses.range().first());
                case Net net -> Optional.of(net.network().address());
                case Set _ -> Optional.empty();
            };
        }
    }

    /** What stands before the name of a set. */
    private static final String SET = "ipset:";

    private static final String SET_NAME = "[A-Za-z0-9_.:-]{1,31}";

    /** What a line may be, in words. */
    static final String ALLOWED = "an address, a range such as 10.0.0.10-19, a network, or ipset:NAME";
}
