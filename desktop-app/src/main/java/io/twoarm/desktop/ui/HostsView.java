package io.twoarm.desktop.ui;

import io.twoarm.deploy.HostFiles;
import io.twoarm.deploy.HostPreflight;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.viewmodel.HostsModel;
import io.twoarm.desktop.viewmodel.LiveOverlay;
import io.twoarm.desktop.viewmodel.RunModel;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import io.twoarm.model.Host;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The hosts as machines: state, facts, a terminal, and their files to look at. */
final class HostsView implements View {
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    private final WorkbenchModel workbench;
    private final HostsModel model;
    private final TableView<Host> hosts = new TableView<>();
    private final Label summary = new Label();
    private final Button ask = new Button(Texts.text("hosts.ask"), Icon.RELOAD.node());
    private final Button terminal = new Button(Texts.text("hosts.terminal"), Icon.TERMINAL.node());
    private final Button files = new Button(Texts.text("hosts.files"), Icon.OPEN.node());
    private final TextField path = new TextField();
    private final Button up = new Button("", Icon.UP.node());
    private final TableView<HostFiles.Entry> entries = new TableView<>();
    private final TextArea text = new TextArea();
    private final VBox right = new VBox();
    private final VBox root;
    private final Subscriptions subscriptions = new Subscriptions();

    HostsView(WorkbenchModel workbench) {
        this.workbench = workbench;
        model = workbench.hosts();
        SplitPane split = new SplitPane(hostTable(), fileSide());
        split.getStyleClass().add("workspace");
        split.setDividerPositions(0.56);
        VBox.setVgrow(split, Priority.ALWAYS);
        root = new VBox(bar(), split);
        root.getStyleClass().add("side-view");
    }

    private HBox bar() {
        summary.getStyleClass().add("view-summary");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        ask.setId("hosts-ask");
        ask.getStyleClass().add("small");
        ask.setOnAction(event -> model.ask());
        terminal.setId("hosts-terminal");
        terminal.getStyleClass().addAll("small", "accent");
        terminal.setOnAction(
                event -> chosen().ifPresent(host -> workbench.terminals().open(host.name())));
        files.setId("hosts-files");
        files.getStyleClass().add("small");
        files.setOnAction(event -> chosen().ifPresent(host -> model.list(host.name(), "/etc")));
        HBox bar = new ShrinkingRow(summary, space, ask, files, terminal);
        bar.getStyleClass().add("view-bar");
        return bar;
    }

