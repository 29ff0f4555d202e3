package io.twoarm.model.lint;

import io.twoarm.model.Finding.Severity;
import io.twoarm.model.ObjectPath;
import io.twoarm.model.Topology;
import io.twoarm.model.change.Change;
import java.util.Optional;

/**
 * One thing that lint looks for.
 *
 * @param id stable identifier, lower-case words joined by hyphens
 * @param sentence what holds in a good design
 * @param reason why, as the sentence that ends every message of the rule
 */
public record LintRule(String id, Severity severity, String sentence, String reason, Check check) {

    /** Where the rule is explained, relative to the documentation's folder. */
    public String documentation() {
        return "lint-rules.md#" + id;
    }

    /** Looks at a whole topology. */
    @FunctionalInterface
    public interface Check {
        void look(Topology topology, Report report);
    }

    /** Takes what a check found. */
    @FunctionalInterface
    public interface Report {
        /**
         * @param at the object or field
         * @param found what was found and, where it is not plain, what is allowed; one sentence without a full stop
         * @param fix what to do, as an instruction
         */
        default void add(ObjectPath at, String found, String fix) {
            add(at, found, fix, Optional.empty());
        }

        /** The same, with a change that repairs it. */
        default void add(ObjectPath at, String found, String fix, Change<?> change) {
            add(at, found, fix, Optional.of(change));
        }

        /** @param change what the fix says, if a program can do it */
        void add(ObjectPath at, String found, String fix, Optional<Change<?>> change);
    }

    static LintRule error(String id, String sentence, String reason, Check check) {
        return new LintRule(id, Severity.ERROR, sentence, reason, check);
    }

    static LintRule warning(String id, String sentence, String reason, Check check) {
        return new LintRule(id, Severity.WARNING, sentence, reason, check);
    }

    static LintRule note(String id, String sentence, String reason, Check check) {
        return new LintRule(id, Severity.NOTE, sentence, reason, check);
    }
}
