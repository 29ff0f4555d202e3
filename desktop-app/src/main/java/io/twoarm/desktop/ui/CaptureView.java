package io.twoarm.desktop.ui;

import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.viewmodel.CaptureModel;
import io.twoarm.desktop.viewmodel.CaptureModel.Arrangement;
import io.twoarm.desktop.viewmodel.CaptureRow;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A live capture: where and what, the packets or the joined connections, and what is selected in full. */
final class CaptureView implements View {
    private static final double TABLE_SHARE = 0.62;

    private final WorkbenchModel workbench;
    private final CaptureModel model;
    private final Dialogs dialogs;
    private final CapturePlaces places;
    private final MenuButton what = new MenuButton(Texts.text("capture.what"));
    private final TextField filter = new TextField();
    private final Button start = new Button();
    private final TextField search = new TextField();
    private final ToggleButton follow = new ToggleButton("", Icon.FOLLOW.node());
    private final Label summary = new Label();
    private final MenuItem save = new MenuItem(Texts.text("capture.save"), Icon.SAVE.node());
    private final MenuItem wireshark = new MenuItem(Texts.text("capture.wireshark"), Icon.OPEN_OBJECT.node());
    private final CaptureTable table;
    private final CaptureDetails details = new CaptureDetails();
    private final SplitPane split = new SplitPane();
    private final VBox root;
    private final Subscriptions subscriptions = new Subscriptions();

    CaptureView(WorkbenchModel workbench, Dialogs dialogs) {
        this.workbench = workbench;
        this.dialogs = dialogs;
        model = workbench.capture();
        places = new CapturePlaces(model);
        table = new CaptureTable(model, this::reveal);
        split.getStyleClass().add("workspace");
        SplitPane.setResizableWithParent(details.node(), false);
        VBox.setVgrow(split, Priority.ALWAYS);
        root = new VBox(whatBar(), listBar(), split);
        root.getStyleClass().addAll("side-view", "capture");
        root.setId("capture");
        root.focusedProperty().subscribe(focused -> {
            if (focused) {
                start.requestFocus();
            }
        });
    }

    private HBox whatBar() {
        what.setId("capture-what");
        what.getStyleClass().add("small");
        what.setGraphic(Icon.SERVICE.node());
        what.setOnShowing(event -> fillWhat());
        filter.setId("capture-filter");
        filter.getStyleClass().addAll("small", "code-field");
        filter.setPromptText(Texts.text("capture.filter"));
        filter.setAccessibleText(Texts.text("capture.filter"));
        filter.setTooltip(new Tooltip(Texts.text("capture.filter.tip")));
        filter.setOnAction(event -> model.start());
        HBox.setHgrow(filter, Priority.ALWAYS);
        start.setId("capture-start");
        start.getStyleClass().addAll("small", "accent");
        start.setOnAction(event -> startOrStop());
        HBox bar = new ShrinkingRow(what, places.node(), filter, start);
        bar.getStyleClass().add("view-bar");
        return bar;
    }

    private void fillWhat() {
        what.getItems().clear();
        for (String service : model.target().services()) {
            MenuItem item = new MenuItem(Texts.text("capture.service", service), Icon.SERVICE.node());
            item.setMnemonicParsing(false);
            item.setOnAction(event -> model.target().chooseService(service));
            what.getItems().add(item);
        }
        MenuItem everything = new MenuItem(Texts.text("capture.everything"));
        everything.setOnAction(event -> {
            model.target().choose(model.target().allPlaces());
            model.target().filterProperty().set("");
        });
        what.getItems().addAll(new SeparatorMenuItem(), everything);
    }

