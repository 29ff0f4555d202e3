package io.twoarm.model.project;

import java.math.BigInteger;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The format version at the top of a project's file.
 *
 * <p>It is looked at before anything else: in a file of another version, unknown keys would only distract.
 */
final class FormatVersion {
    private FormatVersion() {}

    /** Whether to read on; otherwise the log has the reason. A missing version is left to be found as a missing key. */
    static boolean isSupported(Field root, String key) {
        if (!(root.node() instanceof MappingNode mapping)) {
            return true;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
                return isSupported(new Field(root.log(), root.path().key(key), tuple.getValueNode()));
            }
        }
        return true;
    }

    private static boolean isSupported(Field version) {
        if (!(version.node() instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.INT)) {
            version.wrongType("the whole number " + ProjectFiles.FORMAT_VERSION);
            return false;
        }
        if (new BigInteger(scalar.getValue()).equals(BigInteger.valueOf(ProjectFiles.FORMAT_VERSION))) {
            return true;
        }
        version.log()
                .error(
                        ReadingRule.UNSUPPORTED_VERSION,
                        version.position(),
                        version.path(),
                        "the file has format version " + scalar.getValue() + "; this TwoArm reads version "
                                + ProjectFiles.FORMAT_VERSION + ".",
                        "Use the TwoArm that wrote the file, or a newer one.");
        return false;
    }
}
