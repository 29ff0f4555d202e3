package io.twoarm.deploy;

import io.twoarm.artifact.DaemonBundle;
import io.twoarm.artifact.Validation;
import io.twoarm.deploy.HostDesign.WantedFile;
import io.twoarm.deploy.HostFacts.FileState;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a host's facts and its design to a plan that a person can judge. Changes nothing. */
final class HostPlanner {
    private static final Logger LOG = LoggerFactory.getLogger(HostPlanner.class);

    private final HostDesign design;
    private final HostFacts facts;
    private final HostChange change;
    private final Contents contents;
    private final List<PlannedStep> steps = new ArrayList<>();

    private HostPlanner(HostDesign design, HostFacts facts, HostChange change, Contents contents) {
        this.design = design;
        this.facts = facts;
        this.change = change;
        this.contents = contents;
    }

    /**
     * Asks the host for its facts and makes the plan.
     *
     * @throws DeployException with {@link DeployFailure.HostUnsuitable}, among others
     */
    static HostPlan plan(SshConnection connection, HostDesign design) {
        return plan(connection, design, HostFacts.gather(connection, design));
    }

    static HostPlan plan(SshConnection connection, HostDesign design, HostFacts facts) {
        HostChange change = HostChange.between(facts, design);
        Suitability.check(facts, design, change);
        return new HostPlanner(design, facts, change, contents(connection, change)).plan();
    }

    /** @param hidden paths of files that not everybody on the host may read */
    private record Contents(Map<String, byte[]> files, Set<String> hidden) {}

    /** What lies on the host at the paths that change. */
    private static Contents contents(SshConnection connection, HostChange change) {
        String[] paths = Stream.concat(change.puts().stream().map(WantedFile::path), change.removals().stream())
                .toArray(String[]::new);
        Contents contents = new Contents(new HashMap<>(), new HashSet<>());
        if (paths.length > 0) {
            CommandResult result =
                    connection.run(RemoteScript.CONTENTS.command(paths)).orThrow();
            for (String line : result.stdout().lines().toList()) {
                String[] field = line.split("\t", -1);
                switch (field[0]) {
                    case "content" ->
                        contents.files.put(field[1], Base64.getDecoder().decode(field[2]));
                    case "private" -> contents.hidden.add(field[1]);
                    default ->
                        LOG.debug(
                                "{}: the login shell printed: {}",
                                connection.target().host(),
                                line);
                }
            }
        }
        return contents;
    }

    private HostPlan plan() {
        facts.unfinished()
                .forEach(id -> step("complete or take back the change " + id, "an earlier deployment was interrupted"));
        facts.missingPackages(design).forEach(name -> step("install the package " + name, "the design needs it"));
        design.bundle()
                .filter(bundle -> !facts.bundles().contains(bundle.name()))
                .ifPresent(bundle -> step(
                        "send the daemon %s, %.1f MB".formatted(bundle.name(), bundle.size() / 1e6),
                        "the host does not have it"));
        if (!change.isEmpty()) {
            design.choice().ifPresent(steps::add);
            design.validations().forEach(this::check);
            files();
            units();
        }
        return new HostPlan(design.host(), design.fingerprint().hex(), steps);
    }

    private void step(String action, String reason) {
        steps.add(PlannedStep.of(action, reason));
    }

    private void check(Validation validation) {
        step("check that " + validation.reason(), "nothing is changed unless it holds");
    }

    private void files() {
        change.retiredUnits().forEach(unit -> step("stop and disable " + unit, "the design no longer has it"));
        change.puts().forEach(this::write);
        change.removals()
                .forEach(path -> steps.add(new PlannedStep(
                        "remove " + path, "the design no longer has it", difference(path, "/dev/null", "", false))));
        change.bundle()
                .ifPresent(name -> step(
                        "make %s the daemon %s (now %s)"
                                .formatted(
                                        DaemonBundle.INSTALL_PATH + "/current",
                                        name,
                                        facts.currentBundle().orElse("none")),
                        "the design has another one"));
    }

    private void write(WantedFile file) {
        String action = "write %s, mode %s (%s)".formatted(file.path(), file.octalMode(), found(file));
        List<String> difference =
                file.isRecord() ? List.of() : difference(file.path(), file.path(), file.text(), file.isPrivate());
        steps.add(new PlannedStep(action, file.reason(), difference));
    }

    /** How the host's file differs from the wanted one. */
    private String found(WantedFile file) {
        return switch (facts.files().get(file.path())) {
            case FileState.Absent() -> "new";
            case FileState.Link() -> "now a link";
            case FileState.Other() -> "now a directory or device";
            case FileState.Regular(String mode, String owner, Digest digest) -> {
                List<String> ways = new ArrayList<>();
                if (!digest.equals(file.digest())) {
                    ways.add("now SHA-256 " + digest.abbreviated());
                }
                if (!mode.equals(file.octalMode())) {
                    ways.add("now mode " + mode);
                }
                if (!owner.equals("root:root")) {
                    ways.add("now of " + owner);
                }
                yield String.join(", ", ways);
            }
        };
    }

    private List<String> difference(String oldName, String newName, String newText, boolean hidden) {
        byte[] content = contents.files.get(oldName);
        if (hidden || contents.hidden.contains(oldName)) {
            return List.of("not shown: not everybody may read the file");
        }
        if (content == null && facts.files().get(oldName) instanceof FileState.Regular) {
            return List.of("not shown: the file on the host is larger than 256 KiB");
        }
        try {
            String oldText = content == null
                    ? ""
                    : StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(content))
                            .toString();
            return UnifiedDiff.of(content == null ? "/dev/null" : oldName, oldText, newName, newText);
        } catch (CharacterCodingException e) {
            return List.of("not shown: the file on the host is no text");
        }
    }

    private void units() {
        if (change.rereadUnits()) {
            step("make systemd read its unit files", "unit files change");
        }
        change.enables().forEach(unit -> step("start " + unit + " at every boot", "the design asks for it"));
        change.actions().forEach(action -> step(action.toString(), action.reason()));
        KernelSetting.of(design).stream()
                .filter(setting -> !setting.inForce(facts))
                .forEach(setting -> step(
                        "kernel setting %s = %s (now %s)"
                                .formatted(
                                        setting.key(),
                                        setting.value(),
                                        setting.now(facts).orElse("unknown")),
                        "%s, put into force by the unit that reads it".formatted(setting.file())));
    }
}
