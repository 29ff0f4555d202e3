package io.twoarm.desktop.ui;

import io.twoarm.desktop.ui.Page.Area;
import io.twoarm.desktop.viewmodel.Texts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.StackPane;

/**
 * The drawing with the views around it. Views are shown and hidden, areas resized; an area without views gives its room
 * to the drawing. Each perspective remembers what was shown in it.
 */
final class Docks implements View {
    private static final double LEFT_WIDTH = 228;
    private static final double RIGHT_WIDTH = 336;

    /** What areas take of a small window at first, so that the drawing has the rest. */
    private static final double MOST_LEFT = 0.22;

    private static final double MOST_RIGHT = 0.3;
    private static final double MOST_BELOW = 0.5;

    /** In a window that is narrower the area below is as wide as the window, in pixels. */
    private static final double NARROW = 1000;

    private final Node centre;
    private final SplitPane across = new SplitPane();
    private final SplitPane down = new SplitPane();
    private final StackPane root = new StackPane();
    private final Map<Page, Supplier<View>> makers;
    /** Those that have been shown. */
    private final Map<Page, View> views = new EnumMap<>(Page.class);

    private final Map<Page, Tab> tabs = new EnumMap<>(Page.class);
    private final Map<Area, TabPane> panes = new EnumMap<>(Area.class);
    private final Map<Perspective, Map<Area, Double>> sizes = new EnumMap<>(Perspective.class);
    private final Map<Page, ReadOnlyBooleanWrapper> shown = new EnumMap<>(Page.class);
    private final Map<Perspective, Remembered> remembered = new EnumMap<>(Perspective.class);
    private final ReadOnlyObjectWrapper<Perspective> perspective =
            new ReadOnlyObjectWrapper<>(this, "perspective", Perspective.DESIGN);

    private boolean attached;

    private record Remembered(Set<Page> shown, Map<Area, Page> front) {}

    /**
     * @param centre stays, whatever is around it
     * @param makers make a view when it is shown for the first time
     */
    Docks(Node centre, Map<Page, Supplier<View>> makers) {
        this.centre = centre;
        this.makers = new EnumMap<>(makers);
        for (Area area : Area.values()) {
            TabPane pane = new TabPane();
            pane.setId("dock-" + area.name().toLowerCase(Locale.ROOT));
            pane.getStyleClass().addAll("side-tabs", "dense");
            pane.setTabMinHeight(30);
            pane.setTabClosingPolicy(TabPane.TabClosingPolicy.SELECTED_TAB);
            panes.put(area, pane);
        }
        panes.get(Area.LEFT).setMinWidth(140);
        panes.get(Area.RIGHT).setMinWidth(220);
        panes.get(Area.BOTTOM).setMinHeight(90);
        // What has less room than it wants scrolls or is covered; the window itself never becomes larger than the
        // screen.
        panes.get(Area.LEFT).setMinHeight(0);
        panes.get(Area.RIGHT).setMinHeight(0);
        across.setMinHeight(0);
        down.setMinHeight(0);
        this.makers.keySet().forEach(this::add);
        down.setOrientation(Orientation.VERTICAL);
        down.getStyleClass().add("workspace");
        across.getStyleClass().add("workspace");
        panes.values().forEach(pane -> SplitPane.setResizableWithParent(pane, false));
        root.widthProperty().addListener((property, before, now) -> {
            if (isNarrow(before.doubleValue()) != isNarrow(now.doubleValue())) {
                // Not while the window is being laid out.
                Platform.runLater(this::arrange);
            }
        });
        enter(Perspective.DESIGN);
    }

