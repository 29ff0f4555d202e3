package io.twoarm.model.project;

import io.twoarm.model.InvalidLiteralException;
import io.twoarm.model.Name;
import io.twoarm.model.NearestWord;
import io.twoarm.model.ObjectPath;
import io.twoarm.model.SourceMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The fields of one mapping. Making it already reports keys that are unknown, missing or doubled. */
final class Fields {
    /** Lets the rest of an object be judged when its name is not one; nothing is built from it. */
    private static final String STAND_IN = "unnamed";

    private static final Pattern SECRET = Pattern.compile(
            "passw(or)?d|passphrase|secret|private.?key|credential|token|^pass$|^pw$", Pattern.CASE_INSENSITIVE);

    private final Field owner;
    private final ReadingLog log;
    private final int findingsBefore;
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final Map<String, SourceMap.Position> keyPositions = new LinkedHashMap<>();

    /** A mapping whose keys are names. */
    Fields(Field owner) {
        this.owner = owner;
        this.log = owner.log();
        this.findingsBefore = log.size();
        collect();
    }

    /** A mapping whose keys are known. */
    Fields(Field owner, List<String> allowed, Map<String, String> required) {
        this(owner);
        if (!(owner.node() instanceof MappingNode)) {
            owner.wrongType("a mapping");
            return;
        }
        fields.forEach((key, field) -> checkKnown(key, allowed));
        required.forEach(this::checkPresent);
    }

    <T> Value<T> field(String key, Function<Field, Value<T>> reader) {
        Field field = fields.get(key);
        return field == null ? Value.missing() : reader.apply(field);
    }

    <T> Value<List<T>> named(Field.NamedReader<T> reader) {
        List<T> values = new ArrayList<>();
        fields.forEach((name, field) -> {
            String usable = name;
            try {
                Name.check(name);
            } catch (InvalidLiteralException e) {
                log.error(ReadingRule.INVALID_VALUE, keyPositions.get(name), field.path(), e.getMessage(), e.fix());
                usable = STAND_IN;
            }
            reader.read(usable, field).optional().ifPresent(values::add);
        });
        return Value.of(values);
    }

    /**
     * Builds the object, if nothing of it was found to be broken. A complaint of its constructor is about the object as
     * a whole and becomes a finding.
     */
    <T> Value<T> build(Supplier<T> constructor) {
        if (log.size() > findingsBefore) {
            return Value.missing();
        }
        try {
            return Value.of(constructor.get());
        } catch (InvalidLiteralException e) {
            log.error(ReadingRule.INVALID_VALUE, ownerPosition(), owner.path(), e.getMessage(), e.fix());
            return Value.missing();
        }
    }

    private void collect() {
        if (!(owner.node() instanceof MappingNode mapping)) {
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                log.error(
                        ReadingRule.WRONG_TYPE,
                        ReadingLog.position(tuple.getKeyNode()),
                        owner.path(),
                        "a key is a list or a mapping; allowed is a plain word.",
                        "Write key: value.");
                continue;
            }
            String key = keyNode.getValue();
            SourceMap.Position position = ReadingLog.position(keyNode);
            ObjectPath path = owner.path().key(key);
            SourceMap.Position first = keyPositions.putIfAbsent(key, position);
            if (first == null) {
                Node value = tuple.getValueNode();
                log.locate(path, value instanceof ScalarNode ? ReadingLog.position(value) : position);
                fields.put(key, new Field(log, path, value));
            } else {
                log.error(
                        ReadingRule.DUPLICATE_KEY,
                        position,
                        path,
                        "\"" + key + "\" stands here and in line " + first.line() + "; allowed is once per mapping,"
                                + " because one would hide the other.",
                        "Rename or remove one of the two.");
            }
        }
    }

    private void checkKnown(String key, List<String> allowed) {
        if (allowed.contains(key)) {
            return;
        }
        if (SECRET.matcher(key).find()) {
            log.error(
                    ReadingRule.SECRET_IN_PROJECT,
                    keyPositions.get(key),
                    fields.get(key).path(),
                    "\"" + key
                            + "\" would be a secret in a file that many read and that version control keeps for ever;"
                            + " a project never holds one.",
                    "Remove it here and change it on the host. Store the new one in the keyring: twoarm secret set --help.");
        } else {
            log.error(
                    ReadingRule.UNKNOWN_KEY,
                    keyPositions.get(key),
                    fields.get(key).path(),
                    "\"" + key + "\" has no meaning in " + owner.label() + "; allowed here is "
                            + String.join(", ", allowed) + ".",
                    NearestWord.question(key, unused(allowed)) + "Correct or remove it.");
        }
    }

    private List<String> unused(List<String> allowed) {
        return allowed.stream().filter(key -> !fields.containsKey(key)).toList();
    }

    private void checkPresent(String key, String example) {
        if (!fields.containsKey(key)) {
            log.error(
                    ReadingRule.MISSING_KEY,
                    ownerPosition(),
                    owner.path(),
                    owner.label() + " has no \"" + key + "\", which is required.",
                    "Add it, such as: " + key + ": " + example);
        }
    }

    /** Where the object's own key stands, so that a finding about the whole object points at its name. */
    private SourceMap.Position ownerPosition() {
        Optional<SourceMap.Position> known = log.positionOf(owner.path());
        return known.orElseGet(owner::position);
    }
}
