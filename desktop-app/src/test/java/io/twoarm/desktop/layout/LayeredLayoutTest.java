package io.twoarm.desktop.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.layout.LayoutRequest.Box;
import io.twoarm.desktop.layout.LayoutRequest.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayeredLayoutTest {
    private final AutomaticLayout layout = new LayeredLayout();

    @Test
    void whatIsNearerToTheClientsStandsHigher() {
        Map<String, Point> places = layout.place(farm(2));

        assertThat(places.get("client").y()).isLessThan(places.get("wire").y());
        assertThat(places.get("wire").y()).isLessThan(places.get("rs1").y());
    }

    @Test
    void theOrderOfTheFileIsTheOrderFromLeftToRight() {
        Map<String, Point> places = layout.place(farm(9));

        for (int i = 2; i <= 9; i++) {
            assertThat(places.get("rs" + (i - 1)).x())
                    .isLessThan(places.get("rs" + i).x());
        }
    }

    @Test
    void oneMoreRealserverChangesNobodysOrder() {
        Map<String, Point> before = layout.place(farm(5));
        Map<String, Point> after = layout.place(farm(6));

        List<String> names = List.of("rs1", "rs2", "rs3", "rs4", "rs5");
        assertThat(leftToRight(names, before)).isEqualTo(leftToRight(names, after));
    }

    @Test
    void theSameRequestGivesTheSamePlaces() {
        assertThat(layout.place(farm(7))).isEqualTo(layout.place(farm(7)));
    }

    @Test
    void neighboursKeepTheRoomThatTheirLabelsNeed() {
        Map<String, Point> places = layout.place(farm(3));

        assertThat(places.get("rs2").x() - places.get("rs1").x()).isGreaterThanOrEqualTo(LABEL_WIDTH);
        assertThat(places.get("rs1").y() - places.get("wire").y()).isGreaterThanOrEqualTo(LABEL_LENGTH + 30);
    }

    @Test
    void aLoneHostHasAPlace() {
        assertThat(layout.place(new LayoutRequest(List.of(new Box("a", 100, 50)), List.of())))
                .containsOnlyKeys("a");
    }

    private static final double LABEL_WIDTH = 320;
    private static final double LABEL_LENGTH = 50;

    private static LayoutRequest farm(int realservers) {
        List<Box> boxes = new ArrayList<>(List.of(new Box("client", 150, 60), new Box("wire", 20, 8)));
        List<Connection> connections = new ArrayList<>();
        connections.add(new Connection("client", "wire", LABEL_WIDTH, LABEL_LENGTH));
        for (int i = 1; i <= realservers; i++) {
            boxes.add(new Box("rs" + i, 200, 60));
            connections.add(new Connection("wire", "rs" + i, LABEL_WIDTH, LABEL_LENGTH));
        }
        return new LayoutRequest(boxes, connections);
    }

    private static List<String> leftToRight(List<String> names, Map<String, Point> places) {
        return names.stream()
                .sorted(java.util.Comparator.comparingDouble(
                        name -> places.get(name).x()))
                .toList();
    }
}
