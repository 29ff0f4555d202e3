package io.twoarm.toa;

import java.util.List;

/**
 * What makes a realserver the end of a director's tunnels: one file, which uses the kernel's own receivers where it has
 * them, and a BPF program at the ports where it has none.
 */
public final class TunnelEnd {
    /** Debian packages that the loader calls. */
    public static final List<String> PACKAGES = List.of("bpftool", "iproute2", "kmod");

    /** What the loader says by its exit status when neither the kernel nor a program of a container's root can do it. */
    public static final int NOT_POSSIBLE_HERE = 3;

    private TunnelEnd() {}

    /** The loader, an executable text file; its first lines tell its verbs. */
    public static String loader() {
        return LoaderText.of("twoarm-tunnel", "tunnel.bpf.o.gz");
    }
}
