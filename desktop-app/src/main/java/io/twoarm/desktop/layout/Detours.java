package io.twoarm.desktop.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Leads orthogonal links without bends round the boxes that stand between their ends. Links that pass the same box lie
 * beside each other.
 */
final class Detours {
    /** Between a link and what it passes, in drawing units. */
    private static final double CLEARANCE = 16;

    /** Between links that pass the same box, in drawing units. */
    private static final double LANE = 12;

    /** Before a box that is nearer than the texts of a link reach, it turns here, of the way to the box. */
    private static final double EARLY = 0.7;

    private final List<Block> blocks;
    private final List<Lane> lanes = new ArrayList<>();

    /** What stands in the way. */
    private record Block(String id, double left, double top, double right, double bottom) {
        /** Whether an upright line runs through it, or too near to it. */
        boolean upright(double x, double from, double to) {
            return x > left - CLEARANCE
                    && x < right + CLEARANCE
                    && Math.min(from, to) < bottom
                    && Math.max(from, to) > top;
        }

        boolean level(double y, double from, double to) {
            return y > top - CLEARANCE / 2
                    && y < bottom + CLEARANCE / 2
                    && Math.min(from, to) < right
                    && Math.max(from, to) > left;
        }
    }

    /** An upright line of a link that was led round something. */
    private record Lane(double x, double top, double bottom) {
        boolean meets(double other, double from, double to) {
            return Math.abs(x - other) < LANE && Math.min(from, to) < bottom && Math.max(from, to) > top;
        }
    }

    Detours(Iterable<Wiring.Box> boxes, Iterable<Wiring.Segment> segments) {
        blocks = new ArrayList<>();
        boxes.forEach(box -> blocks.add(block(box.id(), box.centre(), box.width(), box.height())));
        segments.forEach(segment -> {
            if (!segment.wire()) {
                blocks.add(block(segment.id(), segment.centre(), segment.width(), segment.height()));
            }
        });
    }

    private static Block block(String id, Point centre, double width, double height) {
        return new Block(
                id, centre.x() - width / 2, centre.y() - height / 2, centre.x() + width / 2, centre.y() + height / 2);
    }

    /**
     * The bend that leads round everything between a link's ends; empty when nothing stands there, or no way leads round.
     *
     * @param box where the link starts; together with its segment not in its own way
     */
    Optional<Point> round(String box, LinkWay way) {
        List<Block> others = blocks.stream()
                .filter(block -> !block.id().equals(box)
                        && !block.id().equals(way.segment().id()))
                .toList();
        Point start = way.start();
        double end = way.segment().centre().y();
        double gap = others.stream()
                .filter(block -> block.upright(start.x(), start.y(), end))
                .mapToDouble(block -> way.downwards() ? block.top() - start.y() : start.y() - block.bottom())
                .min()
                .orElse(Double.NaN);
        if (Double.isNaN(gap) || gap <= 0) {
            return Optional.empty();
        }
        double ahead = gap > way.labelLength() ? (gap + way.labelLength()) / 2 : gap * EARLY;
        double y = Math.rint(start.y() + (way.downwards() ? ahead : -ahead));
        return others.stream()
                .flatMap(block -> Stream.of(block.left() - CLEARANCE, block.right() + CLEARANCE))
                .filter(x ->
                        others.stream().noneMatch(block -> block.upright(x, y, end) || block.level(y, start.x(), x)))
                .min(Comparator.comparingDouble(x -> Math.abs(x - start.x()) + Math.abs(way.entrance(x) - x)))
                .map(x -> lane(start.x(), Math.rint(x), y, end));
    }

    /** Further out, and turning earlier, for each link that lies there already. */
    private Point lane(double from, double wanted, double y, double end) {
        double out = wanted < from ? -LANE : LANE;
        double x = wanted;
        double turn = y;
        while (meets(x, turn, end)) {
            x += out;
            turn -= Math.signum(end - y) * LANE / 2;
        }
        lanes.add(new Lane(x, Math.min(turn, end), Math.max(turn, end)));
        return new Point(x, turn);
    }

    private boolean meets(double x, double from, double to) {
        return lanes.stream().anyMatch(lane -> lane.meets(x, from, to));
    }
}
