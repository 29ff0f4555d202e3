package io.twoarm.config.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.config.ConfigFile;
import io.twoarm.config.ConfigFinding;
import io.twoarm.config.syntax.Node.Statement;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyntaxTreeTest {

    @Test
    void statementsKnowTheirPlaceAndTheirWords() {
        SyntaxTree tree = dpvs("a {\n\n    <init> device dpdk0 { ! first\n        mtu 1500\n    }\n}\n");
        Statement device = tree.statements().getFirst().statements().getFirst();

        assertThat(tree.findings()).isEmpty();
        assertThat(device.keyword()).isEqualTo("device");
        assertThat(device.origin().line()).isEqualTo(3);
        assertThat(device.origin().column()).isEqualTo(12);
        assertThat(device.arguments()).extracting(Token::value).containsExactly("dpdk0");
        assertThat(device.statements().getFirst().words())
                .extracting(Token::value)
                .containsExactly("mtu", "1500");
    }

    @Test
    void dpvsTakesASignOfCommentOnlyAtTheStartOfAWord() {
        assertThat(words(dpvs("a b#c !d"))).containsExactly("a", "b#c");
    }

    @Test
    void keepalivedTakesASignOfCommentAnywhere() {
        assertThat(words(keepalived("a b#c d"))).containsExactly("a", "b");
    }

    @Test
    void quotesKeepBlanksAndSignsTogether() {
        assertThat(words(keepalived("router_id \"a # b\" c"))).containsExactly("router_id", "a # b", "c");
    }

    @Test
    void aQuoteWithoutEndIsFoundOnItsLine() {
        assertThat(rules(keepalived("a {\n  b \"c d\n}\n"))).containsExactly("unclosed-quote@2:5");
    }

    @Test
    void aMarkerGluedToItsKeywordIsFound() {
        assertThat(rules(dpvs("<init>device dpdk0 {\n}\n"))).containsExactly("glued-marker@1:1");
    }

    @Test
    void aMarkerAloneOnItsLineIsFound() {
        assertThat(rules(dpvs("a {\n  <init>\n}\n"))).containsExactly("marker-alone@2:3");
    }

    @Test
    void aMarkerWithoutEndIsFound() {
        assertThat(rules(dpvs("<init device\n"))).containsExactly("unclosed-marker@1:1");
    }

    @Test
    void keepalivedHasNoMarkers() {
        assertThat(words(keepalived("<init> a"))).containsExactly("<init>", "a");
    }

    @Test
    void aBlockOnOneLineIsFoundAndDoesNotSwallowWhatFollows() {
        SyntaxTree tree = dpvs("device dpdk0 {\n  rx { queue_number 8 rss all }\n  mtu 1500\n}\ndevice dpdk1 {\n}\n");

        assertThat(rules(tree)).containsExactly("one-line-block@2:6");
        assertThat(tree.statements()).extracting(Statement::keyword).containsExactly("device", "device");
        assertThat(tree.statements().getFirst().statements())
                .extracting(Statement::keyword)
                .containsExactly("rx", "mtu");
    }

    @Test
    void aBlockThatIsClosedAtTheEndOfAValueLineIsFoundAndClosed() {
        SyntaxTree tree = dpvs("rx {\n  queue_number 8 }\nmtu 1500\n");

        assertThat(rules(tree)).containsExactly("one-line-block@2:18");
        assertThat(tree.statements()).extracting(Statement::keyword).containsExactly("rx", "mtu");
    }

    @Test
    void anOpeningBraceOnALineOfItsOwnIsDoubtfulButOpensTheBlock() {
        SyntaxTree tree = dpvs("rx\n! why\n{\n  rss all\n}\n");

        assertThat(rules(tree)).containsExactly("brace-on-own-line@3:1");
        assertThat(tree.findings()).noneMatch(ConfigFinding::isError);
        assertThat(tree.statements()).hasSize(1);
        assertThat(tree.statements().getFirst().statements()).hasSize(1);
    }

    @Test
    void aBraceGluedToAWordIsFoundAndOpensTheBlock() {
        SyntaxTree tree = dpvs("rx{\n  rss all\n}\n");

        assertThat(rules(tree)).containsExactly("glued-brace@1:1");
        assertThat(tree.statements().getFirst().keyword()).isEqualTo("rx");
        assertThat(tree.statements().getFirst().statements()).hasSize(1);
    }

    @Test
    void aBraceThatClosesNothingIsFound() {
        assertThat(rules(dpvs("a {\n}\n}\n"))).containsExactly("stray-brace@3:1");
    }

    @Test
    void aBlockWithoutEndIsFoundWhereItStarts() {
        assertThat(rules(dpvs("a {\n  b {\n  c\n"))).containsExactly("unclosed-block@2:3", "unclosed-block@1:1");
    }

    @Test
    void wordsBehindAClosingBraceAreFound() {
        assertThat(rules(dpvs("a {\n} b\n"))).containsExactly("after-closing-brace@2:3");
    }

    @Test
    void aLineThatDpvsWouldCutIsFound() {
        String fits = "! " + "x".repeat(1021);

        assertThat(rules(dpvs(fits + "\n"))).isEmpty();
        assertThat(rules(dpvs("a\n" + fits + "y\n"))).containsExactly("long-line@2:1");
    }

    @Test
    void theLengthOfALineIsCountedInBytes() {
        assertThat(rules(dpvs("! " + "ü".repeat(511) + "\n"))).containsExactly("long-line@1:1");
    }

    @Test
    void aByteOrderMarkIsFound() {
        SyntaxTree tree = dpvs("\ufeffa b\n");

        assertThat(rules(tree)).containsExactly("byte-order-mark@1:1");
        assertThat(words(tree)).containsExactly("a", "b");
    }

    @Test
    void aHundredThousandNestedBlocksAreRefusedWithoutHarm() {
        String text = "a {\n".repeat(100_000) + "}\n".repeat(100_000);
        SyntaxTree tree = dpvs(text);

        assertThat(rules(tree)).containsExactly("too-deep@" + (SyntaxTree.DEEPEST_BLOCK + 1) + ":1");
        assertThat(tree.print()).isEqualTo(text);
    }

    @Test
    void timeGrowsNoFasterThanTheText() {
        for (String piece : List.of("\"", "\"a\" ", "<a", "{ ", "} ", "a\n{\n", "!x ", "a {\n}\n", "}\n")) {
            // Ten times the text takes about ten times as long; a square law would take a hundred times.
            assertThat(growth(piece)).as(piece).isLessThan(40);
        }
    }

    /** How many times longer ten times the text takes: the least of several trials, because other load disturbs some. */
    private static double growth(String piece) {
        double least = Double.MAX_VALUE;
        for (int trial = 0; trial < 5 && least >= 15; trial++) {
            long small = Math.max(cpuTime(piece.repeat(10_000)), 1_000_000);
            least = Math.min(least, (double) cpuTime(piece.repeat(100_000)) / small);
        }
        return least;
    }

    /** The least of several runs, in nanoseconds of this thread alone. */
    private static long cpuTime(String text) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int run = 0; run < 3; run++) {
            long start = threads.getCurrentThreadCpuTime();
            assertThat(SyntaxTree.parse(ConfigFile.DPVS, text).nodes()).isNotEmpty();
            least = Math.min(least, threads.getCurrentThreadCpuTime() - start);
        }
        return least;
    }

    private static SyntaxTree dpvs(String text) {
        return lossless(ConfigFile.DPVS, text);
    }

    private static SyntaxTree keepalived(String text) {
        return lossless(ConfigFile.KEEPALIVED, text);
    }

    private static SyntaxTree lossless(ConfigFile file, String text) {
        SyntaxTree tree = SyntaxTree.parse(file, text);
        assertThat(tree.print()).isEqualTo(text);
        return tree;
    }

    private static List<String> words(SyntaxTree tree) {
        return tree.statements().getFirst().words().stream().map(Token::value).toList();
    }

    private static List<String> rules(SyntaxTree tree) {
        return tree.findings().stream()
                .map(finding -> finding.rule() + "@" + finding.line() + ":" + finding.column())
                .toList();
    }
}
