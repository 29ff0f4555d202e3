package io.twoarm.desktop.ui;

import io.twoarm.desktop.design.Design;
import io.twoarm.desktop.design.Kind;
import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.layout.LinkLine;
import io.twoarm.desktop.layout.Point;
import io.twoarm.desktop.ui.canvas.CanvasListener;
import io.twoarm.desktop.ui.canvas.OverviewMap;
import io.twoarm.desktop.ui.canvas.TopologyCanvas;
import io.twoarm.desktop.viewmodel.Diagram;
import io.twoarm.desktop.viewmodel.DrawingLayer;
import io.twoarm.desktop.viewmodel.LiveOverlay;
import io.twoarm.desktop.viewmodel.PlanModel;
import io.twoarm.desktop.viewmodel.Problem;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import io.twoarm.engine.OpenProject;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.Bounds;
import javafx.geometry.Insets;
import javafx.geometry.Point2D;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The drawing of the open project, with controls for looking around in a corner. */
final class CanvasView implements View {
    /** What the controls cover at the right. */
    private static final double CONTROLS_ROOM = 64;

    /** What the palette covers at the left. */
    private static final double PALETTE_ROOM = 108;

    private static final double PALETTE_GAP = 14;

    /** Between map, palette and the edges. */
    private static final double MAP_ROOM = 42;

    private final WorkbenchModel model;
    private final TopologyCanvas canvas = new TopologyCanvas();
    private final VBox controls = new VBox();
    private final Set<DrawingLayer> hiddenLayers = EnumSet.noneOf(DrawingLayer.class);
    private final Label banner = new Label();
    private final PaletteView palette;
    private final RenameField rename;
    private final OverviewMap map = new OverviewMap(canvas);
    private final StackPane root;
    private Optional<ObjectMenu> menu = Optional.empty();
    private Optional<ContextMenu> openMenu = Optional.empty();
    private int shown;
    private int revealed;
    private final Subscriptions subscriptions = new Subscriptions();

    CanvasView(WorkbenchModel model) {
        this.model = model;
        palette = new PaletteView(canvas, model.edits());
        rename = new RenameField(model.edits());
        root = new StackPane(canvas, map, palette.node(), controls, banner, rename);
        StackPane.setAlignment(map, Pos.BOTTOM_LEFT);
        canvas.setOnLook(this::lookedAt);
        // They lie over what moves, and stay as they are.
        palette.node().setCache(true);
        controls.setCache(true);
        StackPane.setAlignment(palette.node(), Pos.TOP_LEFT);
        StackPane.setMargin(palette.node(), new Insets(PALETTE_GAP, 0, PALETTE_GAP, PALETTE_GAP));
        root.setMinSize(0, 0);
        canvas.setId("canvas");
        canvas.setMargin(new Insets(26, CONTROLS_ROOM, 26, PALETTE_ROOM));
        controls.getStyleClass().add("canvas-controls");
        controls.setMaxSize(javafx.scene.layout.Region.USE_PREF_SIZE, javafx.scene.layout.Region.USE_PREF_SIZE);
        StackPane.setAlignment(controls, Pos.BOTTOM_RIGHT);
        banner.getStyleClass().add("canvas-banner");
        banner.setGraphic(Icon.ERROR.node());
        banner.setWrapText(true);
        StackPane.setAlignment(banner, Pos.TOP_CENTER);
        canvas.setOnMeasured(model.places()::measured);
        canvas.setListener(new Gestures());
    }

    /** The map would hide the palette in a low window, and in a still lower one the controls have no room. */
    private void lookedAt() {
        controls.setVisible(root.getHeight() >= controls.getLayoutBounds().getHeight() + 2 * PALETTE_GAP);
        boolean room = root.getHeight() - palette.node().getLayoutBounds().getHeight() > OverviewMap.HEIGHT + MAP_ROOM;
        if (room) {
            map.refresh();
        } else {
            map.setVisible(false);
        }
    }

