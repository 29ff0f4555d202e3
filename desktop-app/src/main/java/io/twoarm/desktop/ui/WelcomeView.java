package io.twoarm.desktop.ui;

import io.twoarm.desktop.layout.LayeredLayout;
import io.twoarm.desktop.ui.canvas.TopologyCanvas;
import io.twoarm.desktop.viewmodel.PlacesModel;
import io.twoarm.desktop.viewmodel.Settings;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import io.twoarm.engine.Engine;
import io.twoarm.templates.StarterTopologies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The page without a project: begin from a starter topology, open a project, or go on with a recent one. */
final class WelcomeView implements View {
    /** The width that cards and what stands beside them need, in pixels. */
    private static final double TWO_COLUMNS = 800;

    /** So many cards of starters are seen on a large screen before anybody scrolls. */
    private static final int FIRST_CARDS = 9;

    private final WorkbenchModel model;
    private final Dialogs dialogs;
    private final VBox recent = new VBox();
    private final FlowPane gallery = new FlowPane();
    private final Tooltip starterTip = new Tooltip(Texts.text("welcome.starter.tip"));
    /** What draws the pictures that are still missing, by their cards. */
    private final Map<Node, Runnable> undrawn = new LinkedHashMap<>();

    private boolean attached;
    private boolean painted;
    private boolean drawing;
    private final ScrollPane root;
    private final Subscriptions subscriptions = new Subscriptions();

    /** @param tour shows people around */
    WelcomeView(WorkbenchModel model, Dialogs dialogs, Runnable tour) {
        this.model = model;
        this.dialogs = dialogs;
        Label title = new Label(Texts.text("welcome.title"));
        title.getStyleClass().add("welcome-title");
        Label subtitle = new Label(Texts.text("welcome.subtitle"));
        subtitle.getStyleClass().add("welcome-subtitle");
        subtitle.setWrapText(true);
        subtitle.setMinHeight(Region.USE_PREF_SIZE);
        gallery.getStyleClass().add("gallery");
        recent.getStyleClass().add("recent");
        VBox begin = new VBox(heading("welcome.begin"), gallery);
        HBox.setHgrow(begin, Priority.ALWAYS);
        Button open = new Button(Texts.text("command.open"), Icon.OPEN.node());
        open.setId("welcome-open");
        open.setMaxWidth(Double.MAX_VALUE);
        open.setOnAction(event -> dialogs.open());
        Button around = new Button(Texts.text("welcome.tour"), Icon.VERIFY.node());
        around.setId("welcome-tour");
        around.setMaxWidth(Double.MAX_VALUE);
        around.setOnAction(event -> tour.run());
        VBox goOn = new VBox(heading("welcome.open"), open, around, heading("welcome.recent"), recent);
        goOn.getStyleClass().add("welcome-side");
        HBox columns = new HBox();
        columns.getStyleClass().add("welcome-columns");
        VBox titles = new VBox(title, subtitle);
        VBox page = new VBox(titles);
        page.getStyleClass().add("welcome");
        root = new ScrollPane(new StackPane(page));
        root.setFitToWidth(true);
        root.setFitToHeight(true);
        root.getStyleClass().add("welcome-scroller");
        root.widthProperty().map(width -> width.doubleValue() >= TWO_COLUMNS).subscribe(wide -> {
            // Nothing may hang at two places meanwhile.
            columns.getChildren().clear();
            page.getChildren().setAll(titles);
            if (wide) {
                columns.getChildren().setAll(begin, goOn);
                page.getChildren().add(columns);
            } else {
                page.getChildren().addAll(goOn, begin);
            }
        });
    }

