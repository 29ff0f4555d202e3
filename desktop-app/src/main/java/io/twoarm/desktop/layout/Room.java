package io.twoarm.desktop.layout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Makes room where figures have grown: what lies behind a figure that became larger, or at the other end of a link that
 * needs more room for its texts, goes away from it, with everything beyond. Figures that did not grow stay as near to each
 * other as people put them.
 */
public final class Room {
    /** What is moved apart gets this much air, in drawing units. */
    private static final double BESIDE = 24;

    private final Map<String, LayoutRequest.Box> boxes;
    private final Map<String, LayoutRequest.Box> former;
    private final Map<String, Point> places;

    private Room(LayoutRequest before, LayoutRequest now, Map<String, Point> places) {
        boxes = byId(now);
        former = byId(before);
        this.places = new HashMap<>(places);
    }

    private static Map<String, LayoutRequest.Box> byId(LayoutRequest request) {
        return request.boxes().stream().collect(Collectors.toMap(LayoutRequest.Box::id, box -> box, (one, _) -> one));
    }

    /**
     * The places with room for everything that grew.
     *
     * @param before the figures as they were when they had these places
     * @param now the figures as they are; those without a place are left out
     */
    public static Map<String, Point> made(LayoutRequest before, LayoutRequest now, Map<String, Point> places) {
        Room room = new Room(before, now, places);
        for (LayoutRequest.Connection connection : now.connections()) {
            if (room.grew(before, connection)) {
                room.along(connection);
            }
        }
        now.boxes().stream().filter(room::wider).forEach(room::beside);
        return room.places;
    }

    /** Whether an end that was there before is higher now, or the texts between are longer. */
    private boolean grew(LayoutRequest before, LayoutRequest.Connection connection) {
        List<LayoutRequest.Connection> earlier = before.connections().stream()
                .filter(each ->
                        each.from().equals(connection.from()) && each.to().equals(connection.to()))
                .toList();
        boolean longer = earlier.stream().noneMatch(each -> each.length() >= connection.length());
        return longer || higher(connection.from()) || higher(connection.to());
    }

    private boolean higher(String id) {
        return former.containsKey(id) && boxes.get(id).height() > former.get(id).height();
    }

    private boolean wider(LayoutRequest.Box box) {
        return former.containsKey(box.id())
                && box.width() > former.get(box.id()).width();
    }

    private void along(LayoutRequest.Connection connection) {
        Point from = places.get(connection.from());
        Point to = places.get(connection.to());
        if (from == null || to == null) {
            return;
        }
        double room = Math.abs(to.y() - from.y())
                - (boxes.get(connection.from()).height()
                                + boxes.get(connection.to()).height())
                        / 2;
        double missing = Math.ceil(connection.length() - room);
        // Ends at the same height are beside each other: there is nothing between them that would have to be longer.
        if (missing <= 0 || Math.abs(to.y() - from.y()) < 1) {
            return;
        }
        boolean growing = higher(connection.from()) || !higher(connection.to());
        Point still = growing ? from : to;
        Point going = growing ? to : from;
        double by = Math.signum(going.y() - still.y()) * missing;
        shift(at -> by > 0 ? at.y() >= going.y() : at.y() <= going.y(), 0, by);
    }

    private void beside(LayoutRequest.Box box) {
        Point at = places.get(box.id());
        if (at == null) {
            return;
        }
        for (String id : List.copyOf(places.keySet())) {
            LayoutRequest.Box other = boxes.get(id);
            Point there = places.get(id);
            if (other == null
                    || id.equals(box.id())
                    || Math.abs(there.y() - at.y()) >= (box.height() + other.height()) / 2) {
                continue;
            }
            double distance = Math.abs(there.x() - at.x());
            double needed = (box.width() + other.width()) / 2;
            double was = (former.get(box.id()).width()
                            + Objects.requireNonNullElse(former.get(id), other).width())
                    / 2;
            if (distance < needed && distance >= was) {
                double by = (there.x() < at.x() ? -1 : 1) * Math.ceil(needed + BESIDE - distance);
                shift(point -> by > 0 ? point.x() >= there.x() : point.x() <= there.x(), by, 0);
            }
        }
    }

    private void shift(Predicate<Point> which, double dx, double dy) {
        for (String id : new ArrayList<>(places.keySet())) {
            places.computeIfPresent(id, (_, at) -> which.test(at) ? at.plus(dx, dy) : at);
        }
    }
}
