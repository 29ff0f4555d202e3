package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.viewmodel.CodeLine.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodeLineTest {
    @Test
    void aChangedLineIsTheFormerAndTheNewOneEachWithItsNumber() {
        assertThat(CodeLine.compare("a\nb\nc\n", "a\nB\nc\nd\n"))
                .containsExactly(
                        new CodeLine(Change.SAME, 1, "a"),
                        new CodeLine(Change.REMOVED, 2, "b"),
                        new CodeLine(Change.ADDED, 2, "B"),
                        new CodeLine(Change.SAME, 3, "c"),
                        new CodeLine(Change.ADDED, 4, "d"));
    }

    @Test
    void withoutTheRemovedLinesItIsTheNewTextAndWithoutTheAddedTheFormer() {
        String before = "one\ntwo\nthree\nfour";
        String now = "zero\ntwo\nfour\nfive";
        List<CodeLine> lines = CodeLine.compare(before, now);

        assertThat(lines)
                .filteredOn(line -> line.change() != Change.REMOVED)
                .extracting(CodeLine::text)
                .containsExactly("zero", "two", "four", "five");
        assertThat(lines)
                .filteredOn(line -> line.change() != Change.ADDED)
                .extracting(CodeLine::text)
                .containsExactly("one", "two", "three", "four");
    }

    @Test
    void aUnifiedDiffKeepsItsHeads() {
        assertThat(CodeLine.ofUnifiedDiff(List.of("--- a", "+++ b", "@@ -1 +1 @@", "-x", "+y", " z")))
                .extracting(CodeLine::change)
                .containsExactly(Change.SAME, Change.SAME, Change.SAME, Change.REMOVED, Change.ADDED, Change.SAME);
    }
}
