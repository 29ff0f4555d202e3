package io.twoarm.director.dpdk;

import io.twoarm.director.linux.NativeFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The shared libraries of DPDK, loaded and of a supported version. */
public final class Dpdk {
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT;
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    /** What to install on Debian 12 for every port that needs no hardware driver. */
    static final String PACKAGES = "librte-ethdev23 librte-mempool-ring23 librte-bus-pci23 librte-bus-vdev23"
            + " librte-net-af-packet23 librte-net-null23 librte-net-ring23 librte-net-pcap23 librte-net-tap23";

    private static final List<String> LIBRARIES = List.of("eal", "mempool", "mbuf", "ethdev");
    private static final List<String> LIBRARY_FOLDERS = List.of(
            "/usr/lib", "/usr/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/local/lib");

    private final List<SymbolLookup> lookups;
    private final DpdkLayout layout;
    private final String version;
    private final NativeFunction strerror;

    private Dpdk(List<SymbolLookup> lookups) throws DpdkException {
        this.lookups = lookups;
        version = text(function("rte_version").call());
        layout = DpdkLayout.of(version).orElseThrow(() -> unsupported(version));
        strerror = function("rte_strerror");
    }

    /**
     * Loads the libraries. They stay loaded until the process ends.
     *
     * @throws DpdkException when they are missing, cannot be loaded, or have a version whose layout is not known
     */
    public static Dpdk open() throws DpdkException {
        List<SymbolLookup> lookups = new ArrayList<>();
        for (String library : LIBRARIES) {
            String file = "librte_" + library + ".so." + DpdkLayout.V22_11.abi();
            try {
                lookups.add(SymbolLookup.libraryLookup(file, Arena.global()));
            } catch (IllegalArgumentException e) {
                throw missing(file, installed());
            }
        }
        return new Dpdk(lookups);
    }

    /**
     * Loads one more library, for good.
     *
     * @param library its name without {@code librte_}
     * @param debianPackage what brings it
     */
    void load(String library, String debianPackage) throws DpdkException {
        String file = "librte_" + library + ".so." + layout.abi();
        try {
            lookups.add(SymbolLookup.libraryLookup(file, Arena.global()));
        } catch (IllegalArgumentException e) {
            throw new DpdkException(
                    file + " is missing or cannot be loaded", List.of(), "apt-get install " + debianPackage);
        }
    }

    /** Such as {@code DPDK 22.11.11}. */
    public String version() {
        return version;
    }

    DpdkLayout layout() {
        return layout;
    }

    /** One of the functions that are not inline in DPDK's headers. */
    NativeFunction function(String name) {
        return new NativeFunction(symbol(name));
    }

    /** Address of a function or variable; for a thread-local variable that of the calling thread. */
    MemorySegment symbol(String name) {
        for (SymbolLookup lookup : lookups) {
            var symbol = lookup.find(name);
            if (symbol.isPresent()) {
                return symbol.get();
            }
        }
        throw new UnsatisfiedLinkError(name);
    }

    /** The calling thread's {@code rte_errno}; glibc resolves the thread-local symbol for the caller. */
    int errno() {
        return symbol("per_lcore__rte_errno").reinterpret(Integer.BYTES).get(INT, 0);
    }

    /** @param errno positive error number */
    String errorText(int errno) {
        return text(strerror.call(errno));
    }

    /** A C string, as many functions return it. */
    static String text(long address) {
        return MemorySegment.ofAddress(address).reinterpret(Integer.MAX_VALUE).getString(0);
    }

    private static String supported() {
        return DpdkLayout.SUPPORTED.stream()
                .map(layout -> layout.series() + " (librte_eal.so." + layout.abi() + ")")
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
    }

    static DpdkException unsupported(String version) {
        return new DpdkException(
                "the installed DPDK is of a version that this daemon does not know",
                List.of("found:     " + version, "supported: " + supported()),
                "install Debian 12's packages: apt-get install " + PACKAGES);
    }

    static DpdkException missing(String file, List<Path> installed) {
        List<String> details = new ArrayList<>();
        details.add("missing:   " + file + " (not found by the dynamic linker, or it cannot be loaded)");
        details.add("found:     "
                + (installed.isEmpty()
                        ? "no DPDK library in " + String.join(", ", LIBRARY_FOLDERS)
                        : String.join(
                                ", ", installed.stream().map(Path::toString).toList())));
        details.add("supported: " + supported());
        return new DpdkException(
                "DPDK's libraries are missing",
                details,
                "apt-get install " + PACKAGES + "   (Debian 12; for hardware NICs also librte-meta-net)");
    }

    private static List<Path> installed() {
        List<Path> found = new ArrayList<>();
        for (String folder : LIBRARY_FOLDERS) {
            Path path = Path.of(folder);
            if (!Files.isDirectory(path)) {
                continue;
            }
            try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "librte_eal.so.*")) {
                files.forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found.stream().sorted().toList();
    }
}
