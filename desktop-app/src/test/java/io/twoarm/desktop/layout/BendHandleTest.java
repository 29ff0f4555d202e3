package io.twoarm.desktop.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.layout.Wiring.Course;
import io.twoarm.model.project.LinkShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class BendHandleTest {
    private static final LinkLine BENT = LinkLine.through(List.of(new Point(300, 200), new Point(400, 260)));
    private static final LinkLine STEPPED =
            new LinkLine(LinkShape.ORTHOGONAL, List.of(new Point(300, 200), new Point(400, 260)));

    @Test
    void everyBendHasAHandleWhereItIs() {
        List<BendHandle> handles = BendHandle.of(course(BENT), BENT);

        assertThat(handles).extracting(BendHandle::place).containsExactlyElementsOf(BENT.bends());
        assertThat(BendHandle.of(course(LinkLine.STRAIGHT), LinkLine.STRAIGHT)).isEmpty();
    }

    @Test
    void aLinkThatIsGrabbedGetsABendBetweenThoseOnEitherSide() {
        Point at = new Point(350, 231);

        BendHandle made = BendHandle.at(course(BENT), BENT, at).orElseThrow();

        assertThat(made.index()).isEqualTo(1);
        assertThat(made.dragged(new Point(350, 150)).bends())
                .containsExactly(new Point(300, 200), new Point(350, 150), new Point(400, 260));
    }

    @Test
    void aStraightLinkThatIsGrabbedIsBent() {
        BendHandle made = BendHandle.at(course(LinkLine.STRAIGHT), LinkLine.STRAIGHT, new Point(101, 200))
                .orElseThrow();

        assertThat(made.dropped(new Point(180, 210))).isEqualTo(LinkLine.through(List.of(new Point(180, 210))));
        assertThat(made.dropped(new Point(104, 210))).as("let go on the line").isEqualTo(LinkLine.STRAIGHT);
    }

    @Test
    void aBendThatIsDroppedOnTheLineOfItsNeighboursIsGone() {
        LinkLine three = LinkLine.through(List.of(new Point(300, 200), new Point(0, 0), new Point(400, 260)));
        BendHandle middle = new BendHandle(course(three), three, 1);

        assertThat(middle.dropped(new Point(351, 229))).isEqualTo(BENT);
        assertThat(middle.onLine(new Point(351, 229))).contains(new Point(350, 230));
        assertThat(middle.dropped(new Point(351, 260)).bends()).hasSize(3);
        assertThat(middle.removed()).contains(BENT);
    }

    @Test
    void theLastBendIsGoneWhenItIsDroppedUnderTheOneBefore() {
        BendHandle last = new BendHandle(course(BENT), BENT, 1);

        assertThat(last.dropped(new Point(303, 280))).isEqualTo(LinkLine.through(List.of(new Point(300, 200))));
        assertThat(last.dropped(new Point(320, 280)).bends()).hasSize(2);
    }

    @Test
    void legsMoveAcrossThemselves() {
        List<BendHandle> legs = BendHandle.of(course(STEPPED), STEPPED);
        assertThat(legs).hasSize(5);

        assertThat(legs.get(1).isLevel()).isTrue();
        assertThat(legs.get(1).dragged(new Point(7, 180)).bends())
                .containsExactly(new Point(300, 180), new Point(400, 260));
        assertThat(legs.get(2).dragged(new Point(330, 7)).bends())
                .containsExactly(new Point(330, 200), new Point(400, 260));
        assertThat(legs.get(4).dragged(new Point(500, 7)).bends())
                .containsExactly(new Point(300, 200), new Point(500, 260));
    }

    @Test
    void theLegAtThePortStepsAsideBehindTheTextsAndThePortStays() {
        BendHandle leg = BendHandle.of(course(STEPPED), STEPPED).getFirst();

        assertThat(leg.dragged(new Point(150, 7)).bends())
                .containsExactly(new Point(150, 165), new Point(300, 200), new Point(400, 260));
        assertThat(leg.dropped(new Point(102, 7))).as("no step of two pixels").isEqualTo(STEPPED);
    }

    @Test
    void legsThatComeIntoLineBecomeOne() {
        List<BendHandle> legs = BendHandle.of(course(STEPPED), STEPPED);

        assertThat(legs.get(2).dropped(new Point(398, 7)).bends()).containsExactly(new Point(398, 200));
        assertThat(legs.get(3).dropped(new Point(7, 202)).bends()).containsExactly(new Point(400, 202));
        assertThat(legs.get(1).removed().orElseThrow().bends()).containsExactly(new Point(400, 260));
        assertThat(legs.get(0).removed()).isEmpty();
    }

    @Test
    void aWayThatWasFoundIsKeptWhenItIsDragged() {
        LinkLine free = new LinkLine(LinkShape.ORTHOGONAL, List.of());
        Course found = new Wiring(
                        List.of(new Wiring.Box("host", new Point(100, 100), 200, 60)),
                        List.of(new Wiring.Segment("end", new Point(600, 400), 180, 80)))
                .plan(List.of(new Wiring.Link("link", "host", "end", 50, 40, free)))
                .courses()
                .get("link");
        BendHandle level = BendHandle.of(found, free).get(1);

        assertThat(level.isLevel()).isTrue();
        assertThat(level.dragged(new Point(7, 300)).bends())
                .containsExactly(new Point(found.atSegment().x(), 300));
        assertThat(BendHandle.bendsToStartWith(found, free)).hasSize(2);
        assertThat(BendHandle.bendsToStartWith(course(LinkLine.STRAIGHT), LinkLine.STRAIGHT))
                .containsExactly(new Point(100, 265));
    }

    private static Course course(LinkLine line) {
        return new Wiring(
                        List.of(new Wiring.Box("host", new Point(100, 100), 200, 60)),
                        List.of(new Wiring.Segment("wire", new Point(0, 400), 0, 0)))
                .plan(List.of(new Wiring.Link("link", "host", "wire", 50, 40, line)))
                .courses()
                .get("link");
    }
}
