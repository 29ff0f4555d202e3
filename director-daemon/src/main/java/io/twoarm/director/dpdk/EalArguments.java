package io.twoarm.director.dpdk;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The arguments for DPDK's Environment Abstraction Layer: what the user gave after {@code --}, checked before EAL sees
 * it, because EAL answers a wrong one with pages of help on standard output.
 */
public final class EalArguments {
    private enum Value {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    /** The options of EAL 22.11, without those that end the process (help). Short options take their value apart. */
    private static final Map<String, Value> OPTIONS = options();

    private static final Set<String> CORE_SELECTION = Set.of("-c", "-l", "--lcores");
    private static final Set<String> MEMORY_SIZE = Set.of("-m", "--socket-mem");
    private static final Set<String> SHARING = Set.of("--in-memory", "--no-shconf", "--file-prefix");

    /** @param name with its dashes */
    private record Option(String name, Optional<String> value) {}

    /**
     * A device given by {@code --vdev}.
     *
     * @param name such as {@code net_af_packet0}
     * @param parameters in the order given
     */
    public record VirtualDevice(String name, Map<String, String> parameters) {
        /** The driver's name: the device's without the number at its end. */
        public String driver() {
            return name.replaceFirst("\\d+$", "");
        }
    }

    private final List<Option> options;

    private EalArguments(List<Option> options) {
        this.options = List.copyOf(options);
    }

    /**
     * @param arguments as given on the command line
     * @throws DpdkException for an argument that EAL 22.11 does not know, a value that is missing or not wanted
     */
    public static EalArguments parse(List<String> arguments) throws DpdkException {
        List<Option> options = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            boolean isShortWithValue = argument.length() > 2 && argument.charAt(0) == '-' && argument.charAt(1) != '-';
            String name = argument;
            Optional<String> value = Optional.empty();
            if (equals > 0) {
                name = argument.substring(0, equals);
                value = Optional.of(argument.substring(equals + 1));
            } else if (isShortWithValue) {
                name = argument.substring(0, 2);
                value = Optional.of(argument.substring(2));
            }
            Value kind = OPTIONS.get(name);
            if (kind == null) {
                throw unknown(argument);
            }
            if (kind == Value.NONE && value.isPresent()) {
                throw wrong("EAL argument " + name + " takes no value", argument);
            }
            if (kind == Value.REQUIRED && value.isEmpty()) {
                if (i + 1 == arguments.size()) {
                    throw wrong("EAL argument " + name + " needs a value", argument);
                }
                i++;
                value = Optional.of(arguments.get(i));
            }
            options.add(new Option(name, value));
        }
        refuseSecondary(options);
        return new EalArguments(options);
    }

    private static void refuseSecondary(List<Option> options) throws DpdkException {
        for (Option option : options) {
            if (option.name().equals("--proc-type")
                    && !option.value().orElseThrow().equals("primary")) {
                throw wrong(
                        "the director is always DPDK's primary process",
                        "--proc-type=" + option.value().get());
            }
        }
    }

    /** Whether the user chose the cores; without a choice the worker is not pinned. */
    public boolean selectsCores() {
        return hasAny(CORE_SELECTION);
    }

    public boolean usesHugePages() {
        return !hasAny(Set.of("--no-huge"));
    }

    /** The virtual devices, in the order given, which is the order of their ports. */
    public List<VirtualDevice> virtualDevices() {
        return options.stream()
                .filter(option -> option.name().equals("--vdev"))
                .map(option -> virtualDevice(option.value().orElseThrow()))
                .toList();
    }

