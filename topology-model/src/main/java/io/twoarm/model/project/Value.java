package io.twoarm.model.project;

import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A field's value while its object is being read: present, absent, or broken with the reason in the log.
 *
 * <p>Broken and absent look alike on purpose: objects are built only when nothing is broken.
 */
final class Value<T> {
    private final Optional<T> content;

    private Value(Optional<T> content) {
        this.content = content;
    }

    static <T> Value<T> of(T content) {
        return new Value<>(Optional.of(content));
    }

    static <T> Value<T> missing() {
        return new Value<>(Optional.empty());
    }

    /** The value of a required field. */
    T get() {
        return content.orElseThrow(() -> new NoSuchElementException("built although a field is missing"));
    }

    T orElse(T fallback) {
        return content.orElse(fallback);
    }

    Optional<T> optional() {
        return content;
    }
}
