package io.twoarm.desktop.ui;

import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.TraceModel;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import io.twoarm.diagnose.host.AddressNames;
import io.twoarm.diagnose.trace.TraceHop;
import io.twoarm.diagnose.trace.TraceRequest.Method;
import io.twoarm.model.IpLiteral;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A trace as a table; the same lies over the drawing. */
final class TraceView implements View {
    private static final PseudoClass SURPRISING = PseudoClass.getPseudoClass("surprising");

    private final TraceModel model;
    private final ComboBox<String> from = new ComboBox<>();
    private final ComboBox<String> to = new ComboBox<>();
    private final ChoiceBox<String> method = new ChoiceBox<>();
    private final Button start = new Button();
    private final Button clear = new Button(Texts.text("trace.clear"));
    private final Label headline = new Label();
    private final Label problem = new Label();
    private final TableView<TraceModel.Row> table = new TableView<>();
    private final VBox root;
    private final Subscriptions subscriptions = new Subscriptions();

    TraceView(WorkbenchModel workbench) {
        model = workbench.trace();
        table.setId("trace-table");
        table.getStyleClass().addAll("edge-to-edge", "dense");
        table.setAccessibleText(Texts.text("page", Page.TRACE));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setPlaceholder(new Placeholder(Texts.text("trace.none")));
        column("trace.round", 60, row -> Integer.toString(row.round()));
        column("trace.hop", 50, row -> Integer.toString(row.hop().number()));
        column(
                "trace.address",
                170,
                row -> row.hop().address().map(IpLiteral::format).orElse("*"));
        column("trace.owner", 210, row -> owner(row.hop()));
        column(
                "trace.time",
                90,
                row -> row.hop().address().isPresent()
                        ? Texts.text("trace.milliseconds", row.hop().millis())
                        : "");
        column("trace.design", 260, row -> design(row.hop()));
        table.setRowFactory(view -> new TableRow<>() {
            @Override
            protected void updateItem(TraceModel.Row row, boolean empty) {
                super.updateItem(row, empty);
                pseudoClassStateChanged(
                        SURPRISING, !empty && row != null && row.hop().surprising());
            }
        });
        table.setOnMouseClicked(event -> {
            TraceModel.Row row = table.getSelectionModel().getSelectedItem();
            if (event.getClickCount() == 2 && row != null) {
                row.hop()
                        .owner()
                        .map(AddressNames.Owner::host)
                        .ifPresent(host -> workbench.project().selection().reveal(new HostRef(host)));
            }
        });
        headline.setId("trace-headline");
        headline.getStyleClass().add("view-summary");
        headline.setWrapText(true);
        problem.setId("trace-problem");
        problem.setWrapText(true);
        problem.setGraphic(Icon.ERROR.node("tone-down"));
        problem.getStyleClass().add("view-finding");
        VBox.setVgrow(table, Priority.ALWAYS);
        HBox says = new HBox(headline);
        says.getStyleClass().add("view-says");
        root = new VBox(bar(), says, problem, table);
        root.getStyleClass().add("side-view");
    }

    private HBox bar() {
        from.setId("trace-from");
        from.getStyleClass().add("small");
        from.setAccessibleText(Texts.text("trace.from"));
        from.setOnShowing(event -> from.getItems().setAll(model.senders()));
        to.setId("trace-to");
        to.getStyleClass().addAll("small", "code-field");
        to.setEditable(true);
        to.setAccessibleText(Texts.text("trace.to"));
        to.setPromptText(Texts.text("trace.to.prompt"));
        to.setOnShowing(event -> to.getItems().setAll(model.services()));
        to.setPrefWidth(190);
        method.setId("trace-method");
        method.getStyleClass().add("small");
        method.getItems().add(Texts.text("trace.method.auto"));
        Stream.of(Method.values()).forEach(each -> method.getItems().add(each.name()));
        method.getSelectionModel().selectFirst();
        method.setAccessibleText(Texts.text("trace.method"));
        start.setId("trace-start");
        start.getStyleClass().addAll("small", "accent");
        start.setOnAction(event -> {
            if (model.runningProperty().get()) {
                model.stop();
            } else {
                model.start(chosenMethod());
            }
        });
        clear.setId("trace-clear");
        clear.getStyleClass().add("small");
        clear.setOnAction(event -> model.clear());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox bar = new ShrinkingRow(
                new Label(Texts.text("trace.from")),
                from,
                new Label(Texts.text("trace.to")),
                to,
                method,
                space,
                clear,
                start);
        bar.getStyleClass().add("view-bar");
        return bar;
    }

    private Optional<Method> chosenMethod() {
        int index = method.getSelectionModel().getSelectedIndex();
        return index <= 0 ? Optional.empty() : Optional.of(Method.values()[index - 1]);
    }

    private void column(String key, double width, Function<TraceModel.Row, String> value) {
        TableColumn<TraceModel.Row, String> column = new TableColumn<>(Texts.text(key));
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(value.apply(cell.getValue())));
        table.getColumns().add(column);
    }

    private static String owner(TraceHop hop) {
        return hop.owner()
                .map(AddressNames.Owner::toString)
                .orElse(hop.address().isPresent() ? Texts.text("trace.unknown") : "");
    }

    private static String design(TraceHop hop) {
        String mark = hop.mark().isEmpty() ? "" : hop.mark() + "  ";
        if (hop.predicted().isEmpty()) {
            return mark + (hop.surprising() ? Texts.text("trace.nothingHere") : "");
        }
        return mark
                + (hop.surprising() || hop.address().isEmpty()
                        ? Texts.text("trace.designHas", hop.predicted().get())
                        : Texts.text("trace.asDesigned"));
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void attach() {
        from.valueProperty().bindBidirectional(model.fromProperty());
        to.getEditor().textProperty().bindBidirectional(model.toProperty());
        subscriptions.add(() -> from.valueProperty().unbindBidirectional(model.fromProperty()));
        subscriptions.add(() -> to.getEditor().textProperty().unbindBidirectional(model.toProperty()));
        table.setItems(model.rows());
        subscriptions.follow(model.headlineProperty(), text -> {
            headline.setText(text);
            headline.getParent().setVisible(!text.isEmpty());
            headline.getParent().setManaged(!text.isEmpty());
        });
        subscriptions.follow(model.problemProperty(), text -> {
            problem.setText(text);
            problem.setVisible(!text.isEmpty());
            problem.setManaged(!text.isEmpty());
        });
        subscriptions.follow(model.runningProperty(), running -> showState());
        subscriptions.follow(model.hosts().reachableProperty(), reachable -> showState());
        subscriptions.follow(model.overlayProperty(), overlay -> clear.setDisable(overlay.isEmpty()));
    }

    private void showState() {
        boolean running = model.runningProperty().get();
        start.setText(Texts.text(running ? "trace.stop" : "trace.start"));
        start.setGraphic((running ? Icon.STOP : Icon.TRACE).node());
        start.setDisable(!running && !model.hosts().reachableProperty().get());
        if (model.hosts().reachableProperty().get()) {
            model.propose();
        }
    }

    @Override
    public void detach() {
        subscriptions.close();
    }
}