    private static Label heading(String key) {
        Label label = new Label(Texts.text(key));
        label.getStyleClass().add("welcome-heading");
        return label;
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void attach() {
        if (gallery.getChildren().isEmpty()) {
            gallery.getChildren().add(emptyCard());
            StarterTopologies.all().stream().limit(FIRST_CARDS).forEach(this::addCard);
        }
        attached = true;
        FirstFrame.then(root.getScene(), this::complete);
        subscriptions.follow(root.vvalueProperty(), at -> drawNext());
        subscriptions.follow(root.viewportBoundsProperty(), room -> drawNext());
        subscriptions.follow(model.settingsProperty(), this::showRecent);
    }

    private void addCard(StarterTopologies.Starter starter) {
        gallery.getChildren().add(card(starter));
    }

    /** What the page had no need of to be seen. */
    private void complete() {
        if (attached && !painted) {
            painted = true;
            StarterTopologies.all().stream().skip(FIRST_CARDS).forEach(this::addCard);
            drawNext();
        }
    }

    @Override
    public void detach() {
        subscriptions.close();
        attached = false;
        painted = false;
        drawing = false;
        gallery.getChildren().clear();
        undrawn.clear();
    }

    /** Draws one picture that is in sight, and then the next one, so that the window answers in between. */
    private void drawNext() {
        if (!painted || drawing) {
            return;
        }
        Bounds sight = root.localToScene(root.getLayoutBounds());
        undrawn.keySet().stream()
                .filter(card -> card.localToScene(card.getLayoutBounds()).intersects(sight))
                .findFirst()
                .ifPresent(card -> {
                    drawing = true;
                    undrawn.remove(card).run();
                });
    }

    private void drawn() {
        drawing = false;
        Platform.runLater(this::drawNext);
    }

    /** For those who draw everything by themselves. */
    private Node emptyCard() {
        Label sign = new Label("", Icon.NEW.node());
        sign.getStyleClass().addAll("gallery-picture", "gallery-empty");
        Label title = new Label(Texts.text("welcome.empty"));
        title.getStyleClass().add("gallery-title");
        Label name = new Label(Texts.text("welcome.empty.name"));
        name.getStyleClass().add("gallery-name");
        VBox content = new VBox(sign, new VBox(title, name));
        content.getStyleClass().add("gallery-content");
        Button card = new Button("", content);
        card.setId("starter-" + Engine.EMPTY);
        card.getStyleClass().add("gallery-card");
        card.setAccessibleText(Texts.text("welcome.empty"));
        card.setTooltip(new Tooltip(Texts.text("welcome.empty.tip")));
        card.setOnAction(event -> dialogs.create(Engine.EMPTY));
        return card;
    }

    /** A starter with its picture, drawn like any project. */
    private Node card(StarterTopologies.Starter starter) {
        StackPane picture = new StackPane();
        picture.getStyleClass().addAll("gallery-picture", "gallery-empty");
        Label title = new Label(starter.title());
        title.setWrapText(true);
        title.getStyleClass().add("gallery-title");
        Label name = new Label(starter.name());
        name.getStyleClass().add("gallery-name");
        VBox content = new VBox(picture, new VBox(title, name));
        content.getStyleClass().add("gallery-content");
        Button card = new Button("", content);
        card.setId("starter-" + starter.name());
        card.getStyleClass().add("gallery-card");
        card.setAccessibleText(starter.title());
        card.setTooltip(starterTip);
        card.setOnAction(event -> dialogs.create(starter.name()));
        undrawn.put(card, () -> draw(starter, picture));
        return card;
    }

    private void draw(StarterTopologies.Starter starter, StackPane place) {
        TopologyCanvas picture = new TopologyCanvas();
        picture.getStyleClass().add("gallery-picture");
        picture.setMouseTransparent(true);
        picture.setFocusTraversable(false);
        picture.setOverview(true);
        place.getChildren().setAll(picture);
        PlacesModel places = new PlacesModel(model.tasks(), new LayeredLayout(), cause -> drawn());
        picture.setOnMeasured(places::measured);
        places.placesProperty().subscribe(found -> {
            if (!found.isEmpty()) {
                picture.place(found);
                drawn();
            }
        });
        model.tasks()
                .latest(
                        "starter " + starter.name(),
                        Duration.ZERO,
                        () -> model.starter(starter.name()),
                        diagram -> picture.show(diagram, false),
                        cause -> {
                            picture.setVisible(false);
                            drawn();
                        });
    }

    private void showRecent(Settings settings) {
        recent.getChildren().clear();
        for (Path directory : settings.recent()) {
            Hyperlink link = new Hyperlink(directory.getFileName().toString());
            link.getStyleClass().add("recent-link");
            link.setOnAction(event -> openRecent(directory));
            Label path = new Label(directory.toString());
            path.getStyleClass().add("recent-path");
            recent.getChildren().add(new VBox(link, path));
        }
        if (settings.recent().isEmpty()) {
            Label none = new Label(Texts.text("welcome.noRecent"));
            none.getStyleClass().add("recent-path");
            recent.getChildren().add(none);
        }
    }

    private void openRecent(Path directory) {
        if (Files.isDirectory(directory)) {
            model.project().open(directory);
        } else {
            dialogs.recentIsGone(directory);
        }
    }
}
