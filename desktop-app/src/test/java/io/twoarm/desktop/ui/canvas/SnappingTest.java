package io.twoarm.desktop.ui.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.layout.Point;
import io.twoarm.desktop.ui.canvas.Snapping.Box;
import io.twoarm.desktop.ui.canvas.Snapping.Gap;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SnappingTest {
    private static Box box(double x, double y, double width) {
        return new Box(new Point(x, y), width, 40);
    }

    @Test
    void centresThatAreNearlyInLineComeIntoLine() {
        Snapping snapped = Snapping.near(box(104, 300, 50), List.of(box(100, 0, 200)));

        assertThat(snapped.at()).isEqualTo(new Point(100, 300));
        assertThat(snapped.x()).hasValue(100);
        assertThat(snapped.y()).isEmpty();
    }

    @Test
    void edgesThatAreNearlyInLineComeIntoLine() {
        Box other = box(200, 0, 200);

        Snapping left = Snapping.near(box(129, 300, 50), List.of(other));
        Snapping right = Snapping.near(box(271, 300, 50), List.of(other));

        assertThat(left.at().x()).as("both begin at 100").isEqualTo(125);
        assertThat(left.x()).hasValue(100);
        assertThat(right.at().x()).as("both end at 300").isEqualTo(275);
        assertThat(right.x()).hasValue(300);
    }

    @Test
    void aFigureBesideTwoOthersComesAsFarAwayAsTheyAreFromEachOther() {
        List<Box> row = List.of(box(50, 0, 100), box(180, 0, 100));

        Snapping after = Snapping.near(box(313, 15, 100), row);
        Snapping before = Snapping.near(box(-77, 15, 100), row);

        assertThat(after.at().x()).isEqualTo(310);
        assertThat(after.x()).isEqualTo(OptionalDouble.empty());
        assertThat(after.gaps())
                .containsExactly(
                        new Gap(new Point(100, 15), new Point(130, 15)),
                        new Gap(new Point(230, 15), new Point(260, 15)));
        assertThat(before.at().x()).isEqualTo(-80);
    }

    @Test
    void aFigureBetweenTwoOthersComesIntoTheirMiddle() {
        Snapping snapped = Snapping.near(box(205, 15, 60), List.of(box(50, 0, 100), box(350, 0, 100)));

        assertThat(snapped.at().x()).isEqualTo(200);
        assertThat(snapped.gaps())
                .containsExactly(
                        new Gap(new Point(100, 15), new Point(170, 15)),
                        new Gap(new Point(230, 15), new Point(300, 15)));
    }

    @Test
    void figuresOfAnotherRowAreNotNeighbours() {
        Snapping snapped = Snapping.near(box(205, 200, 60), List.of(box(50, 0, 100), box(350, 0, 100)));

        assertThat(snapped).isEqualTo(Snapping.none(new Point(205, 200)));
    }
}
