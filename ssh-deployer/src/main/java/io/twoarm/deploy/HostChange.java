package io.twoarm.deploy;

import io.twoarm.artifact.DaemonBundle;
import io.twoarm.artifact.HostService;
import io.twoarm.deploy.HostDesign.WantedFile;
import io.twoarm.deploy.HostFacts.FileState;
import io.twoarm.deploy.HostFacts.UnitState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What has to be done to a host so that it becomes as designed.
 *
 * @param puts files to be written
 * @param removals paths that an earlier deployment brought and that are no longer wanted
 * @param bundle what {@code current} is to point to, if that changes; {@code none} takes it away
 * @param retiredUnits units that an earlier deployment ran and that are no longer wanted
 * @param rereadUnits whether unit files on the disk differ, or will, from what systemd has read
 * @param enables units to be started at boot from now on
 * @param actions what to do with units, in the order of the design
 * @param running units that must be up at the end
 */
record HostChange(
        List<WantedFile> puts,
        List<String> removals,
        Optional<String> bundle,
        List<String> retiredUnits,
        boolean rereadUnits,
        List<String> enables,
        List<UnitAction> actions,
        List<String> running) {
    private static final String NO_BUNDLE = "none";

    /**
     * @param verb systemctl's
     * @param reason what makes it necessary
     */
    record UnitAction(String verb, String unit, String reason) {
        @Override
        public String toString() {
            return verb + " " + unit;
        }
    }

    static HostChange between(HostFacts facts, HostDesign design) {
        List<WantedFile> puts = design.files().stream()
                .filter(file -> differs(facts.files().get(file.path()), file))
                .toList();
        Set<String> wantedPaths = new HashSet<>();
        design.files().forEach(file -> wantedPaths.add(file.path()));
        List<String> removals = facts.deployedFiles().keySet().stream()
                .filter(path -> !wantedPaths.contains(path))
                .toList();
        Set<String> wantedUnits = new HashSet<>();
        design.services().forEach(service -> wantedUnits.add(service.unit()));
        List<String> retired = facts.deployedUnits().stream()
                .filter(unit -> !wantedUnits.contains(unit))
                .toList();
        Optional<String> bundle = bundle(facts, design);
        Set<String> changed = new LinkedHashSet<>(removals);
        puts.forEach(file -> changed.add(file.path()));
        bundle.ifPresent(name -> changed.add(DaemonBundle.INSTALL_PATH));
        List<String> enables = new ArrayList<>();
        List<UnitAction> actions = new ArrayList<>();
        Set<String> unset = KernelSetting.filesNotInForce(design, facts);
        for (HostService service : design.services()) {
            UnitState state = facts.unit(service);
            boolean unitChanged = changed.stream().anyMatch(path -> defines(path, service.unit()));
            if (unitChanged || !state.enabled()) {
                enables.add(service.unit());
            }
            action(service, state, unitChanged, changed, unset).ifPresent(actions::add);
        }
        boolean reread = changed.stream().anyMatch(path -> path.contains("/systemd/"))
                || facts.units().values().stream().anyMatch(UnitState::staleOnDisk);
        List<String> running = design.services().stream().map(HostService::unit).toList();
        return new HostChange(puts, removals, bundle, retired, reread, enables, actions, running);
    }

    static boolean differs(FileState state, WantedFile wanted) {
        return !(state instanceof FileState.Regular(String mode, String owner, Digest digest)
                && mode.equals(wanted.octalMode())
                && owner.equals("root:root")
                && digest.equals(wanted.digest()));
    }

    private static Optional<String> bundle(HostFacts facts, HostDesign design) {
        Optional<String> wanted = design.bundle().map(Bundle::name);
        if (wanted.equals(facts.currentBundle())) {
            return Optional.empty();
        }
        return Optional.of(wanted.orElse(NO_BUNDLE));
    }

    private static Optional<UnitAction> action(
            HostService service, UnitState state, boolean unitChanged, Set<String> changed, Set<String> unset) {
        if (!state.up()) {
            return Optional.of(new UnitAction("start", service.unit(), "it is " + state.active()));
        }
        // A changed unit file takes effect only on a new start.
        boolean reload = service.isReloadEnough(
                service.restartOn().stream().filter(changed::contains).toList());
        String verb = reload && !unitChanged && !state.staleOnDisk() ? "reload-or-restart" : "restart";
        return trigger(service, state, unitChanged, changed, unset)
                .map(reason -> new UnitAction(verb, service.unit(), reason));
    }

    private static Optional<String> trigger(
            HostService service, UnitState state, boolean unitChanged, Set<String> changed, Set<String> unset) {
        List<String> read =
                service.restartOn().stream().filter(changed::contains).toList();
        if (!read.isEmpty()) {
            return Optional.of("it reads what changes: " + String.join(", ", read));
        }
        if (unitChanged) {
            return Optional.of("its unit file changes");
        }
        if (state.staleOnDisk()) {
            return Optional.of("systemd has not read its unit file since that changed");
        }
        return service.restartOn().stream()
                .filter(unset::contains)
                .findFirst()
                .map(path -> "the kernel does not have the settings of " + path);
    }

    /** Whether a path is the unit's own file or a drop-in of it. */
    private static boolean defines(String path, String unit) {
        Path file = Path.of(path);
        Path parent = file.getParent();
        return path.contains("/systemd/system/")
                && (file.endsWith(unit) || (parent != null && parent.endsWith(unit + ".d")));
    }

    boolean isEmpty() {
        return puts.isEmpty()
                && removals.isEmpty()
                && bundle.isEmpty()
                && retiredUnits.isEmpty()
                && enables.isEmpty()
                && actions.isEmpty();
    }

    /** Paths that change, without the record of the deployment. */
    List<String> changedPaths() {
        List<String> paths = new ArrayList<>();
        puts.stream().filter(file -> !file.isRecord()).forEach(file -> paths.add(file.path()));
        paths.addAll(removals);
        return paths;
    }

    /** What is done to units, one line each. */
    List<String> unitLines() {
        List<String> lines = new ArrayList<>();
        retiredUnits.forEach(unit -> lines.add("stop " + unit));
        actions.forEach(action -> lines.add(action.toString()));
        return lines;
    }

    /** The plan that the transaction on the host follows. */
    String plan() {
        StringBuilder plan = new StringBuilder();
        retiredUnits.forEach(unit -> plan.append("stop\t").append(unit).append('\n'));
        puts.forEach(file -> plan.append("put\t%s\t%s".formatted(file.path(), file.octalMode()))
                .append('\n'));
        removals.forEach(path -> plan.append("remove\t").append(path).append('\n'));
        bundle.ifPresent(name -> plan.append("bundle\t").append(name).append('\n'));
        if (rereadUnits) {
            plan.append("daemon-reload\tunits\n");
        }
        enables.forEach(unit -> plan.append("enable\t").append(unit).append('\n'));
        actions.forEach(action ->
                plan.append(action.verb()).append('\t').append(action.unit()).append('\n'));
        running.forEach(unit -> plan.append("running\t").append(unit).append('\n'));
        return plan.toString();
    }
}
