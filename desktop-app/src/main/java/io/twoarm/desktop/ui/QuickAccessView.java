package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.QuickAccess;
import io.twoarm.desktop.viewmodel.QuickAccess.Entry;
import io.twoarm.desktop.viewmodel.QuickAccess.Target;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import io.twoarm.templates.StarterTopologies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** A field over the window that finds everything by any words of its name, and goes there. */
final class QuickAccessView extends StackPane {
    private final WorkbenchModel model;
    private final Dialogs dialogs;
    private final Commands commands;
    private final TextField field = new TextField();
    private final ListView<Entry> hits = new ListView<>();
    private List<Entry> entries = List.of();
    private Optional<Node> before = Optional.empty();

    QuickAccessView(WorkbenchModel model, Dialogs dialogs, Commands commands) {
        this.model = model;
        this.dialogs = dialogs;
        this.commands = commands;
        field.setId("quick-access-field");
        field.setPromptText(Texts.text("quickAccess.prompt"));
        field.setAccessibleText(Texts.text("quickAccess.prompt"));
        field.textProperty().subscribe(query -> show(query));
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
        hits.setId("quick-access-hits");
        hits.getStyleClass().addAll("edge-to-edge", "quick-access-hits");
        hits.setFocusTraversable(false);
        hits.setCellFactory(view -> new EntryCell());
        hits.setPlaceholder(new Placeholder(Texts.text("quickAccess.none")));
        hits.setOnMouseClicked(event -> go());
        VBox panel = new VBox(field, hits);
        panel.getStyleClass().add("quick-access");
        panel.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        StackPane.setAlignment(panel, Pos.TOP_CENTER);
        getChildren().add(panel);
        setOnMousePressed(event -> {
            if (event.getTarget() == this) {
                close();
            }
        });
        setVisible(false);
    }

    void open() {
        before = Optional.ofNullable(getScene().getFocusOwner());
        entries = collect();
        field.clear();
        show("");
        setVisible(true);
        field.requestFocus();
    }

    private void close() {
        setVisible(false);
        before.ifPresent(Node::requestFocus);
    }

    /** Objects first, because they are looked for most; commands that make no sense now are left out. */
    private List<Entry> collect() {
        List<Entry> all = new ArrayList<>();
        model.project().topologyProperty().get().ifPresent(topology -> all.addAll(QuickAccess.objectsOf(topology)));
        commands.all().stream()
                .filter(command -> command.enabled().get())
                .forEach(command -> all.add(new Entry(
                        new Target.Command(command.id()),
                        command.text(),
                        Texts.text("command." + command.id() + ".tip"))));
        StarterTopologies.all()
                .forEach(starter -> all.add(new Entry(
                        new Target.Starter(starter.name()),
                        Texts.text("quickAccess.starter", starter.title()),
                        starter.name())));
        model.recent()
                .forEach(directory -> all.add(new Entry(
                        new Target.Project(directory),
                        Texts.text("quickAccess.project", directory.getFileName()),
                        directory.toString())));
        return all;
    }

    private void show(String query) {
        hits.getItems().setAll(QuickAccess.search(query, entries));
        hits.getSelectionModel().selectFirst();
        hits.scrollTo(0);
    }

    private void keyPressed(KeyEvent event) {
        switch (event.getCode()) {
            case ESCAPE -> close();
            case ENTER -> go();
            case DOWN -> step(1);
            case UP -> step(-1);
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void step(int by) {
        int last = hits.getItems().size() - 1;
        int next = Math.max(0, Math.min(last, hits.getSelectionModel().getSelectedIndex() + by));
        hits.getSelectionModel().select(next);
        hits.scrollTo(Math.max(0, next - 4));
    }

    private void go() {
        Entry wanted = hits.getSelectionModel().getSelectedItem();
        close();
        if (wanted == null) {
            return;
        }
        switch (wanted.target()) {
            case Target.Object object -> model.project().selection().reveal(object.ref());
            case Target.Command command ->
                commands.all().stream()
                        .filter(each -> each.id().equals(command.id()))
                        .findFirst()
                        .ifPresent(each -> each.action().run());
            case Target.Starter starter -> dialogs.create(starter.name());
            case Target.Project project ->
                dialogs.leavingLab(() -> model.project().open(project.directory()));
        }
    }

    private Optional<Command> command(String id) {
        return commands.all().stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** Icon, label, detail, and the keys of a command. */
    private final class EntryCell extends ListCell<Entry> {
        private final Label label = new Label();
        private final Label detail = new Label();
        private final Label keys = new Label();
        private final HBox line = new HBox();

        EntryCell() {
            line.getStyleClass().add("quick-access-line");
            label.setMinWidth(USE_PREF_SIZE);
            detail.getStyleClass().add("outline-detail");
            detail.setMinWidth(0);
            keys.getStyleClass().add("quick-access-keys");
            keys.setMinWidth(USE_PREF_SIZE);
            Region space = new Region();
            HBox.setHgrow(space, Priority.ALWAYS);
            line.getChildren().setAll(label, detail, space, keys);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(Entry entry, boolean empty) {
            super.updateItem(entry, empty);
            if (empty || entry == null) {
                setGraphic(null);
                return;
            }
            label.setText(entry.label());
            label.setGraphic(icon(entry.target()));
            detail.setText(entry.detail());
            keys.setText("");
            if (entry.target() instanceof Target.Command(String id)) {
                command(id)
                        .flatMap(Command::shortcut)
                        .ifPresent(combination -> keys.setText(combination.getDisplayText()));
            }
            setGraphic(line);
        }

        private Node icon(Target target) {
            return switch (target) {
                case Target.Object object -> OutlineView.icon(object.kind());
                case Target.Command wanted ->
                    command(wanted.id()).map(Command::icon).orElse(Icon.NOTE).node();
                case Target.Starter _ -> Icon.NEW.node();
                case Target.Project _ -> Icon.OPEN.node();
            };
        }
    }
}
