package io.twoarm.desktop.ui;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.viewmodel.EditActions;
import io.twoarm.desktop.viewmodel.Texts;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A field over an object of the drawing that takes its new name. Enter takes it, Escape does not. */
final class RenameField extends VBox {
    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");
    private static final double WIDTH = 200;

    private final EditActions edits;
    private final TextField field = new TextField();
    private final Label refusal = new Label();
    private Optional<ObjectRef> renamed = Optional.empty();
    private Runnable done = () -> {};

    RenameField(EditActions edits) {
        this.edits = edits;
        field.setId("rename");
        field.setPrefWidth(WIDTH);
        field.setAccessibleText(Texts.text("rename.field"));
        refusal.getStyleClass().add("field-error");
        refusal.setWrapText(true);
        refusal.setMaxWidth(WIDTH);
        getStyleClass().add("rename");
        getChildren().addAll(field, refusal);
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setManaged(false);
        setAlignment(Pos.TOP_LEFT);
        setVisible(false);
        field.textProperty().subscribe(text -> judge());
        field.setOnAction(event -> take());
        field.focusedProperty().subscribe(focused -> {
            if (!focused) {
                take();
            }
        });
        field.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                renamed = Optional.empty();
                hide();
                event.consume();
            }
        });
    }

    /**
     * @param over where the object is seen, in the parent's pixels
     * @param finished runs when the field goes away
     */
    void open(ObjectRef ref, Bounds over, Runnable finished) {
        renamed = Optional.of(ref);
        done = finished;
        field.setText(ref.name());
        setVisible(true);
        toFront();
        double x = over.getMinX() + Math.min(40, over.getWidth() / 2);
        relocate(Math.rint(x), Math.rint(over.getMinY() + 4));
        resize(WIDTH + 8, prefHeight(WIDTH + 8));
        field.requestFocus();
        field.selectAll();
    }

    private void judge() {
        Optional<String> why = renamed.flatMap(ref -> edits.refusal(ref, field.getText()));
        refusal.setText(why.orElse(""));
        refusal.setVisible(why.isPresent());
        refusal.setManaged(why.isPresent());
        field.pseudoClassStateChanged(INVALID, why.isPresent());
        if (isVisible()) {
            resize(WIDTH + 8, prefHeight(WIDTH + 8));
        }
    }

    private void take() {
        Optional<ObjectRef> ref = renamed;
        renamed = Optional.empty();
        ref.ifPresent(it -> edits.rename(it, field.getText()));
        hide();
    }

    private void hide() {
        if (isVisible()) {
            setVisible(false);
            done.run();
        }
    }
}