    /**
     * All arguments for {@code rte_eal_init}, with what the user left open:
     *
     * <ul>
     *   <li>one lcore that floats over the process's CPUs, when no cores were chosen;
     *   <li>no files shared with other processes ({@code --in-memory}, or {@code --no-shconf} without huge pages), so
     *       that directors do not meet and a killed one leaves nothing behind;
     *   <li>no telemetry socket;
     *   <li>without huge pages, memory for the director's own pools and tables.
     * </ul>
     *
     * EAL refuses {@code --no-huge} together with {@code --in-memory}; the latter then becomes {@code --no-shconf},
     * which means the same there.
     *
     * @param cpus the CPUs that the process may use
     * @param megabytes what pools and tables need
     */
    public List<String> completed(BitSet cpus, long megabytes) {
        boolean hugePages = usesHugePages();
        List<String> all = new ArrayList<>(List.of("twoarm-director"));
        for (Option option : options) {
            boolean refused = !hugePages && option.name().equals("--in-memory");
            all.addAll(refused ? List.of("--no-shconf") : written(option));
        }
        if (!selectsCores()) {
            all.add("--lcores=0@(" + cpus.stream().mapToObj(String::valueOf).collect(Collectors.joining(",")) + ")");
        }
        if (!hasAny(SHARING)) {
            all.add(hugePages ? "--in-memory" : "--no-shconf");
        }
        if (!hasAny(Set.of("--telemetry", "--no-telemetry"))) {
            all.add("--no-telemetry");
        }
        if (!hugePages && !hasAny(MEMORY_SIZE)) {
            all.addAll(List.of("-m", String.valueOf(megabytes)));
        }
        return List.copyOf(all);
    }

    private static List<String> written(Option option) {
        if (option.value().isEmpty()) {
            return List.of(option.name());
        }
        String value = option.value().get();
        return option.name().startsWith("--") ? List.of(option.name() + "=" + value) : List.of(option.name(), value);
    }

    private boolean hasAny(Set<String> names) {
        return options.stream().anyMatch(option -> names.contains(option.name()));
    }

    private static VirtualDevice virtualDevice(String text) {
        String[] parts = text.split(",");
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            parameters.put(
                    equals < 0 ? parts[i] : parts[i].substring(0, equals),
                    equals < 0 ? "" : parts[i].substring(equals + 1));
        }
        return new VirtualDevice(parts[0], parameters);
    }

    private static DpdkException unknown(String argument) {
        return new DpdkException(
                "unknown EAL argument " + argument,
                List.of("known: " + String.join(" ", OPTIONS.keySet())),
                "correct the arguments after --; those of the director itself come before it");
    }

    private static DpdkException wrong(String problem, String argument) {
        return new DpdkException(problem, List.of("found: " + argument), "correct the arguments after --");
    }

    private static Map<String, Value> options() {
        Map<String, Value> options = new LinkedHashMap<>();
        for (String name : List.of("-a", "-b", "-c", "-d", "-l", "-m", "-n", "-r", "-s", "-S")) {
            options.put(name, Value.REQUIRED);
        }
        options.put("-v", Value.NONE);
        for (String name : List.of(
                "allow",
                "base-virtaddr",
                "block",
                "file-prefix",
                "force-max-simd-bitwidth",
                "huge-dir",
                "iova-mode",
                "lcores",
                "log-level",
                "main-lcore",
                "mbuf-pool-ops-name",
                "proc-type",
                "socket-limit",
                "socket-mem",
                "syslog",
                "trace",
                "trace-bufsz",
                "trace-dir",
                "trace-mode",
                "vdev",
                "vfio-intr",
                "vfio-vf-token")) {
            options.put("--" + name, Value.REQUIRED);
        }
        for (String name : List.of("huge-unlink", "huge-worker-stack")) {
            options.put("--" + name, Value.OPTIONAL);
        }
        for (String name : List.of(
                "create-uio-dev",
                "in-memory",
                "legacy-mem",
                "match-allocations",
                "no-hpet",
                "no-huge",
                "no-pci",
                "no-shconf",
                "no-telemetry",
                "single-file-segments",
                "telemetry",
                "vmware-tsc-map")) {
            options.put("--" + name, Value.NONE);
        }
        return options;
    }
}
