package io.twoarm.director.access;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Kinds of sets, as ipset and DPVS name them: what an entry is made of. */
public enum IpSetType {
    BITMAP_IP("bitmap:ip", Part.ADDRESS),
    BITMAP_IP_MAC("bitmap:ip,mac", Part.ADDRESS, Part.MAC),
    BITMAP_PORT("bitmap:port", Part.PORT),
    HASH_IP("hash:ip", Part.ADDRESS),
    HASH_NET("hash:net", Part.NET),
    HASH_IP_PORT("hash:ip,port", Part.ADDRESS, Part.PORT),
    HASH_NET_PORT("hash:net,port", Part.NET, Part.PORT),
    HASH_NET_PORT_IFACE("hash:net,port,iface", Part.NET, Part.PORT, Part.DEVICE),
    HASH_IP_PORT_IP("hash:ip,port,ip", Part.ADDRESS, Part.PORT, Part.ADDRESS),
    HASH_IP_PORT_NET("hash:ip,port,net", Part.ADDRESS, Part.PORT, Part.NET),
    HASH_NET_PORT_NET("hash:net,port,net", Part.NET, Part.PORT, Part.NET),
    HASH_NET_PORT_NET_PORT("hash:net,port,net,port", Part.NET, Part.PORT, Part.NET, Part.PORT);

    /** A part of an entry. */
    enum Part {
        ADDRESS,
        NET,
        PORT,
        MAC,
        DEVICE
    }

    private final String keyword;
    private final List<Part> parts;

    IpSetType(String keyword, Part... parts) {
        this.keyword = keyword;
        this.parts = List.of(parts);
    }

    /** As it is typed. */
    public String keyword() {
        return keyword;
    }

    List<Part> parts() {
        return parts;
    }

    /** Whether entries lie within a range that the set is made for. */
    public boolean isBitmap() {
        return keyword.startsWith("bitmap:");
    }

    /** Whether an entry may be an exception to another. */
    boolean mayExcept() {
        return parts.contains(Part.NET);
    }

    /** The type of a name. */
    public static Optional<IpSetType> of(String keyword) {
        return Stream.of(values()).filter(type -> type.keyword.equals(keyword)).findFirst();
    }
}
