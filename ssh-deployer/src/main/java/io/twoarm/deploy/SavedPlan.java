package io.twoarm.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A plan that was written to a file, kept as text: what a host is to go through is the same as long as the text is.
 *
 * @param waves names of hosts
 * @param hosts host to the text of its plan
 */
public record SavedPlan(List<List<String>> waves, Map<String, String> hosts) {
    static final String HEAD = "TwoArm plan 1";
    static final String WAVE = "wave";

    private static final String HOST = "host ";
    private static final String DESIGN = "design ";

    /** @throws IllegalArgumentException when the text is no plan, with the line */
    public static SavedPlan parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(HEAD)) {
            throw new IllegalArgumentException(
                    "line 1: expected \"%s\", found \"%s\"".formatted(HEAD, lines.isEmpty() ? "" : lines.getFirst()));
        }
        List<List<String>> waves = new ArrayList<>();
        Map<String, StringBuilder> hosts = new LinkedHashMap<>();
        StringBuilder current = null;
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.equals(WAVE)) {
                waves.add(new ArrayList<>());
                current = null;
            } else if (line.startsWith(HOST) && !waves.isEmpty()) {
                String host = line.substring(HOST.length());
                waves.getLast().add(host);
                current = new StringBuilder();
                if (hosts.put(host, current) != null) {
                    throw new IllegalArgumentException("line %d: the host %s is there twice".formatted(i + 1, host));
                }
            } else if (current == null && !line.isBlank()) {
                throw new IllegalArgumentException(
                        "line %d: expected \"%s\" or \"%sNAME\", found \"%s\"".formatted(i + 1, WAVE, HOST, line));
            }
            if (current != null && !line.isBlank()) {
                current.append(line).append('\n');
            }
        }
        Map<String, String> texts = new LinkedHashMap<>();
        hosts.forEach((host, plan) -> texts.put(host, plan.toString()));
        return new SavedPlan(waves, texts);
    }

    /**
     * Why this is no longer the plan for a host, or nothing when it is. A host on which the plan was carried out already is
     * no reason: an interrupted deployment can go on with the same plan.
     */
    Optional<DeployFailure.PlanStale> staleFor(HostPlan now) {
        String saved = hosts.getOrDefault(now.host(), "");
        String present = now.text();
        boolean sameDesign = saved.contains("\n" + DESIGN + now.design() + "\n");
        if (saved.equals(present) || (sameDesign && now.changesNothing())) {
            return Optional.empty();
        }
        String cause = sameDesign
                ? "the host has changed since the plan was made"
                : "the project, or the version of TwoArm, has changed since the plan was made";
        return Optional.of(new DeployFailure.PlanStale(
                now.host(), saved.isEmpty() ? "the plan has no such host" : cause, difference(saved, present)));
    }

    /** Steps alone when they tell the change, for file contents are long. */
    private static List<String> difference(String saved, String present) {
        List<String> steps = diff(steps(saved), steps(present));
        return steps.isEmpty() ? diff(saved, present) : steps;
    }

    private static List<String> diff(String saved, String present) {
        return UnifiedDiff.of("the plan", saved, "what would be done now", present);
    }

    private static String steps(String plan) {
        return plan.lines()
                .filter(line -> !line.startsWith(HostPlan.DIFFERENCE))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
