package io.twoarm.config.keepalived;

import io.twoarm.config.ConfigFile;
import io.twoarm.config.ConfigFinding;
import io.twoarm.config.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A {@code keepalived.conf} that was read.
 *
 * @param tree the whole text
 * @param conf what it says; statements that could not be read are missing
 * @param findings everything wrong or doubtful, in the order of the file
 */
public record KeepalivedFile(SyntaxTree tree, KeepalivedConf conf, List<ConfigFinding> findings) {

    public KeepalivedFile {
        findings = List.copyOf(findings);
    }

    /** Reads any text; what is wrong with it becomes findings. */
    public static KeepalivedFile parse(String text) {
        SyntaxTree tree = SyntaxTree.parse(ConfigFile.KEEPALIVED, text);
        Report report = new Report();
        KeepalivedConf conf = new KeepalivedReader(report).read(tree);
        ServiceRules.check(conf, report);
        List<ConfigFinding> findings = new ArrayList<>(tree.findings());
        findings.addAll(report.findings());
        findings.sort(Comparator.comparingInt(ConfigFinding::line).thenComparingInt(ConfigFinding::column));
        return new KeepalivedFile(tree, conf, findings);
    }
}
