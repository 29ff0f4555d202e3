package io.twoarm.deploy;

import io.twoarm.artifact.DaemonBundle;
import io.twoarm.artifact.HostService;
import io.twoarm.deploy.DeployFailure.HostUnsuitable.Finding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A host as it was found, gathered in one round trip.
 *
 * @param system what {@code /etc/os-release} calls itself
 * @param initState what {@code systemctl is-system-running} says
 * @param systemd its version, such as 252; 0 when it does not say
 * @param release what names the system for programs: {@code ID=arch VERSION_ID=none}
 * @param target which of the systems it is for which package names are known
 * @param packages package, by its name in the table for that system, to its status; {@code installed} is the good one
 * @param currentBundle what {@code current} points to
 * @param bundles all that lie there
 * @param deployedFiles path to what the last deployment brought there
 * @param deployedBundle digest of the daemon that it brought
 * @param deployedUnits units that the last deployment ran
 * @param space directory to free KiB
 * @param settings kernel setting, such as {@code net.ipv4.ip_forward}, to its value; without those that it lacks
 * @param unfinished changes that are neither made nor taken back
 * @param latestChange the name of the youngest change that the host remembers
 */
record HostFacts(
        String system,
        String kernel,
        String architecture,
        String initState,
        int systemd,
        String release,
        Optional<TargetSystem> target,
        Map<String, String> packages,
        Map<String, FileState> files,
        Map<String, UnitState> units,
        Optional<String> currentBundle,
        Set<String> bundles,
        Map<String, DeployedFile> deployedFiles,
        Optional<Digest> deployedBundle,
        Set<String> deployedUnits,
        Map<String, Long> space,
        Map<String, String> settings,
        List<String> unfinished,
        Optional<String> latestChange) {

    static final String STATE = "/var/lib/twoarm";
    static final String CONFIGURATION = "/etc";
    private static final List<String> SPACES = List.of(STATE, CONFIGURATION, DaemonBundle.INSTALL_PATH);

    /** What lies at a path. */
    sealed interface FileState {
        record Absent() implements FileState {}

        /** @param owner user and group, {@code root:root} */
        record Regular(String mode, String owner, Digest digest) implements FileState {}

        record Link() implements FileState {}

        /** A directory, device or socket. */
        record Other() implements FileState {}
    }

    /** @param mode octal */
    record DeployedFile(String mode, Digest digest) {}

    /** @param properties systemd's, as {@code systemctl show} prints them */
    record UnitState(Map<String, String> properties) {
        private String value(String property) {
            return properties.getOrDefault(property, "");
        }

        boolean known() {
            return !value("LoadState").equals("not-found");
        }

        String active() {
            return value("ActiveState");
        }

        /** Running, or for a unit that does its work once and ends: done. */
        boolean up() {
            boolean onceDone = value("Type").equals("oneshot")
                    && active().equals("inactive")
                    && value("Result").equals("success")
                    && !value("ExecMainExitTimestampMonotonic").matches("0?");
            return active().equals("active") || active().equals("reloading") || onceDone;
        }

        /** Started at boot, or not to be enabled at all because others start it. */
        boolean enabled() {
            return switch (value("UnitFileState")) {
                case "enabled", "static", "alias", "indirect", "generated", "transient" -> true;
                default -> false;
            };
        }

        boolean staleOnDisk() {
            return value("NeedDaemonReload").equals("yes");
        }
    }

    /** The arguments with which the facts script gathers what a design needs to know. */
    static List<String> questions(HostDesign design) {
        List<String> questions = new ArrayList<>();
        design.files().forEach(file -> questions.add("file:" + file.path()));
        design.services().forEach(service -> questions.add("unit:" + service.unit()));
        design.packages().stream()
                .flatMap(name -> TargetSystem.anyName(name).stream())
                .distinct()
                .forEach(name -> questions.add("package:" + name));
        SPACES.forEach(directory -> questions.add("space:" + directory));
        KernelSetting.of(design).forEach(setting -> questions.add("setting:" + setting.key()));
        return questions;
    }

    /** Asks the host, in one round trip. */
    static HostFacts gather(SshConnection connection, HostDesign design) {
        RemoteCommand questions = RemoteCommand.script(RemoteScript.FACTS.text(), questions(design))
                .labelled("facts.sh");
        return parse(design.host(), connection.run(questions).orThrow().stdout());
    }

    static HostFacts parse(String host, String text) {
        Parser parser = new Parser();
        text.lines().forEach(parser::line);
        if (!parser.complete) {
            throw new DeployException(new DeployFailure.CommandFailed(
                    host, "facts.sh", "ended before all facts were told", text.isBlank() ? "no output" : text));
        }
        return parser.facts();
    }

    /** Collects the lines of the facts script. */
    private static final class Parser {
        private String[] system = {"", "unknown", "", "", ""};
        private int systemd;
        private String release = "no /etc/os-release";
        private Optional<TargetSystem> target = Optional.empty();
        private boolean begun;
        private boolean complete;
        private final Map<String, String> packages = new HashMap<>();
        private final Map<String, FileState> files = new HashMap<>();
        private final Map<String, UnitState> units = new HashMap<>();
        private Optional<String> current = Optional.empty();
        private final Set<String> bundles = new HashSet<>();
        private final Map<String, DeployedFile> deployedFiles = new LinkedHashMap<>();
        private Optional<Digest> deployedBundle = Optional.empty();
        private final Set<String> deployedUnits = new LinkedHashSet<>();
        private final Map<String, Long> space = new HashMap<>();
        private final Map<String, String> settings = new HashMap<>();
        private final List<String> unfinished = new ArrayList<>();
        private Optional<String> latestChange = Optional.empty();

        void line(String line) {
            if (!begun) {
                begun = line.equals("facts");
                return;
            }
            String[] field = line.split("\t", -1);
            switch (field[0]) {
                case "system" -> system = field;
                case "systemd" -> systemd = field[1].isEmpty() ? 0 : Integer.parseInt(field[1]);
                case "release" -> release(field[1], field[2], field[3]);
                case "current" -> current = field[1].equals("none") ? Optional.empty() : Optional.of(field[1]);
                case "bundle" -> bundles.add(field[1]);
                case "deployed" -> deployed(field);
                case "file" -> files.put(field[1], fileState(field));
                case "unit" -> units.put(field[1], unitState(field[2]));
                case "package" -> packages.put(field[1], field[2]);
                case "space" -> space.put(field[1], Long.parseLong(field[2]));
                case "setting" -> settings.put(field[1], field[2]);
                case "unfinished" -> unfinished.add(field[1]);
                case "latest" -> latestChange = Optional.of(field[1]);
                case "end" -> complete = true;
                default -> throw new IllegalStateException("the facts script printed: " + line);
            }
        }

        private void release(String id, String version, String packages) {
            if (!id.isEmpty()) {
                release = "ID=%s VERSION_ID=%s".formatted(id, version.isEmpty() ? "none" : version);
            }
            target = TargetSystem.of(id, version, packages.equals("apt"));
        }

        private void deployed(String[] field) {
            switch (field[1]) {
                case "file" -> deployedFiles.put(field[2], new DeployedFile(field[3], new Digest(field[4])));
                case "bundle" -> deployedBundle = Optional.of(new Digest(field[2]));
                case "unit" -> deployedUnits.add(field[2]);
                default -> {
                    // The comment.
                }
            }
        }

        private static FileState fileState(String[] field) {
            return switch (field[2]) {
                case "absent" -> new FileState.Absent();
                case "regular" -> new FileState.Regular(field[3], field[4], new Digest(field[5]));
                case "link" -> new FileState.Link();
                default -> new FileState.Other();
            };
        }

        private static UnitState unitState(String properties) {
            Map<String, String> values = new HashMap<>();
            for (String property : properties.strip().split(" ")) {
                int equals = property.indexOf('=');
                if (equals > 0) {
                    values.put(property.substring(0, equals), property.substring(equals + 1));
                }
            }
            return new UnitState(Map.copyOf(values));
        }

        HostFacts facts() {
            return new HostFacts(
                    system[1],
                    system[2],
                    system[3],
                    system[4],
                    systemd,
                    release,
                    target,
                    Map.copyOf(packages),
                    Map.copyOf(files),
                    Map.copyOf(units),
                    current,
                    Set.copyOf(bundles),
                    Collections.unmodifiableMap(deployedFiles),
                    deployedBundle,
                    deployedUnits,
                    Map.copyOf(space),
                    Map.copyOf(settings),
                    List.copyOf(unfinished),
                    latestChange);
        }
    }

    /** That the system is taken for another one, if it is: the package names may be wrong. */
    Optional<Finding> assumption() {
        return target.filter(TargetSystem::assumed)
                .map(
                        taken -> new Finding(
                                "%s (%s), whose package names are not known; it has apt-get and is taken for %s"
                                        .formatted(system, release, taken.name()),
                                "one of: " + TargetSystem.everyName(),
                                "nothing, as long as the packages are found there; otherwise use one of these systems on this host"));
    }

    /** By their names on this host. */
    List<String> missingPackages(HostDesign design) {
        return target.map(system -> system.available(design.packages())).orElse(design.packages()).stream()
                .filter(name -> !"installed".equals(packages.get(name)))
                .map(name -> TargetSystem.onHost(name, kernel, architecture))
                .toList();
    }

    /** Whether all that stands for one of Debian's packages is installed; otherwise the status of what is not. */
    String packageStatus(String debian) {
        return target.map(system -> system.available(List.of(debian))).orElse(List.of(debian)).stream()
                .map(name -> packages.getOrDefault(name, "absent"))
                .filter(status -> !status.equals("installed"))
                .findFirst()
                .orElse("installed");
    }

    UnitState unit(HostService service) {
        return units.get(service.unit());
    }
}
