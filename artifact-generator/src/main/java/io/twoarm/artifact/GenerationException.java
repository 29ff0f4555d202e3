package io.twoarm.artifact;

import java.util.List;

/** A topology from which no artifacts can be made. A topology without lint errors does not cause it. */
public final class GenerationException extends RuntimeException {
    private final String object;
    private final List<String> details;

    /**
     * @param object the object and field at fault, such as {@code virtualServices.web.port}
     * @param message what was found and what is needed
     */
    public GenerationException(String object, String message) {
        this(object, message, List.of());
    }

    /** @param details more lines for people */
    public GenerationException(String object, String message, List<String> details) {
        super(object + ": " + message + (details.isEmpty() ? "" : "\n" + String.join("\n", details)));
        this.object = object;
        this.details = List.copyOf(details);
    }

    /** The object and field at fault. */
    public String object() {
        return object;
    }

    public List<String> details() {
        return details;
    }
}
