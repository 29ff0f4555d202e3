package io.twoarm.desktop.ui;

import io.twoarm.desktop.design.Kind;
import io.twoarm.desktop.ui.canvas.TopologyCanvas;
import io.twoarm.desktop.viewmodel.EditActions;
import io.twoarm.desktop.viewmodel.Texts;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What can be put on the drawing: press, drag and release, or Enter to put it into the middle of the view. */
final class PaletteView {
    private static final double DRAG_SLACK = 5;

    private final TopologyCanvas canvas;
    private final EditActions edits;
    private final VBox items = new VBox();
    private final ScrollPane root = new ScrollPane(items);
    private boolean dragging;
    private boolean cancelled;

    PaletteView(TopologyCanvas canvas, EditActions edits) {
        this.canvas = canvas;
        this.edits = edits;
        items.getStyleClass().add("palette-items");
        root.getStyleClass().add("palette");
        root.setId("palette");
        root.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        root.setMinHeight(0);
        root.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        for (Kind kind : Kind.values()) {
            items.getChildren().add(item(kind));
        }
    }

    Node node() {
        return root;
    }

    private Button item(Kind kind) {
        Button item = new Button(Texts.text("kind", kind), icon(kind));
        item.setId("palette-" + kind.name().toLowerCase(Locale.ROOT));
        item.setContentDisplay(ContentDisplay.TOP);
        item.getStyleClass().addAll("palette-item", "flat");
        item.setMaxWidth(Double.MAX_VALUE);
        item.setTooltip(new Tooltip(Texts.text("kind.tip", kind)));
        item.setAccessibleText(Texts.text("kind.tip", kind));
        double[] from = new double[2];
        item.addEventHandler(MouseEvent.MOUSE_PRESSED, event -> {
            dragging = false;
            cancelled = false;
            from[0] = event.getSceneX();
            from[1] = event.getSceneY();
        });
        item.addEventHandler(MouseEvent.MOUSE_DRAGGED, event -> {
            dragging = dragging || Math.hypot(event.getSceneX() - from[0], event.getSceneY() - from[1]) > DRAG_SLACK;
            if (dragging && !cancelled) {
                canvas.drops().ghost(kind, Texts.text("kind", kind), event);
            }
        });
        item.addEventFilter(MouseEvent.MOUSE_RELEASED, event -> {
            if (dragging) {
                boolean overPalette = root.contains(root.sceneToLocal(event.getSceneX(), event.getSceneY()));
                if (cancelled || overPalette) {
                    canvas.drops().forgetGhost();
                } else {
                    canvas.drops().drop(kind, event);
                }
                item.disarm();
            }
        });
        item.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && dragging) {
                cancelled = true;
                canvas.drops().forgetGhost();
                event.consume();
            }
        });
        item.setOnAction(event -> {
            if (!dragging) {
                edits.place(kind, canvas.middle(), Optional.empty());
            }
            dragging = false;
        });
        return item;
    }

    private static Node icon(Kind kind) {
        return switch (kind) {
            case CLIENT -> Icon.CLIENT.node("tone-client");
            case ROUTER -> Icon.ROUTER.node("tone-router");
            case DIRECTOR -> Icon.DIRECTOR.node("tone-director");
            case REALSERVER -> Icon.REALSERVER.node("tone-realserver");
            case SEGMENT -> Icon.SEGMENT.node();
            case SERVICE -> Icon.SERVICE.node("tone-vip");
            case NAT_GATEWAY -> Icon.NAT_GATEWAY.node("tone-vip");
            case LOCAL_POOL -> Icon.LOCAL_POOL.node("tone-lip");
            case POOL -> Icon.POOL.node("tone-realserver");
        };
    }
}
