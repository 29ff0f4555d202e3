package io.twoarm.desktop.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.layout.LayoutRequest.Box;
import io.twoarm.desktop.layout.LayoutRequest.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoomTest {
    private static final Map<String, Point> PLACES = Map.of(
            "wan", new Point(0, 0),
            "director", new Point(0, 120),
            "lan", new Point(0, 240),
            "rs", new Point(0, 340),
            "client", new Point(300, 120));

    @Test
    void whatLiesBehindACardThatGrewGoesAwayFromItOnBothSides() {
        Map<String, Point> roomy = Room.made(drawn(100, 200, 60), drawn(180, 200, 60), PLACES);

        assertThat(roomy.get("director")).isEqualTo(new Point(0, 120));
        assertThat(roomy.get("wan")).isEqualTo(new Point(0, -30));
        assertThat(roomy.get("lan")).isEqualTo(new Point(0, 270));
        assertThat(roomy.get("rs")).as("and everything beyond goes with it").isEqualTo(new Point(0, 370));
        assertThat(roomy.get("client")).isEqualTo(new Point(300, 120));
    }

    @Test
    void longerTextsAtALinkPushItsOtherEnd() {
        Map<String, Point> roomy = Room.made(drawn(100, 200, 60), drawn(100, 200, 95), PLACES);

        assertThat(roomy.get("lan").y() - roomy.get("director").y()).isGreaterThanOrEqualTo(50 + 95);
    }

    @Test
    void aCardThatBecomesWiderPushesItsNeighbour() {
        Map<String, Point> roomy = Room.made(drawn(100, 200, 60), drawn(100, 440, 60), PLACES);

        assertThat(roomy.get("client").x()).isGreaterThanOrEqualTo(220 + 100);
    }

    @Test
    void figuresThatPeoplePutCloseTogetherStayThereWhenNothingGrows() {
        Map<String, Point> tight = Map.of("wan", new Point(0, 60), "director", new Point(0, 120));

        assertThat(Room.made(drawn(100, 200, 60), drawn(100, 200, 60), tight)).isEqualTo(tight);
        assertThat(Room.made(drawn(100, 200, 60), drawn(80, 150, 40), tight)).isEqualTo(tight);
    }

    private static LayoutRequest drawn(double height, double width, double texts) {
        return new LayoutRequest(
                List.of(
                        new Box("wan", 20, 0),
                        new Box("director", width, height),
                        new Box("lan", 20, 0),
                        new Box("rs", 200, 60),
                        new Box("client", 200, 60)),
                List.of(
                        new Connection("wan", "director", 80, 60),
                        new Connection("director", "lan", 80, texts),
                        new Connection("lan", "rs", 80, 40)));
    }
}