    private HBox listBar() {
        ToggleGroup arrangement = new ToggleGroup();
        HBox choice = new HBox();
        for (Arrangement each : Arrangement.values()) {
            ToggleButton button = new ToggleButton(Texts.text("capture.arrangement", each));
            button.setId("capture-" + each.name().toLowerCase(java.util.Locale.ROOT));
            button.getStyleClass().addAll("small", each.ordinal() == 0 ? "left-pill" : "right-pill");
            button.setToggleGroup(arrangement);
            button.setSelected(model.arrangementProperty().get() == each);
            button.setOnAction(event -> {
                button.setSelected(true);
                model.arrangementProperty().set(each);
            });
            choice.getChildren().add(button);
        }
        search.setId("capture-search");
        search.getStyleClass().add("small");
        search.setPromptText(Texts.text("capture.search"));
        search.setAccessibleText(Texts.text("capture.search"));
        search.setPrefWidth(170);
        search.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                search.clear();
            }
        });
        follow.setId("capture-follow");
        follow.getStyleClass().addAll("small", "icon-button");
        follow.setTooltip(new Tooltip(Texts.text("capture.follow")));
        follow.setAccessibleText(Texts.text("capture.follow"));
        follow.setSelected(true);
        summary.setId("capture-summary");
        summary.getStyleClass().add("view-summary");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox bar = new ShrinkingRow(choice, search, summary, space, follow, more());
        bar.getStyleClass().add("view-bar");
        return bar;
    }

    private MenuButton more() {
        save.setId("capture-save");
        save.setOnAction(event -> dialogs.file(
                        Texts.text("capture.save.title"), workbench.project().name() + ".pcapng")
                .ifPresent(this::save));
        wireshark.setId("capture-wireshark");
        wireshark.setOnAction(event -> model.openInWireshark());
        MenuItem collapse = new MenuItem(Texts.text("capture.collapse"));
        collapse.setOnAction(event -> model.expandAll(false));
        MenuItem expand = new MenuItem(Texts.text("capture.expand"));
        expand.setOnAction(event -> model.expandAll(true));
        CheckMenuItem names = new CheckMenuItem(Texts.text("capture.details"));
        names.setSelected(true);
        names.selectedProperty().subscribe(this::showDetails);
        MenuButton more = new MenuButton(Texts.text("capture.more"));
        more.setId("capture-more");
        more.getStyleClass().add("small");
        more.getItems().setAll(save, wireshark, new SeparatorMenuItem(), expand, collapse, names);
        return more;
    }

    private void showDetails(boolean shown) {
        split.getItems().setAll(table.node());
        if (shown) {
            split.getItems().add(details.node());
            split.setDividerPositions(TABLE_SHARE);
        }
    }

    private void save(Path file) {
        model.save(file);
    }

    private void startOrStop() {
        if (model.stateProperty().get() == CaptureModel.State.IDLE) {
            follow.setSelected(true);
            model.start();
        } else {
            model.stop();
        }
    }

    private void reveal(CaptureRow row) {
        row.point().ifPresent(point -> workbench.project().selection().reveal(new HostRef(point.host())));
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void attach() {
        filter.textProperty().bindBidirectional(model.target().filterProperty());
        search.textProperty().bindBidirectional(model.searchProperty());
        subscriptions.add(
                () -> filter.textProperty().unbindBidirectional(model.target().filterProperty()));
        subscriptions.add(() -> search.textProperty().unbindBidirectional(model.searchProperty()));
        subscriptions.follow(model.stateProperty(), state -> showState());
        subscriptions.follow(model.hosts().reachableProperty(), reachable -> showState());
        subscriptions.follow(model.countProperty(), count -> showSummary());
        subscriptions.follow(model.connectionsProperty(), connections -> showSummary());
        subscriptions.follow(model.rows(), () -> {
            if (follow.isSelected() && model.stateProperty().get() == CaptureModel.State.RUNNING) {
                table.showEnd();
            }
        });
        subscriptions.follow(
                table.selected(),
                row -> details.show(
                        Optional.ofNullable(row),
                        workbench.project().topologyProperty().get()));
        places.attach();
        table.attach();
    }

    @Override
    public void detach() {
        places.detach();
        table.detach();
        subscriptions.close();
    }

    private void showState() {
        CaptureModel.State state = model.stateProperty().get();
        boolean idle = state == CaptureModel.State.IDLE;
        start.setText(Texts.text(idle ? "capture.start" : "capture.stop"));
        start.setGraphic((idle ? Icon.RECORD : Icon.STOP).node());
        start.setDisable(state == CaptureModel.State.STOPPING
                || idle && !model.hosts().reachableProperty().get());
        filter.setDisable(!idle);
        what.setDisable(!idle);
        places.node().setDisable(!idle);
        table.setPlaceholder(Texts.text(
                idle
                        ? model.hosts().reachableProperty().get() ? "capture.none" : "capture.nowhere"
                        : "capture.waiting"));
        showSummary();
    }

    private void showSummary() {
        boolean frames = model.hasFrames();
        save.setDisable(!frames);
        wireshark.setDisable(!frames);
        summary.setText(model.countProperty()
                .get()
                .map(count -> CaptureSummary.of(
                        count,
                        model.connectionsProperty().get(),
                        model.stateProperty().get()))
                .orElse(""));
        summary.setTooltip(summary.getText().isEmpty() ? null : new Tooltip(summary.getText()));
    }
}