    /** What people do on the drawing. */
    private final class Gestures implements CanvasListener {
        @Override
        public void select(Optional<ObjectRef> ref) {
            model.project().select(ref);
        }

        @Override
        public void toggle(ObjectRef ref) {
            model.project().selection().toggle(ref);
        }

        @Override
        public void selectAll(Collection<ObjectRef> refs) {
            model.project().selection().selectAll(refs);
        }

        @Override
        public void moved(Map<ObjectRef, Point> centres) {
            model.project().moved(centres);
        }

        @Override
        public void draw(PortRef link, LinkLine line) {
            model.lines().draw(link, line);
        }

        @Override
        public void connect(ObjectRef from, ObjectRef to) {
            model.edits().connect(from, to);
        }

        @Override
        public void place(Kind kind, Point at, Optional<ObjectRef> target) {
            model.edits().place(kind, at, target);
            canvas.requestFocus();
        }

        @Override
        public void rename(ObjectRef ref) {
            if (ref instanceof HostRef host && model.terminals().reachable()) {
                model.terminals().open(host.name());
            } else {
                CanvasView.this.rename(ref);
            }
        }

        @Override
        public void pointedAt(Optional<ObjectRef> ref) {
            model.origins().point(ref);
        }

        @Override
        public void menu(Optional<ObjectRef> ref, Point2D screen, Point at) {
            openMenu.ifPresent(ContextMenu::hide);
            openMenu = menu.filter(it -> model.project().editable()).map(it -> it.of(ref, at));
            openMenu.ifPresent(it -> it.show(canvas, screen.getX(), screen.getY()));
        }
    }

    /** Opens a field over an object for its new name. */
    void rename(ObjectRef ref) {
        if (model.project().editable()) {
            canvas.boundsOf(ref).ifPresent(bounds -> rename.open(ref, bounds, canvas::requestFocus));
        }
    }

    void renameSelected() {
        model.project().selectionProperty().get().ifPresent(this::rename);
    }

    /** The commands need this view, and its corner shows some of them. */
    void showControls(Commands commands, DesignCommands design, RunningMenu running) {
        menu = Optional.of(new ObjectMenu(model, commands, design, running, new LineMenu(model, canvas::bendsOf)));
        canvas.addEventHandler(KeyEvent.KEY_PRESSED, event -> keyPressed(event, commands));
        Label zoom = new Label();
        zoom.getStyleClass().add("zoom-value");
        zoom.textProperty().bind(canvas.zoomProperty().multiply(100).asString("%.0f %%"));
        controls.getChildren()
                .setAll(
                        commands.zoomIn.iconButton("flat"),
                        zoom,
                        commands.zoomOut.iconButton("flat"),
                        commands.fit.iconButton("flat"),
                        commands.arrange.iconButton("flat"));
    }

    /** Shows or hides the wires that are for something. */
    void showLayer(DrawingLayer layer, boolean shown) {
        if (shown ? hiddenLayers.remove(layer) : hiddenLayers.add(layer)) {
            hideLayers();
        }
    }

    private void hideLayers() {
        if (hiddenLayers.isEmpty()) {
            canvas.hide(List.of());
            return;
        }
        Map<ObjectRef.SegmentRef, DrawingLayer> layers =
                model.project().topologyProperty().get().map(DrawingLayer::of).orElse(Map.of());
        canvas.hide(layers.entrySet().stream()
                .filter(each -> hiddenLayers.contains(each.getValue()))
                .<ObjectRef>map(Map.Entry::getKey)
                .toList());
    }

