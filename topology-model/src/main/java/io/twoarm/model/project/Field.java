package io.twoarm.model.project;

import io.twoarm.model.InvalidLiteralException;
import io.twoarm.model.NearestWord;
import io.twoarm.model.ObjectPath;
import io.twoarm.model.Range;
import io.twoarm.model.SourceMap;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One value in the file, with its path, read as what its key takes. */
record Field(ReadingLog log, ObjectPath path, Node node) {

    Value<String> text() {
        return literal(Function.identity());
    }

    /** A text that a parser turns into a value; the parser's complaint becomes a finding. */
    <T> Value<T> literal(Function<String, T> parser) {
        if (!(node instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.STR)) {
            return wrongType("a text");
        }
        try {
            return Value.of(parser.apply(scalar.getValue()));
        } catch (InvalidLiteralException e) {
            return invalid(e.getMessage(), e.fix());
        }
    }

    Value<Integer> integer(Range range) {
        if (!(node instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.INT)) {
            return wrongType("a whole number from " + range);
        }
        BigInteger value = new BigInteger(scalar.getValue());
        if (value.bitLength() > 31 || !range.contains(value.intValue())) {
            return invalid(
                    label() + " is " + value + "; allowed is " + range + ".", "Write a number from " + range + ".");
        }
        return Value.of(value.intValue());
    }

    Value<Double> coordinate() {
        boolean number = node instanceof ScalarNode scalar
                && (scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT));
        if (!number) {
            return wrongType("a number");
        }
        String digits = ((ScalarNode) node).getValue();
        try {
            double value = new BigDecimal(digits).doubleValue();
            if (Double.isFinite(value)) {
                return Value.of(value);
            }
        } catch (NumberFormatException notADecimalNumber) {
            // .inf and .nan are numbers to YAML, but no coordinates
        }
        return invalid(label() + " is " + digits + ", which is no coordinate.", "Write a decimal number.");
    }

    Value<Boolean> truth() {
        if (!(node instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.BOOL)) {
            return wrongType("true or false");
        }
        return Value.of(scalar.getValue().equals("true"));
    }

    /** One of an enumeration's constants in lower case. */
    <E extends Enum<E>> Value<E> word(Class<E> type) {
        List<String> allowed = words(type);
        return literal(text -> {
            int index = allowed.indexOf(text);
            if (index < 0) {
                throw notAmong(text, allowed);
            }
            return type.getEnumConstants()[index];
        });
    }

    /** The complaint about a word that is not among the allowed ones. */
    InvalidLiteralException notAmong(String found, List<String> allowed) {
        return new InvalidLiteralException(
                label() + " is \"" + found + "\"; allowed is " + String.join(", ", allowed) + ".",
                NearestWord.question(found, allowed) + "Write one of: " + String.join(", ", allowed) + ".");
    }

    private static List<String> words(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Field::wordOf).toList();
    }

    static String wordOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    <T> Value<List<T>> list(Function<Field, Value<T>> reader) {
        if (!(node instanceof SequenceNode sequence)) {
            return wrongType("a list");
        }
        List<T> values = new ArrayList<>();
        for (int i = 0; i < sequence.getValue().size(); i++) {
            Node item = sequence.getValue().get(i);
            ObjectPath itemPath = path.index(i);
            log.locate(itemPath, ReadingLog.position(item));
            reader.apply(new Field(log, itemPath, item)).optional().ifPresent(values::add);
        }
        return Value.of(values);
    }

    /** The value as an object; when it is none, that is in the log, and the object is empty. */
    Fields object(Shape shape) {
        return new Fields(this, shape.keys(), shape.required());
    }

    /** The value as an object whose kind could not be read: any key of the kinds is taken, none is required. */
    Fields objectOfUnknownKind(Shape... kinds) {
        List<String> keys = Arrays.stream(kinds)
                .map(Shape::keys)
                .flatMap(List::stream)
                .distinct()
                .toList();
        return new Fields(this, keys, Map.of());
    }

    /** The key that decides of what kind an object is; when it is missing or wrong, that is in the log. */
    <E extends Enum<E>> Optional<E> kind(String key, Class<E> type) {
        Optional<Node> node = scalarKey(key);
        if (node.isEmpty()) {
            if (this.node instanceof MappingNode) {
                String words = String.join(", ", words(type));
                log.error(
                        ReadingRule.MISSING_KEY,
                        log.positionOf(path).orElseGet(this::position),
                        path,
                        label() + " has no \"" + key + "\", which is required.",
                        "Add " + key + ": with one of " + words + ".");
            }
            return Optional.empty();
        }
        return new Field(log, path.key(key), node.get()).word(type).optional();
    }

    private Optional<Node> scalarKey(String key) {
        if (!(node instanceof MappingNode mapping)) {
            return Optional.empty();
        }
        return mapping.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    /** The value as a mapping from names to objects of one kind. */
    <T> Value<List<T>> named(NamedReader<T> reader) {
        if (!(node instanceof MappingNode)) {
            return wrongType("a mapping from names to entries");
        }
        return new Fields(this).named(reader);
    }

    /** Reads the object that stands under a name. */
    interface NamedReader<T> {
        Value<T> read(String name, Field field);
    }

    <T> Value<T> invalid(String message, String fix) {
        log.error(ReadingRule.INVALID_VALUE, position(), path, message, fix);
        return Value.missing();
    }

    <T> Value<T> wrongType(String allowed) {
        String fix = allowed.equals("a text")
                        && node instanceof ScalarNode scalar
                        && !scalar.getTag().equals(Tag.NULL)
                ? "Put the value in quotes: \"" + scalar.getValue() + "\"."
                : "Write " + allowed + ".";
        log.error(
                ReadingRule.WRONG_TYPE,
                position(),
                path,
                label() + " is " + found() + "; allowed is " + allowed + ".",
                fix);
        return Value.missing();
    }

    SourceMap.Position position() {
        return ReadingLog.position(node);
    }

    String label() {
        return path.steps().isEmpty() ? "the file" : path.toString();
    }

    private String found() {
        return switch (node) {
            case MappingNode mapping -> "a mapping";
            case SequenceNode sequence -> "a list";
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "nothing";
            case ScalarNode scalar when scalar.getTag().equals(Tag.STR) -> "the text \"" + scalar.getValue() + "\"";
            case ScalarNode scalar when scalar.getTag().equals(Tag.BOOL) -> scalar.getValue();
            case ScalarNode scalar -> "the number " + scalar.getValue();
            default -> "something else";
        };
    }
}
