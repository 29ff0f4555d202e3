package io.twoarm.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an object or field stands in a topology: the keys of the project file from the top down.
 *
 * <p>As text it is {@code hosts.rs1.ports.eth0.addresses[0]}. A key that holds anything but ASCII letters, digits,
 * underscores and hyphens stands in quotes: {@code hosts.rs1.ports."eth0.100"}.
 */
public record ObjectPath(List<Step> steps) {
    /** The topology itself. */
    public static final ObjectPath ROOT = new ObjectPath(List.of());

    private static final Pattern STEP =
            Pattern.compile("\\G(?:\\.?(?:([A-Za-z0-9_-]+)|\"((?:[^\"\\\\]|\\\\.)*)\")|\\[([0-9]{1,9})\\])");

    public ObjectPath {
        steps = List.copyOf(steps);
    }

    /** One step down. */
    public sealed interface Step {
        /** Into a mapping. */
        record Key(String name) implements Step {}

        /** Into a sequence; the first entry is 0. */
        record Index(int position) implements Step {}
    }

    /** Starts at the top with keys. */
    public static ObjectPath of(String... keys) {
        ObjectPath path = ROOT;
        for (String key : keys) {
            path = path.key(key);
        }
        return path;
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static ObjectPath parse(String text) {
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(text);
        int end = 0;
        while (matcher.find()) {
            end = matcher.end();
            if (matcher.group(3) != null) {
                steps.add(new Step.Index(Integer.parseInt(matcher.group(3))));
            } else if (matcher.group(2) != null) {
                steps.add(new Step.Key(matcher.group(2).replaceAll("\\\\(.)", "$1")));
            } else {
                steps.add(new Step.Key(matcher.group(1)));
            }
        }
        ObjectPath path = new ObjectPath(steps);
        if (end != text.length() || !path.toString().equals(text)) {
            throw new IllegalArgumentException("\"" + text + "\" is not the path of an object");
        }
        return path;
    }

    public ObjectPath key(String name) {
        return child(new Step.Key(name));
    }

    public ObjectPath index(int position) {
        return child(new Step.Index(position));
    }

    /** One step up; empty at the top. */
    public Optional<ObjectPath> parent() {
        return steps.isEmpty() ? Optional.empty() : Optional.of(new ObjectPath(steps.subList(0, steps.size() - 1)));
    }

    /** Whether this is the other place or lies below it. */
    public boolean isWithin(ObjectPath other) {
        return steps.size() >= other.steps.size()
                && steps.subList(0, other.steps.size()).equals(other.steps);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            switch (step) {
                case Step.Key(String name) ->
                    text.append(text.isEmpty() ? "" : ".").append(quoted(name));
                case Step.Index(int position) ->
                    text.append('[').append(position).append(']');
            }
        }
        return text.toString();
    }

    private ObjectPath child(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new ObjectPath(longer);
    }

    /** Told without a pattern, because paths are made by the thousand where a large topology is drawn. */
    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char at = name.charAt(i);
            boolean plain = at >= 'a' && at <= 'z'
                    || at >= 'A' && at <= 'Z'
                    || at >= '0' && at <= '9'
                    || at == '_'
                    || at == '-';
            if (!plain) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static String quoted(String name) {
        return isPlain(name) ? name : "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
