package io.twoarm.toa;

import java.util.List;

/**
 * What makes a realserver's programs see the client instead of the director: one file, with no kernel module and no
 * compiler. It attaches BPF programs that read the TOA option (TCP option kind 254 or 253) to the host's cgroup2.
 *
 * <p>Needs kernel 5.10 or later, bash and bpftool; root must be the machine's own.
 */
public final class RealserverToa {
    /** Debian packages that the loader calls. */
    public static final List<String> PACKAGES = List.of("bpftool");

    /** What the loader says by its exit status when a container's root called it, who may not load BPF programs. */
    public static final int NOT_POSSIBLE_HERE = 3;

    private RealserverToa() {}

    /**
     * The loader, an executable text file; its first lines tell its verbs. It ends with the compiled programs, gzipped and
     * in base64.
     */
    public static String loader() {
        return LoaderText.of("twoarm-toa", "toa.bpf.o.gz");
    }
}
