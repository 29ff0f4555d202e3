package io.twoarm.desktop.ui;

import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.lab.Impairment;
import java.time.Duration;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;

/** Asks how bad a cable shall be. */
final class ImpairDialog {
    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");
    private static final double NANOS = 1e6;

    private final TextField loss = new TextField();
    private final TextField delay = new TextField();
    private final TextField rate = new TextField();
    private final CheckBox cut = new CheckBox(Texts.text("impair.cut"));
    private final Label error = new Label();
    private final Dialog<Impairment> dialog = new Dialog<>();
    private final Node accept;

    ImpairDialog(Window owner, PortRef port, Impairment now) {
        dialog.initOwner(owner);
        dialog.setTitle(Texts.text("impair.title", port.host(), port.name()));
        dialog.setHeaderText(Texts.text("impair.title", port.host(), port.name()));
        ButtonType apply = new ButtonType(Texts.text("impair.apply"), ButtonBar.ButtonData.OK_DONE);
        dialog.getDialogPane().getButtonTypes().setAll(apply, ButtonType.CANCEL);
        GridPane grid = new GridPane();
        grid.getStyleClass().add("dialog-grid");
        row(grid, 0, "impair.loss", loss, "impair-loss", number(now.lossPercent()));
        row(grid, 1, "impair.delay", delay, "impair-delay", number(now.delay().toNanos() / NANOS));
        row(grid, 2, "impair.rate", rate, "impair-rate", number(now.kilobits()));
        cut.setId("impair-cut");
        cut.setSelected(now.cut());
        grid.add(cut, 1, 3);
        error.getStyleClass().add("field-error");
        error.setWrapText(true);
        error.setMinHeight(34);
        error.setMaxWidth(340);
        Label hint = new Label(Texts.text("impair.hint"));
        hint.setWrapText(true);
        hint.setMaxWidth(340);
        hint.getStyleClass().add("view-summary");
        VBox content = new VBox(hint, grid, error);
        content.getStyleClass().add("dialog-frame");
        dialog.getDialogPane().setContent(content);
        accept = dialog.getDialogPane().lookupButton(apply);
        for (TextField field : new TextField[] {loss, delay, rate}) {
            field.textProperty().subscribe(this::check);
            field.disableProperty().bind(cut.selectedProperty());
        }
        cut.selectedProperty().subscribe(this::check);
        dialog.setResultConverter(button -> button == apply ? wanted() : null);
        dialog.setOnShown(event -> loss.requestFocus());
    }

    private static void row(GridPane grid, int row, String key, TextField field, String id, String value) {
        Label label = new Label(Texts.text(key));
        label.setLabelFor(field);
        field.setId(id);
        field.setText(value);
        field.setPromptText("0");
        field.setPrefColumnCount(8);
        grid.addRow(row, label, field);
    }

    private static String number(double value) {
        return value == 0 ? "" : value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private Impairment wanted() {
        return cut.isSelected()
                ? Impairment.CUT
                : new Impairment(
                        value(loss), Duration.ofNanos((long) (value(delay) * NANOS)), (long) value(rate), false);
    }

    private static double value(TextField field) {
        String text = field.getText().strip().replace(',', '.');
        return text.isEmpty() ? 0 : Double.parseDouble(text);
    }

    private void check() {
        String problem = "";
        try {
            wanted();
        } catch (NumberFormatException e) {
            problem = Texts.text("impair.number");
        } catch (IllegalArgumentException e) {
            problem = e.getMessage();
        }
        error.setText(problem);
        accept.setDisable(!problem.isEmpty());
        for (TextField field : new TextField[] {loss, delay, rate}) {
            field.pseudoClassStateChanged(INVALID, !problem.isEmpty() && !parses(field));
        }
    }

    private static boolean parses(TextField field) {
        try {
            return value(field) >= 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** @return empty when cancelled */
    Optional<Impairment> ask() {
        return dialog.showAndWait();
    }
}