    private void keyPressed(KeyEvent event, Commands commands) {
        boolean delete = event.getCode() == KeyCode.DELETE || event.getCode() == KeyCode.BACK_SPACE;
        if (delete && canvas.removeChosenBend()) {
            event.consume();
            return;
        }
        Optional<Command> wanted = switch (event.getCode()) {
            case DELETE, BACK_SPACE -> Optional.of(commands.delete);
            case A -> event.isShortcutDown() ? Optional.of(commands.selectAll) : Optional.empty();
            default -> Optional.empty();
        };
        wanted.filter(command -> command.enabled().get()).ifPresent(command -> {
            command.action().run();
            event.consume();
        });
        if (event.getCode() == KeyCode.CONTEXT_MENU || event.getCode() == KeyCode.F10 && event.isShiftDown()) {
            showMenu();
            event.consume();
        }
    }

    /** The menu of the selected object, at that object. */
    private void showMenu() {
        Optional<ObjectRef> ref = model.project().selectionProperty().get();
        Bounds at = ref.flatMap(canvas::boundsOf).orElse(canvas.getBoundsInLocal());
        Point2D screen = canvas.localToScreen(at.getCenterX(), at.getCenterY());
        new Gestures().menu(ref, screen, canvas.middle());
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void attach() {
        subscriptions.follow(model.project().diagramProperty(), this::show);
        subscriptions.follow(
                model.project().editing().designProperty(),
                design -> canvas.showLines(design.map(Design::lines).orElse(Map.of())));
        subscriptions.follow(model.places().placesProperty(), places -> {
            if (!places.isEmpty()) {
                canvas.place(places);
                canvas.showLive(model.live().overlayProperty().get());
                canvas.showDrift(PlanModel.driftOf(model.plan().driftProperty().get()));
            }
        });
        subscriptions.follow(model.project().selection().allProperty(), canvas::select);
        subscriptions.follow(model.origins().glowingProperty(), canvas::glow);
        subscriptions.follow(model.settingsProperty(), settings -> canvas.setSnapping(settings.snap()));
        subscriptions.follow(
                model.project().findingsProperty(),
                findings -> canvas.showProblems(Problem.badges(
                        findings, model.project().topologyProperty().get())));
        subscriptions.follow(model.project().selection().revealedProperty(), wanted -> {
            if (wanted != null && wanted.number() != revealed) {
                revealed = wanted.number();
                canvas.reveal(wanted.ref());
            }
        });
        subscriptions.follow(model.live().overlayProperty(), canvas::showLive);
        subscriptions.follow(model.trace().overlayProperty(), canvas::showTrace);
        subscriptions.follow(model.impair().impairedProperty(), canvas::showImpaired);
        subscriptions.follow(model.plan().driftProperty(), report -> canvas.showDrift(PlanModel.driftOf(report)));
        subscriptions.follow(model.project().projectProperty(), this::explain);
    }

    @Override
    public void detach() {
        subscriptions.close();
        // A timer that runs keeps its window.
        canvas.showLive(LiveOverlay.NONE);
    }

    private void show(Diagram diagram) {
        int opening = model.project().openingProperty().get();
        canvas.show(diagram, opening == shown);
        shown = opening;
        hideLayers();
        canvas.showProblems(Problem.badges(
                model.project().findingsProperty().get(),
                model.project().topologyProperty().get()));
    }

    /** Says so when the drawing is older than the file. */
    private void explain(Optional<OpenProject> project) {
        boolean unreadable = project.filter(open -> open.topology().isEmpty()).isPresent();
        banner.setVisible(unreadable);
        palette.node().setDisable(unreadable);
        banner.setText(Texts.text(
                model.project().diagramProperty().get().hosts().isEmpty() ? "canvas.unreadable" : "canvas.outdated"));
    }

    TopologyCanvas canvas() {
        return canvas;
    }

    /** A drawing that is only looked at needs its room, and no palette. */
    void showPalette(boolean shown) {
        palette.node().setVisible(shown);
        palette.node().setManaged(shown);
    }

    void fitSelection() {
        canvas.fitSelection();
    }

    void zoomIn() {
        canvas.zoomIn();
    }

    void zoomOut() {
        canvas.zoomOut();
    }

    void zoomToActualSize() {
        canvas.zoomToActualSize();
    }

    void fit() {
        canvas.fit();
    }
}
