package io.twoarm.config.dpvs;

import io.twoarm.config.ConfigFile;
import io.twoarm.config.ConfigFinding;
import io.twoarm.config.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A {@code dpvs.conf} that was read.
 *
 * @param tree the whole text
 * @param conf what it says; where a value could not be read, its default stands
 * @param findings everything wrong or doubtful, in the order of the file
 */
public record DpvsFile(SyntaxTree tree, DpvsConf conf, List<ConfigFinding> findings) {

    public DpvsFile {
        findings = List.copyOf(findings);
    }

    /** Reads any text; what is wrong with it becomes findings. */
    public static DpvsFile parse(String text) {
        SyntaxTree tree = SyntaxTree.parse(ConfigFile.DPVS, text);
        List<ConfigFinding> findings = new ArrayList<>(tree.findings());
        DpvsConf conf = new DpvsReader(findings).read(tree);
        findings.addAll(WorkerRules.check(conf));
        findings.addAll(BondingRules.check(conf));
        findings.addAll(VlanRules.check(conf));
        findings.addAll(SiitRules.check(conf, tree));
        findings.addAll(Nat64Rules.check(conf, tree));
        findings.sort(Comparator.comparingInt(ConfigFinding::line).thenComparingInt(ConfigFinding::column));
        return new DpvsFile(tree, conf, findings);
    }
}
