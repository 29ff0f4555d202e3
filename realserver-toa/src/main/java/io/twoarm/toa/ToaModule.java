package io.twoarm.toa;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What {@link RealserverToa} does, by a kernel module: for realservers whose kernel lacks the hooks of its BPF programs. The
 * module is compiled on the realserver, for the kernel that runs there.
 *
 * <p>Needs bash, a compiler, make, and the headers of that kernel, 3.10 or later on x86_64 and arm64. DKMS builds it where it
 * is installed, and then also for kernels that come later.
 */
public final class ToaModule {
    /** As the kernel calls it, and the file of its options in {@code /etc/modprobe.d}. */
    public static final String NAME = "twoarm_toa";

    /** Where the script looks for the sources, and DKMS too. */
    public static final String SOURCE_FOLDER = "/usr/src/twoarm-toa-1";

    /** The headers of the running kernel, by Debian's name of those of the newest one. */
    public static final String HEADERS_PACKAGE = "linux-headers-amd64";

    /** Debian packages that building it takes, besides the kernel's headers. */
    public static final List<String> PACKAGES = List.of("dkms", "gcc", "kmod", "libelf-dev", "make");

    private static final SequencedMap<String, String> SOURCES = new LinkedHashMap<>();

    static {
        for (String name : List.of("Makefile", "clients.c", "dkms.conf", "toa.c", "toa.h", "trusted.c")) {
            SOURCES.put(name, LoaderText.resource("module/" + name));
        }
    }

    private ToaModule() {}

    /** Name to content; all of them lie in {@link #SOURCE_FOLDER}. */
    public static SequencedMap<String, String> sources() {
        return Collections.unmodifiableSequencedMap(SOURCES);
    }

    /** The script that probes, builds, loads and removes it; its first lines tell its verbs. */
    public static String loader() {
        return LoaderText.resource("twoarm-toa-module");
    }
}
