package io.twoarm.config.dpvs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Values of keywords, with their fallbacks. Holds only what was set; immutable. */
public final class Settings {
    public static final Settings EMPTY = new Settings(Map.of());

    /** By path, because a path is all that tells settings apart. */
    private final Map<String, Object> values;

    private Settings(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * The same settings with one more value, or another one. A {@link ValueKind.Flag} that is false and an empty list
     * are what no line in the file says, so they are not set.
     */
    public <T> Settings with(Setting<T> setting, T value) {
        Map<String, Object> more = new HashMap<>(values);
        boolean off = setting.kind() instanceof ValueKind.Flag && Boolean.FALSE.equals(value);
        if (off || List.of().equals(value)) {
            more.remove(setting.path());
        } else {
            more.put(setting.path(), value);
        }
        return new Settings(Map.copyOf(more));
    }

    /** The same settings without a value for this one. */
    public Settings without(Setting<?> setting) {
        Map<String, Object> fewer = new HashMap<>(values);
        fewer.remove(setting.path());
        return new Settings(Map.copyOf(fewer));
    }

    /** The value in effect: the one that was set, else the fallback. */
    public <T> T get(Setting<T> setting) {
        return find(setting)
                .or(setting::fallback)
                .orElseThrow(() -> new NoSuchElementException(setting.path() + " is not set and has no default"));
    }

    /** The value that was set. */
    @SuppressWarnings("unchecked")
    public <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable((T) values.get(setting.path()));
    }

    /** What was set, in the order of the keyword table. */
    public List<Setting<?>> present() {
        return DpvsKeywords.all().stream()
                .filter(setting -> values.containsKey(setting.path()))
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settings settings && values.equals(settings.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Settings[");
        present()
                .forEach(setting -> text.append(setting.path())
                        .append('=')
                        .append(values.get(setting.path()))
                        .append(' '));
        return text.toString().strip() + "]";
    }
}
