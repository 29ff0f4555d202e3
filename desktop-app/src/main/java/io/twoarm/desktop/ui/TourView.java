package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.Texts;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;

/** Shows the workbench in a few steps, with a frame around what each of them is about. One can work meanwhile. */
final class TourView extends StackPane {
    private static final double AROUND = 6;

    /** @param page the view that has to be there, if any */
    private record Step(String id, String selector, Optional<Page> page) {}

    private static final List<Step> STEPS = List.of(
            new Step("drawing", "#canvas", Optional.empty()),
            new Step("palette", "#palette-realserver", Optional.empty()),
            new Step("connect", "#canvas", Optional.empty()),
            new Step("properties", "#properties-title", Optional.of(Page.PROPERTIES)),
            new Step("problems", "#problems", Optional.of(Page.PROBLEMS)),
            new Step("files", "#file-text", Optional.of(Page.FILES)),
            new Step("search", "#button-search", Optional.empty()),
            new Step("history", "#history", Optional.of(Page.HISTORY)),
            new Step("deploy", "#button-deploy", Optional.empty()),
            new Step("live", "#perspective-diagnose", Optional.empty()),
            new Step("help", "#menu-help", Optional.empty()));

    private final Consumer<Page> show;
    private final Label number = new Label();
    private final Label title = new Label();
    private final Label text = new Label();
    private final Button back = new Button(Texts.text("tour.back"));
    private final Button next = new Button();
    private final VBox card = new VBox();
    private final Rectangle frame = new Rectangle();
    private final AnimationTimer following = new AnimationTimer() {
        @Override
        public void handle(long now) {
            placeFrame();
        }
    };
    private int at;

    /** @param show brings a view up */
    TourView(Consumer<Page> show) {
        this.show = show;
        setPickOnBounds(false);
        setVisible(false);
        number.getStyleClass().add("tour-number");
        title.getStyleClass().add("tour-title");
        title.setId("tour-title");
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        back.setId("tour-back");
        back.setOnAction(event -> go(at - 1));
        next.setId("tour-next");
        next.setDefaultButton(false);
        next.getStyleClass().add("accent");
        next.setOnAction(event -> go(at + 1));
        Button end = new Button(Texts.text("tour.end"));
        end.setId("tour-end");
        end.getStyleClass().add("flat");
        end.setOnAction(event -> close());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox buttons = new HBox(8, end, space, back, next);
        card.getStyleClass().add("tour-card");
        card.getChildren().setAll(number, title, text, buttons);
        card.setMaxSize(440, Region.USE_PREF_SIZE);
        card.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                close();
                event.consume();
            }
        });
        frame.getStyleClass().add("tour-frame");
        frame.setMouseTransparent(true);
        frame.setArcWidth(12);
        frame.setArcHeight(12);
        Pane over = new Pane(frame);
        over.setMouseTransparent(true);
        StackPane.setAlignment(card, Pos.BOTTOM_CENTER);
        getChildren().addAll(over, card);
    }

    void start() {
        setVisible(true);
        following.start();
        go(0);
    }

    void close() {
        following.stop();
        setVisible(false);
    }

    private void go(int step) {
        if (step >= STEPS.size()) {
            close();
            return;
        }
        at = Math.max(0, step);
        Step now = STEPS.get(at);
        now.page().ifPresent(show);
        number.setText(Texts.text("tour.number", at + 1, STEPS.size()));
        title.setText(Texts.text("tour." + now.id()));
        text.setText(Texts.text("tour." + now.id() + ".text"));
        back.setDisable(at == 0);
        next.setText(Texts.text(at == STEPS.size() - 1 ? "tour.done" : "tour.next"));
        next.requestFocus();
        placeFrame();
    }

    private void placeFrame() {
        Node target =
                getScene() == null ? null : getScene().lookup(STEPS.get(at).selector());
        boolean seen = target != null
                && target.getScene() != null
                && !target.getBoundsInLocal().isEmpty();
        frame.setVisible(seen);
        if (seen) {
            Bounds bounds = sceneToLocal(target.localToScene(target.getBoundsInLocal()));
            frame.setX(Math.max(2, bounds.getMinX() - AROUND));
            frame.setY(Math.max(2, bounds.getMinY() - AROUND));
            frame.setWidth(Math.min(getWidth() - 4, bounds.getWidth() + 2 * AROUND));
            frame.setHeight(Math.min(getHeight() - 4, bounds.getHeight() + 2 * AROUND));
        }
    }
}
