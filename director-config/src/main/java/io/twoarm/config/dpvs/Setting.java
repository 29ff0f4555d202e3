package io.twoarm.config.dpvs;

import java.util.Optional;

/**
 * A keyword of {@code dpvs.conf} that carries a value.
 *
 * @param path the blocks it stands in and its name, such as {@code netif_defs/device/rx/queue_number}
 * @param fallback the value in effect when the keyword is absent; empty when there is none
 * @param initOnly true when DPVS reads it only at start; such lines carry the marker {@code <init>}
 * @param support what the bundled director makes of it
 * @param about what it is for, one sentence for people
 */
public record Setting<T>(
        String path, ValueKind<T> kind, Optional<T> fallback, boolean initOnly, Support support, String about) {

    /** What the bundled director makes of a keyword. */
    public enum Support {
        /** It acts on it. */
        HONOURED,
        /** It reads it; nothing that packets could notice depends on it. */
        WITHOUT_EFFECT,
        /** It asks for something that the bundled director does not do. Its fallback is fine. */
        REFUSED
    }

    /** The keyword itself. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The path of the block it stands in. */
    public String block() {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
