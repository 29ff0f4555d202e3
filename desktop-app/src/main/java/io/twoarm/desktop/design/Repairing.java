package io.twoarm.desktop.design;

import io.twoarm.model.Finding;
import io.twoarm.model.SourceMap;
import io.twoarm.model.Topology;
import io.twoarm.model.lint.Fix;
import io.twoarm.model.lint.Lint;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes problems out of designs by the changes that lint knows for them. */
public final class Repairing {
    /** So that two rules that undo each other's work cannot go on for ever. */
    private static final int MOST_REPAIRS = 1000;

    private Repairing() {}

    /** A design without the problems that a program can repair, and how many steps that took. */
    public record Repaired(Design design, int repairs) {}

    /** The fixes for a topology, from the top of its file to its end. */
    private static List<Fix> fixes(Topology topology) {
        return Lint.fixes(topology, SourceMap.NONE);
    }

    /** The fix for a finding that may be older than the topology; empty when the finding no longer holds. */
    public static Optional<Fix> fixFor(List<Fix> fixes, Finding finding) {
        return fixes.stream().filter(fix -> same(fix.finding(), finding)).findFirst();
    }

    /** Whether both say the same about the same object, wherever that stands in a file. */
    private static boolean same(Finding one, Finding other) {
        return one.rule().equals(other.rule())
                && one.place().object().equals(other.place().object())
                && one.message().equals(other.message());
    }

    /** The design with one problem less; the design itself when the finding no longer holds. */
    public static Design repair(Design design, Finding finding) {
        return fixFor(fixes(design.topology()), finding)
                .map(fix -> design.with(fix.change().applyTo(design.topology())))
                .orElse(design);
    }

    /** Repairs one problem after the other, because a repair can make the next one possible or needless. */
    public static Repaired repairAll(Design design) {
        Topology topology = design.topology();
        Set<Topology> seen = new HashSet<>(Set.of(topology));
        int repairs = 0;
        while (repairs < MOST_REPAIRS) {
            Optional<Fix> next = fixes(topology).stream().findFirst();
            if (next.isEmpty()) {
                break;
            }
            topology = next.get().change().applyTo(topology);
            repairs++;
            if (!seen.add(topology)) {
                break;
            }
        }
        return new Repaired(design.with(topology), repairs);
    }
}
