package io.twoarm.engine.drawing;

import io.twoarm.model.project.Layout.Link;
import io.twoarm.model.project.Layout.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The corners of a link's line, from the centre of its host to that of its segment; what lies in a box is covered by it. */
final class LinkWay {
    private LinkWay() {}

    static List<Position> between(Position host, Position segment, Optional<Link> drawn) {
        List<Position> way = new ArrayList<>(List.of(host));
        drawn.ifPresent(link -> {
            switch (link.shape()) {
                case STRAIGHT -> {}
                case BENT -> way.addAll(link.bends());
                case ORTHOGONAL -> orthogonal(way, link.bends(), segment);
            }
        });
        way.add(segment);
        return way;
    }

    /** Upright to the height of each bend, then level to it; without bends half way down. */
    private static void orthogonal(List<Position> way, List<Position> bends, Position segment) {
        for (Position bend : bends) {
            way.add(new Position(way.getLast().x(), bend.y()));
            way.add(bend);
        }
        if (bends.isEmpty()) {
            double middle = (way.getLast().y() + segment.y()) / 2;
            way.add(new Position(way.getLast().x(), middle));
            way.add(new Position(segment.x(), middle));
        } else {
            way.add(new Position(bends.getLast().x(), segment.y()));
        }
    }
}
