package io.twoarm.desktop.ui;

import io.twoarm.desktop.design.History;
import io.twoarm.desktop.viewmodel.EditingModel;
import io.twoarm.desktop.viewmodel.Texts;
import java.util.List;
import java.util.stream.IntStream;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;

/** Every step of editing by its name; a click goes to the design as it was after that step. */
final class HistoryView implements View {
    private static final PseudoClass UNDONE = PseudoClass.getPseudoClass("undone");
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");

    private final EditingModel editing;
    private final ListView<Integer> list = new ListView<>();
    private final Subscriptions subscriptions = new Subscriptions();

    HistoryView(EditingModel editing) {
        this.editing = editing;
        list.setId("history");
        list.getStyleClass().addAll("history", "edge-to-edge", "dense");
        list.setAccessibleText(Texts.text("page", Page.HISTORY));
        list.setCellFactory(view -> new StepCell());
        list.setOnMouseClicked(event -> go());
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                go();
            }
        });
    }

    private void go() {
        Integer wanted = list.getSelectionModel().getSelectedItem();
        if (wanted != null) {
            editing.goTo(wanted);
        }
    }

    @Override
    public Node node() {
        return list;
    }

    @Override
    public void attach() {
        subscriptions.follow(editing.historyProperty(), this::show);
    }

    @Override
    public void detach() {
        subscriptions.close();
    }

    private void show(History history) {
        List<Integer> positions =
                IntStream.rangeClosed(0, history.edits().size()).boxed().toList();
        if (list.getItems().equals(positions)) {
            list.refresh();
        } else {
            list.getItems().setAll(positions);
        }
        list.getSelectionModel().select(history.position());
        list.scrollTo(history.position());
    }

    /** A step; position 0 is the design as it was opened. */
    private final class StepCell extends ListCell<Integer> {
        StepCell() {
            getStyleClass().add("step");
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(Integer position, boolean empty) {
            super.updateItem(position, empty);
            History history = editing.historyProperty().get();
            boolean known =
                    !empty && position != null && position <= history.edits().size();
            pseudoClassStateChanged(UNDONE, known && position > history.position());
            pseudoClassStateChanged(CURRENT, known && position == history.position());
            if (!known) {
                setText(null);
                setGraphic(null);
                return;
            }
            setText(position == 0 ? Texts.text("history.opened") : sentence(history, position));
            setGraphic((position == history.position() ? Icon.DONE : Icon.WAITING).node());
        }

        private static String sentence(History history, int position) {
            String name = EditingModel.nameOf(history.edits().get(position - 1));
            return name.isEmpty()
                    ? name
                    : name.substring(0, name.offsetByCodePoints(0, 1)).toUpperCase(java.util.Locale.getDefault())
                            + name.substring(name.offsetByCodePoints(0, 1));
        }
    }
}
