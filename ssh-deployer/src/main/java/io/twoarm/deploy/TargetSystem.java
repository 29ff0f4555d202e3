package io.twoarm.deploy;

import io.twoarm.artifact.Recipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A system that hosts may run, as {@code systems.tsv} and {@code packages.tsv} beside this class describe it.
 *
 * @param key which column of packages.tsv
 * @param dpdk the distribution's version of DPDK
 * @param network what sets up the kernel's interfaces there
 */
record TargetSystem(
        String key, String id, String version, PackageManager manager, String dpdk, Recipe network, String name) {
    private static final String SAME = "=";
    private static final String NONE = "!";
    private static final String NOT_NEEDED = "-";
    private static final String KERNEL = "{kernel}";
    private static final String ARCHITECTURE = "{architecture}";
    private static final Map<String, String> DEBIAN_ARCHITECTURES = Map.of("x86_64", "amd64", "aarch64", "arm64");
    private static final List<TargetSystem> ALL = systems();
    private static final SequencedMap<String, Map<String, String>> PACKAGES = packages();

    /** What a package is called on a system. */
    sealed interface Names {
        /** To be installed all; none where the system does without. */
        record Available(List<String> names) implements Names {}

        record Missing(String reason) implements Names {}
    }

    static List<TargetSystem> all() {
        return ALL;
    }

    /**
     * The system of that os-release(5).
     *
     * @param apt whether it has dpkg and apt-get; others of that kind are {@link #assumed} to be like the one whose
     *     names ours are
     */
    static Optional<TargetSystem> of(String id, String version, boolean apt) {
        return ALL.stream()
                .filter(system -> system.id.equals(id) && isVersion(version, system.version))
                .findFirst()
                .or(() -> apt ? Optional.of(ALL.getFirst().as(id, version)) : Optional.empty());
    }

    private TargetSystem as(String otherId, String otherVersion) {
        return new TargetSystem(key, otherId, otherVersion, manager, dpdk, network, name);
    }

    /** Whether this is no known system, but taken for the one that it is named after. */
    boolean assumed() {
        return !ALL.contains(this);
    }

    /** The names of all systems, for people. */
    static String everyName() {
        return ALL.stream().map(TargetSystem::name).collect(Collectors.joining(", "));
    }

    private static boolean isVersion(String version, String wanted) {
        return version.equals(wanted) || version.startsWith(wanted + ".");
    }

    /** @param debian a package of Debian 12; one that is not in the table has the same name everywhere */
    Names names(String debian) {
        String there = PACKAGES.getOrDefault(debian, Map.of()).getOrDefault(key, SAME);
        if (there.startsWith(NONE)) {
            return new Names.Missing(there.substring(NONE.length()));
        }
        if (there.equals(NOT_NEEDED)) {
            return new Names.Available(List.of());
        }
        return new Names.Available(there.equals(SAME) ? List.of(debian) : List.of(there.split(" ")));
    }

    /**
     * A name of the table, with what differs between hosts of the same system.
     *
     * @param kernel the release of the one that runs
     * @param architecture as the kernel calls it
     */
    static String onHost(String name, String kernel, String architecture) {
        return name.replace(KERNEL, kernel)
                .replace(ARCHITECTURE, DEBIAN_ARCHITECTURES.getOrDefault(architecture, architecture));
    }

    /** The packages that stand for Debian's here, without those that there are not. */
    List<String> available(List<String> debian) {
        return debian.stream()
                .flatMap(name ->
                        names(name) instanceof Names.Available(List<String> names) ? names.stream() : Stream.empty())
                .distinct()
                .toList();
    }

    /** Why some of Debian's packages are not to be had here. */
    List<String> missing(List<String> debian) {
        return debian.stream()
                .flatMap(name ->
                        names(name) instanceof Names.Missing(String reason) ? Stream.of(reason) : Stream.empty())
                .distinct()
                .toList();
    }

    /** What a package may be called, on whatever system: a host is asked before its system is known. */
    static SequencedSet<String> anyName(String debian) {
        SequencedSet<String> names = new LinkedHashSet<>(List.of(debian));
        ALL.forEach(system -> names.addAll(system.available(List.of(debian))));
        return names;
    }

    /** Debian's names that the table knows. */
    static SequencedSet<String> tableNames() {
        return PACKAGES.sequencedKeySet();
    }

    private static List<TargetSystem> systems() {
        return lines("systems.tsv").stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", -1))
                .map(field -> new TargetSystem(
                        field[0],
                        field[1],
                        field[2],
                        PackageManager.valueOf(field[3].toUpperCase(Locale.ROOT)),
                        field[4],
                        Recipe.of(field[5]).orElseThrow(),
                        field[6]))
                .toList();
    }

    private static SequencedMap<String, Map<String, String>> packages() {
        List<String> lines = lines("packages.tsv");
        List<String> columns = lines.stream()
                .filter(line -> line.startsWith("# package\t"))
                .map(line -> List.of(line.substring(2).split("\t")))
                .findFirst()
                .orElseThrow();
        SequencedMap<String, Map<String, String>> packages = new LinkedHashMap<>();
        for (String line : lines) {
            if (!line.startsWith("#")) {
                List<String> fields = new ArrayList<>(Arrays.asList(line.split("\t", -1)));
                Map<String, String> names = new LinkedHashMap<>();
                for (int i = 1; i < columns.size(); i++) {
                    names.put(columns.get(i), fields.get(i));
                }
                packages.put(fields.getFirst(), names);
            }
        }
        return packages;
    }

    private static List<String> lines(String resource) {
        try (InputStream in = TargetSystem.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