    private void add(Page page) {
        Tab tab = new Tab(Texts.text("page", page));
        tab.setId("page-" + page.name().toLowerCase(Locale.ROOT));
        tab.setOnCloseRequest(event -> {
            event.consume();
            hide(page);
        });
        tabs.put(page, tab);
        shown.put(page, new ReadOnlyBooleanWrapper(this, page.name(), false));
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void attach() {
        views.values().forEach(View::attach);
        attached = true;
        makeShown();
    }

    private void makeShown() {
        for (Page page : tabs.keySet()) {
            if (attached && isShown(page) && !views.containsKey(page)) {
                View view = makers.get(page).get();
                HelpTopic.about(page).of(view.node());
                views.put(page, view);
                tabs.get(page).setContent(view.node());
                view.attach();
            }
        }
    }

    @Override
    public void detach() {
        attached = false;
        views.values().forEach(View::detach);
    }

    ReadOnlyObjectProperty<Perspective> perspectiveProperty() {
        return perspective.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty shownProperty(Page page) {
        return shown.get(page).getReadOnlyProperty();
    }

    boolean isShown(Page page) {
        return shown.get(page).get();
    }

    /** Changes to another kind of work. */
    void enter(Perspective wanted) {
        remembered.put(perspective.get(), now());
        measure();
        Remembered next = Optional.ofNullable(remembered.get(wanted))
                .filter(it -> !it.shown().isEmpty())
                .orElseGet(() -> new Remembered(wanted.pages(), front(wanted)));
        perspective.set(wanted);
        shown.forEach((page, visible) -> visible.set(next.shown().contains(page)));
        arrange();
        next.front().values().forEach(page -> select(page));
    }

    private static Map<Area, Page> front(Perspective wanted) {
        Map<Area, Page> front = new EnumMap<>(Area.class);
        wanted.pages().stream().filter(wanted::inFront).forEach(page -> front.put(page.area(), page));
        return front;
    }

    private Remembered now() {
        Set<Page> visible = java.util.EnumSet.noneOf(Page.class);
        shown.forEach((page, is) -> {
            if (is.get()) {
                visible.add(page);
            }
        });
        Map<Area, Page> front = new EnumMap<>(Area.class);
        tabs.forEach((page, tab) -> {
            if (tab.isSelected() && visible.contains(page)) {
                front.put(page.area(), page);
            }
        });
        return new Remembered(visible, front);
    }

    /** Shows a view and brings it to the front of its area. */
    void open(Page page) {
        if (!isShown(page)) {
            measure();
            shown.get(page).set(true);
            arrange();
        }
        select(page);
    }

    private void select(Page page) {
        panes.get(page.area()).getSelectionModel().select(tabs.get(page));
    }

    /** Brings a view to the front of its area, if it is shown. */
    void raise(Page page) {
        if (isShown(page)) {
            select(page);
        }
    }

    void hide(Page page) {
        if (isShown(page)) {
            measure();
            shown.get(page).set(false);
            arrange();
        }
    }

    void toggle(Page page) {
        if (isShown(page) && tabs.get(page).isSelected()) {
            hide(page);
        } else {
            open(page);
        }
    }

    /** Opens a view and moves the keyboard there. */
    void focus(Page page) {
        open(page);
        views.get(page).node().requestFocus();
    }

    private void arrange() {
        makeShown();
        panes.forEach((area, pane) -> {
            Tab front = pane.getSelectionModel().getSelectedItem();
            List<Tab> wanted = new ArrayList<>();
            tabs.forEach((page, tab) -> {
                if (page.area() == area && isShown(page)) {
                    wanted.add(tab);
                }
            });
            if (!pane.getTabs().equals(wanted)) {
                pane.getTabs().setAll(wanted);
                if (wanted.contains(front)) {
                    pane.getSelectionModel().select(front);
                }
            }
        });
        SplitPane outer = isWideBelow() ? down : across;
        if (!root.getChildren().contains(outer)) {
            // Nothing may hang at two places while the order of the two changes.
            List.of(across, down).forEach(split -> split.getItems().clear());
            root.getChildren().setAll(outer);
        }
        if (outer == across) {
            setItems(down, List.of(centre, panes.get(Area.BOTTOM)));
            setItems(across, List.of(panes.get(Area.LEFT), down, panes.get(Area.RIGHT)));
        } else {
            setItems(across, List.of(panes.get(Area.LEFT), centre, panes.get(Area.RIGHT)));
            setItems(down, List.of(across, panes.get(Area.BOTTOM)));
        }
        divide();
    }

    private boolean isWideBelow() {
        return perspective.get().isWideBelow() || isNarrow(root.getWidth());
    }

    private static boolean isNarrow(double width) {
        return width > 0 && width < NARROW;
    }

    private static void setItems(SplitPane split, List<Node> items) {
        List<Node> wanted = items.stream()
                .filter(node ->
                        !(node instanceof TabPane pane) || !pane.getTabs().isEmpty())
                .toList();
        if (!split.getItems().equals(wanted)) {
            split.getItems().setAll(wanted);
        }
    }

    /** How large people made the areas of this perspective. */
    private Map<Area, Double> sizes() {
        return sizes.computeIfAbsent(perspective.get(), which -> new EnumMap<>(Area.class));
    }

    /** What an area takes of the workspace, from 0 to 1. */
    private double share(Area area) {
        double whole = area == Area.BOTTOM ? root.getHeight() : root.getWidth();
        Double chosen = sizes().get(area);
        if (chosen != null) {
            return chosen / whole;
        }
        return switch (area) {
            case LEFT -> Math.min(LEFT_WIDTH / whole, MOST_LEFT);
            case RIGHT -> Math.min(RIGHT_WIDTH / whole, MOST_RIGHT);
            case BOTTOM -> Math.min(perspective.get().bottomHeight() / whole, MOST_BELOW);
        };
    }

    /** Takes note of how large people made the areas in this perspective. */
    private void measure() {
        panes.forEach((area, pane) -> {
            double size = area == Area.BOTTOM ? pane.getHeight() : pane.getWidth();
            if (size > 0 && pane.getScene() != null && !pane.getTabs().isEmpty()) {
                sizes().put(area, size);
            }
        });
    }

    /** Gives the areas their sizes, as soon as the window has its own. */
    private void divide() {
        if (root.getWidth() <= 0 || root.getHeight() <= 0) {
            WhenSized.then(root, this::divide);
            return;
        }
        List<Double> positions = new ArrayList<>();
        if (across.getItems().contains(panes.get(Area.LEFT))) {
            positions.add(share(Area.LEFT));
        }
        if (across.getItems().contains(panes.get(Area.RIGHT))) {
            positions.add(1 - share(Area.RIGHT));
        }
        across.setDividerPositions(
                positions.stream().mapToDouble(Double::doubleValue).toArray());
        down.setDividerPositions(1 - share(Area.BOTTOM));
    }
}
