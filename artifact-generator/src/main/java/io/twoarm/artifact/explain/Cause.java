package io.twoarm.artifact.explain;

import io.twoarm.model.ObjectPath;
import io.twoarm.model.project.FieldMeaning;
import io.twoarm.model.project.Variants;
import java.util.Optional;

/**
 * Something of the design that a line follows from.
 *
 * @param object where it stands in the project file
 * @param kind whether the line follows from its value, its name, or from its being there
 * @param lines how many lines of the host's files follow from it; fewer are nearer to the point
 */
public record Cause(ObjectPath object, Variants.Kind kind, int lines) {

    /** What the field is for; empty for objects as a whole. */
    public Optional<String> meaning() {
        return FieldMeaning.of(object);
    }

    /** Such as {@code virtualServices.web.scheduler: How realservers are chosen.} */
    public String text() {
        String how = switch (kind) {
            case VALUE -> "";
            case NAME -> " (its name)";
            case ABSENCE -> " (that it is there)";
        };
        return object + how + meaning().map(it -> ": " + it).orElse("");
    }
}