    private Node hostTable() {
        hosts.setId("hosts-table");
        hosts.getStyleClass().addAll("edge-to-edge", "dense");
        hosts.setAccessibleText(Texts.text("page", Page.HOSTS));
        hosts.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        column(hosts, "hosts.name", 110, Host::name);
        column(hosts, "hosts.state", 150, host -> state(host.name()));
        column(hosts, "hosts.address", 160, host -> model.address(host.name()));
        column(
                hosts,
                "hosts.facts",
                330,
                host -> model.facts(host.name()).map(HostsView::facts).orElse(""));
        hosts.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                chosen().ifPresent(host -> workbench.project().selection().reveal(new HostRef(host.name())));
            }
        });
        return hosts;
    }

    private static String facts(HostPreflight host) {
        String findings = host.findings().stream()
                .filter(HostPreflight.Finding::blocking)
                .map(HostPreflight.Finding::found)
                .collect(Collectors.joining("; "));
        return findings.isEmpty()
                ? host.facts().stream()
                        .map(fact -> fact.name() + " " + fact.value())
                        .collect(Collectors.joining(" · "))
                : findings;
    }

    private String state(String host) {
        return Optional.ofNullable(
                        workbench.live().overlayProperty().get().hosts().get(new HostRef(host)))
                .map(LiveOverlay.HostLive::caption)
                .orElse("");
    }

    private Node fileSide() {
        path.setId("hosts-path");
        path.getStyleClass().addAll("small", "code-field");
        path.setAccessibleText(Texts.text("hosts.path"));
        path.setPromptText(Texts.text("hosts.path"));
        path.setOnAction(event -> model.directoryProperty()
                .get()
                .map(HostsModel.Directory::host)
                .or(() -> chosen().map(Host::name))
                .ifPresent(host -> model.list(host, path.getText().strip())));
        HBox.setHgrow(path, Priority.ALWAYS);
        up.setId("hosts-up");
        up.getStyleClass().addAll("small", "icon-button");
        up.setAccessibleText(Texts.text("hosts.up"));
        up.setOnAction(event -> model.up());
        HBox bar = new ShrinkingRow(up, path);
        bar.getStyleClass().add("view-bar");
        entries.setId("hosts-entries");
        entries.setAccessibleText(Texts.text("hosts.files"));
        entries.getStyleClass().addAll("edge-to-edge", "dense", "code-table");
        entries.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_NEXT_COLUMN);
        entries.setPlaceholder(new Placeholder(Texts.text("hosts.noFiles")));
        column(entries, "hosts.file", 180, HostsView::name);
        column(entries, "hosts.size", 70, entry -> entry.type() == HostFiles.Type.FILE ? "" + entry.size() : "");
        column(entries, "hosts.owner", 90, HostFiles.Entry::owner);
        column(entries, "hosts.mode", 55, HostFiles.Entry::mode);
        column(entries, "hosts.modified", 120, entry -> WHEN.format(entry.modified()));
        entries.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                openEntry();
            }
        });
        entries.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                openEntry();
            } else if (event.getCode() == KeyCode.BACK_SPACE) {
                model.up();
            }
        });
        text.setId("hosts-text");
        text.setAccessibleText(Texts.text("hosts.text"));
        text.setEditable(false);
        text.getStyleClass().addAll("log", "edge-to-edge");
        SplitPane split = new SplitPane(entries, text);
        split.setOrientation(javafx.geometry.Orientation.VERTICAL);
        split.getStyleClass().add("workspace");
        VBox.setVgrow(split, Priority.ALWAYS);
        right.getChildren().setAll(bar, split);
        return right;
    }

    private static String name(HostFiles.Entry entry) {
        return switch (entry.type()) {
            case DIRECTORY -> entry.name() + "/";
            case LINK -> entry.name() + " → " + entry.target();
            case FILE, OTHER -> entry.name();
        };
    }

    private void openEntry() {
        Optional.ofNullable(entries.getSelectionModel().getSelectedItem()).ifPresent(model::open);
    }

    private static <T> void column(TableView<T> table, String key, double width, Function<T, String> value) {
        TableColumn<T, String> column = new TableColumn<>(Texts.text(key));
        column.setPrefWidth(width);
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(value.apply(cell.getValue())));
        table.getColumns().add(column);
    }

    private Optional<Host> chosen() {
        return Optional.ofNullable(hosts.getSelectionModel().getSelectedItem());
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void attach() {
        subscriptions.follow(workbench.project().topologyProperty(), topology -> {
            Optional<String> before = chosen().map(Host::name);
            hosts.getItems().setAll(model.hosts());
            model.hosts().stream()
                    .filter(host -> before.filter(host.name()::equals).isPresent())
                    .findFirst()
                    .ifPresent(hosts.getSelectionModel()::select);
        });
        subscriptions.follow(
                workbench.project().selectionProperty(),
                ref -> ref.filter(HostRef.class::isInstance)
                        .flatMap(host -> hosts.getItems().stream()
                                .filter(each -> each.name().equals(host.name()))
                                .findFirst())
                        .ifPresent(hosts.getSelectionModel()::select));
        subscriptions.follow(model.factsProperty(), facts -> hosts.refresh());
        subscriptions.follow(workbench.live().overlayProperty(), overlay -> hosts.refresh());
        subscriptions.follow(model.askingProperty(), asking -> showState());
        subscriptions.follow(workbench.run().stateProperty(), state -> {
            showState();
            hosts.refresh();
        });
        subscriptions.follow(hosts.getSelectionModel().selectedItemProperty(), host -> showState());
        subscriptions.follow(model.directoryProperty(), directory -> {
            entries.getItems()
                    .setAll(directory.map(HostsModel.Directory::entries).orElse(java.util.List.of()));
            path.setText(directory.map(HostsModel.Directory::path).orElse(""));
            up.setDisable(directory.isEmpty());
        });
        subscriptions.follow(
                model.contentProperty(),
                content -> text.setText(content.map(HostsModel.Content::text).orElse("")));
    }

    private void showState() {
        boolean running = !(workbench.run().stateProperty().get() instanceof RunModel.State.Nowhere);
        ask.setDisable(!running || model.askingProperty().get());
        terminal.setDisable(!running || chosen().isEmpty());
        files.setDisable(!running || chosen().isEmpty());
        summary.setText(Texts.text(running ? "hosts.running" : "hosts.nowhere"));
    }

    @Override
    public void detach() {
        subscriptions.close();
    }
}
