package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.InspectModel;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import io.twoarm.diagnose.host.HostTables;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A host's routes, neighbours, addresses and kernel settings as they act, and the way to one address. */
final class InspectView implements View {
    private final InspectModel model;
    private final ComboBox<String> host = new ComboBox<>();
    private final TextField towards = new TextField();
    private final Button read = new Button(Texts.text("inspect.read"), Icon.RELOAD.node());
    private final Label way = new Label();
    private final TableView<List<String>> routes =
            table("routes", "destination", "gateway", "device", "table", "madeBy");
    private final TableView<List<String>> neighbours = table("neighbours", "address", "mac", "device", "state");
    private final TableView<List<String>> addresses = table("addresses", "device", "address", "mac", "state");
    private final TableView<List<String>> settings = table("settings", "device", "setting", "acts", "from");
    private final TextArea dataplane = new TextArea();
    private final TabPane tabs = new TabPane();
    private final VBox root;
    private final Subscriptions subscriptions = new Subscriptions();

    InspectView(WorkbenchModel workbench) {
        model = workbench.inspect();
        host.setId("inspect-host");
        host.getStyleClass().add("small");
        host.setAccessibleText(Texts.text("inspect.host"));
        host.setPromptText(Texts.text("inspect.host"));
        host.setOnShowing(event -> host.getItems().setAll(model.names()));
        host.setOnAction(event -> model.read());
        towards.setId("inspect-towards");
        towards.getStyleClass().addAll("small", "code-field");
        towards.setPromptText(Texts.text("inspect.towards"));
        towards.setAccessibleText(Texts.text("inspect.towards"));
        towards.setPrefWidth(210);
        towards.setOnAction(event -> model.read());
        read.setId("inspect-read");
        read.getStyleClass().addAll("small", "accent");
        read.setOnAction(event -> model.read());
        way.setId("inspect-way");
        way.getStyleClass().addAll("view-summary", "code-field");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox bar = new ShrinkingRow(host, towards, way, space, read);
        bar.getStyleClass().add("view-bar");
        dataplane.setEditable(false);
        dataplane.getStyleClass().addAll("log", "edge-to-edge");
        dataplane.setId("inspect-dataplane");
        dataplane.setAccessibleText(Texts.text("inspect.dataplane"));
        tabs.setId("inspect-tabs");
        tabs.getStyleClass().addAll("dense", "floating");
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tab("routes", routes);
        tab("neighbours", neighbours);
        tab("addresses", addresses);
        tab("settings", settings);
        tab("dataplane", dataplane);
        VBox.setVgrow(tabs, Priority.ALWAYS);
        root = new VBox(bar, tabs);
        root.getStyleClass().add("side-view");
    }

    private void tab(String name, Node content) {
        Tab tab = new Tab(Texts.text("inspect." + name), content);
        tab.setId("inspect-tab-" + name);
        tabs.getTabs().add(tab);
    }

    private static TableView<List<String>> table(String name, String... columns) {
        TableView<List<String>> table = new TableView<>();
        table.setId("inspect-" + name);
        table.setAccessibleText(Texts.text("inspect." + name));
        table.getStyleClass().addAll("edge-to-edge", "dense", "code-table");
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setPlaceholder(new Placeholder(Texts.text("inspect.none")));
        for (int i = 0; i < columns.length; i++) {
            int index = i;
            TableColumn<List<String>, String> column = new TableColumn<>(Texts.text("inspect.column." + columns[i]));
            column.setCellValueFactory(
                    cell -> new ReadOnlyStringWrapper(cell.getValue().get(index)));
            table.getColumns().add(column);
        }
        return table;
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void attach() {
        host.valueProperty().bindBidirectional(model.hostProperty());
        towards.textProperty().bindBidirectional(model.towardsProperty());
        subscriptions.add(() -> host.valueProperty().unbindBidirectional(model.hostProperty()));
        subscriptions.add(() -> towards.textProperty().unbindBidirectional(model.towardsProperty()));
        subscriptions.follow(model.foundProperty(), this::show);
        subscriptions.follow(model.hosts().reachableProperty(), reachable -> read.setDisable(!reachable));
        subscriptions.follow(model.readingProperty(), reading -> tabs.setDisable(reading));
    }

    @Override
    public void detach() {
        subscriptions.close();
    }

    private void show(Optional<InspectModel.Found> found) {
        Optional<HostTables> tables = found.map(InspectModel.Found::tables);
        way.setText(found.flatMap(it -> it.tables()
                        .way()
                        .filter(text -> !it.towards().isEmpty())
                        .map(text -> Texts.text("inspect.way", it.towards(), text)))
                .orElse(""));
        fill(
                routes,
                tables.map(it -> it.routes().stream()
                        .map(each -> List.of(
                                each.destination(), each.gateway(), each.device(), each.table(), each.protocol()))
                        .toList()));
        fill(
                neighbours,
                tables.map(it -> it.neighbours().stream()
                        .map(each -> List.of(each.address(), each.mac(), each.device(), each.state()))
                        .toList()));
        fill(
                addresses,
                tables.map(it -> it.addresses().stream()
                        .map(each -> List.of(
                                each.device(),
                                each.address(),
                                each.mac(),
                                Texts.text(each.up() ? "inspect.up" : "inspect.down")))
                        .toList()));
        fill(
                settings,
                tables.map(it -> it.settings().stream()
                        .filter(each -> !each.device().equals("lo"))
                        .map(each -> List.of(each.device(), each.name(), each.value(), each.origin()))
                        .toList()));
        dataplane.setText(found.map(InspectModel.Found::dataplane)
                .filter(text -> !text.isEmpty())
                .orElse(found.isPresent() ? Texts.text("inspect.noDataplane") : ""));
    }

    private static void fill(TableView<List<String>> table, Optional<List<List<String>>> rows) {
        table.getItems().setAll(rows.orElse(List.of()));
    }
}
