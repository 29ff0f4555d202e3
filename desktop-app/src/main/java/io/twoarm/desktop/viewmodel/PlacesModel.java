package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.layout.AutomaticLayout;
import io.twoarm.desktop.layout.LayoutRequest;
import io.twoarm.desktop.layout.Point;
import io.twoarm.desktop.layout.Room;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** Where the figures of the open project stand: as kept in its layout file, and found automatically otherwise. */
public final class PlacesModel {
    private static final AtomicInteger DRAWINGS = new AtomicInteger();

    /** Of this drawing alone: several are laid out at once on the welcome page. */
    private final String layout = "layout " + DRAWINGS.incrementAndGet();

    private final TaskService tasks;
    private final AutomaticLayout automatic;
    private final Consumer<Exception> failed;
    private final Map<String, Point> kept = new LinkedHashMap<>();
    private final ReadOnlyObjectWrapper<Map<String, Point>> places =
            new ReadOnlyObjectWrapper<>(this, "places", Map.of());
    /** Where figures without a kept place stand while a design is edited. */
    private Map<String, Point> standing = Map.of();

    /** Whether figures that grow may push others away. */
    private boolean growing;

    private Consumer<Map<String, Point>> onRoomMade = kept -> {};
    private LayoutRequest request = new LayoutRequest(java.util.List.of(), java.util.List.of());

    /** @param failed gets what went wrong in automatic layout */
    public PlacesModel(TaskService tasks, AutomaticLayout automatic, Consumer<Exception> failed) {
        this.tasks = tasks;
        this.automatic = automatic;
        this.failed = failed;
    }

    /** The listener gets all kept positions when some of them had to change because a figure grew. */
    void setOnRoomMade(Consumer<Map<String, Point>> listener) {
        onRoomMade = listener;
    }

    /** Centres by object path; complete for the last measured figures as soon as it is not empty. */
    public ReadOnlyObjectProperty<Map<String, Point>> placesProperty() {
        return places.getReadOnlyProperty();
    }

    /** Starts over with the positions that a project keeps. */
    public void reset(Map<String, Point> keptPositions) {
        tasks.cancelLatest(layout);
        standing = Map.of();
        kept.clear();
        kept.putAll(keptPositions);
        places.set(Map.of());
    }

    /**
     * Takes the positions of an edited design. What has none stays where it is, unless all positions were forgotten.
     *
     * @param sameFigures whether the figures are still those that were measured last
     * @param mayGrow whether figures that have grown make room for themselves
     */
    public void keep(Map<String, Point> positions, boolean sameFigures, boolean mayGrow) {
        growing = mayGrow;
        tasks.cancelLatest(layout);
        boolean forgotten = positions.isEmpty() && !kept.isEmpty();
        standing = forgotten ? Map.of() : places.get();
        kept.clear();
        kept.putAll(positions);
        if (sameFigures) {
            measured(request);
        }
    }

    /** Takes the sizes of the figures; the places follow at once or after automatic layout. */
    public void measured(LayoutRequest figures) {
        LayoutRequest before = request;
        request = figures;
        Map<String, Point> known = new HashMap<>(standing);
        known.putAll(kept);
        if (growing && !standing.isEmpty()) {
            known = withRoom(before, figures, known);
        }
        Map<String, Point> complete = known;
        if (figures.boxes().stream().allMatch(box -> complete.containsKey(box.id()))) {
            places.set(Map.copyOf(complete));
        } else {
            arrange();
        }
    }

    private Map<String, Point> withRoom(LayoutRequest before, LayoutRequest figures, Map<String, Point> known) {
        growing = false;
        Map<String, Point> roomy = Room.made(before, figures, known);
        if (!kept.isEmpty() && !roomy.equals(known)) {
            kept.replaceAll((path, _) -> roomy.get(path));
            onRoomMade.accept(kept());
        }
        return roomy;
    }

    /** Forgets the kept positions and lets automatic layout place everything. */
    public void arrangeAutomatically() {
        kept.clear();
        standing = Map.of();
        arrange();
    }

    /** What is worth keeping; empty while everything stands where automatic layout put it. */
    public Map<String, Point> kept() {
        return Map.copyOf(kept);
    }

    private void arrange() {
        LayoutRequest figures = request;
        tasks.latest(layout, Duration.ZERO, () -> automatic.place(figures), this::arranged, failed);
    }

    private void arranged(Map<String, Point> found) {
        Map<String, Point> all = new HashMap<>(found);
        all.putAll(kept);
        places.set(Map.copyOf(all));
    }
}
