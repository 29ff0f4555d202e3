package io.twoarm.deploy;

import io.twoarm.artifact.DaemonBundle;
import io.twoarm.artifact.HostService;
import io.twoarm.deploy.HostDesign.WantedFile;
import io.twoarm.deploy.HostDrift.Item;
import io.twoarm.deploy.HostFacts.DeployedFile;
import io.twoarm.deploy.HostFacts.FileState;
import io.twoarm.deploy.HostFacts.UnitState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** From a design and a host's facts to what drifted. */
final class DriftComparison {
    static final String ABSENT = "absent";

    private static final String UP = "up, at every boot";

    private final HostDesign design;
    private final HostFacts facts;
    private final List<Item> items = new ArrayList<>();

    private DriftComparison(HostDesign design, HostFacts facts) {
        this.design = design;
        this.facts = facts;
    }

    static HostDrift of(HostDesign design, HostFacts facts) {
        DriftComparison comparison = new DriftComparison(design, facts);
        comparison.files();
        comparison.daemon();
        comparison.units();
        comparison.settings();
        comparison.packages();
        return new HostDrift(
                design.host(), comparison.items.stream().filter(Item::drifts).toList());
    }

    private void files() {
        Map<String, String> designed = new LinkedHashMap<>();
        design.files().stream()
                .filter(file -> !file.isRecord())
                .forEach(file -> designed.put(file.path(), state(file.octalMode(), file.digest())));
        Set<String> paths = new LinkedHashSet<>(designed.keySet());
        paths.addAll(facts.deployedFiles().keySet());
        for (String path : paths) {
            items.add(new Item(
                    path,
                    designed.getOrDefault(path, ABSENT),
                    Optional.ofNullable(facts.deployedFiles().get(path))
                            .map(file -> state(file.mode(), file.digest()))
                            .orElse(ABSENT),
                    running(facts.files().get(path))));
        }
    }

    private static String state(String mode, Digest digest) {
        return mode + " " + digest.abbreviated();
    }

    private static String running(FileState state) {
        return switch (state) {
            case null -> ABSENT;
            case FileState.Absent() -> ABSENT;
            case FileState.Link() -> "a link";
            case FileState.Other() -> "no file";
            case FileState.Regular(String mode, String owner, Digest digest) ->
                state(mode, digest) + (owner.equals("root:root") ? "" : " of " + owner);
        };
    }

    private void daemon() {
        items.add(new Item(
                DaemonBundle.INSTALL_PATH + "/current",
                design.bundle().map(Bundle::name).orElse(ABSENT),
                facts.deployedBundle().map(Digest::abbreviated).orElse(ABSENT),
                facts.currentBundle().orElse(ABSENT)));
    }

    private void units() {
        for (HostService service : design.services()) {
            UnitState state = facts.unit(service);
            boolean deployed = facts.deployedUnits().contains(service.unit());
            items.add(new Item(service.unit(), UP, deployed ? UP : ABSENT, running(state)));
        }
        Set<String> designed = new LinkedHashSet<>();
        design.services().forEach(service -> designed.add(service.unit()));
        facts.deployedUnits().stream()
                .filter(unit -> !designed.contains(unit))
                .forEach(unit -> items.add(new Item(unit, ABSENT, UP, UP)));
    }

    private static String running(UnitState state) {
        if (!state.known()) {
            return ABSENT;
        }
        String now = state.up() ? "up" : state.active();
        String boot = state.enabled() ? "at every boot" : "not at boot";
        String stale = state.staleOnDisk() ? ", an older unit file" : "";
        return now + ", " + boot + stale;
    }

    private void settings() {
        for (KernelSetting setting : KernelSetting.of(design)) {
            boolean deployed = design.files().stream()
                    .filter(file -> file.path().equals(setting.file()))
                    .anyMatch(this::deployed);
            items.add(new Item(
                    setting.key(),
                    setting.value(),
                    deployed ? setting.value() : "as " + setting.file() + " said",
                    setting.now(facts).orElse("unknown to the kernel")));
        }
    }

    private boolean deployed(WantedFile file) {
        DeployedFile deployed = facts.deployedFiles().get(file.path());
        return deployed != null && deployed.digest().equals(file.digest());
    }

    private void packages() {
        for (String name : design.packages()) {
            String status = facts.packageStatus(name);
            items.add(new Item("package " + name, "installed", "installed", status));
        }
    }
}
