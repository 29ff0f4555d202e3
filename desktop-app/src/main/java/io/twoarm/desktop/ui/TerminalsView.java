package io.twoarm.desktop.ui;

import com.techsenger.jeditermfx.ui.JediTermFxWidget;
import io.twoarm.desktop.viewmodel.TerminalsModel;
import io.twoarm.desktop.viewmodel.TerminalsModel.Terminal;
import io.twoarm.desktop.viewmodel.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Shells on the hosts, one tab each. */
final class TerminalsView implements View {
    private final TerminalsModel model;
    private final TabPane tabs = new TabPane();
    private final MenuButton open = new MenuButton(Texts.text("terminal.open"), Icon.TERMINAL.node());
    private final Placeholder none = new Placeholder(Texts.text("terminal.none"));
    /** Has the colours of the theme, for the terminals to take them over. */
    private final Label colours = new Label();

    private final Map<Terminal, Tab> shown = new HashMap<>();
    private final Map<Terminal, ThemedTerminal> widgets = new HashMap<>();
    private final VBox root;
    private final Subscriptions subscriptions = new Subscriptions();

    TerminalsView(TerminalsModel model) {
        this.model = model;
        open.setId("terminal-open");
        open.getStyleClass().add("small");
        open.setOnShowing(event -> fillHosts());
        Label title = new Label(Texts.text("terminal.hint"));
        title.getStyleClass().add("view-summary");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox bar = new ShrinkingRow(title, space, open);
        bar.getStyleClass().add("view-bar");
        colours.getStyleClass().add("terminal-colours");
        colours.setManaged(false);
        // Not invisible: style sheets are applied to what is visible only.
        colours.setOpacity(0);
        colours.setMouseTransparent(true);
        tabs.setId("terminals");
        tabs.getStyleClass().addAll("dense", "terminals");
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.ALL_TABS);
        StackPane middle = new StackPane(none, tabs, colours);
        VBox.setVgrow(middle, Priority.ALWAYS);
        root = new VBox(bar, middle);
        root.getStyleClass().add("side-view");
        root.focusedProperty().subscribe(focused -> {
            if (focused) {
                focus();
            }
        });
    }

    private void fillHosts() {
        open.getItems().clear();
        for (String host : model.hosts()) {
            MenuItem item = new MenuItem(host);
            item.setMnemonicParsing(false);
            item.setDisable(!model.reachable());
            item.setOnAction(event -> model.open(host));
            open.getItems().add(item);
        }
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void attach() {
        subscriptions.follow(model.open(), this::show);
        subscriptions.follow(root.sceneProperty(), scene -> show());
        subscriptions.follow(
                colours.backgroundProperty(), background -> widgets.values().forEach(ThemedTerminal::takeColours));
    }

    @Override
    public void detach() {
        subscriptions.close();
        List.copyOf(shown.keySet()).forEach(this::remove);
    }

    /** Font and colours are known only where the style sheets are, so terminals wait until this view is in a window. */
    private void show() {
        if (root.getScene() == null) {
            return;
        }
        List<Terminal> gone = new ArrayList<>(shown.keySet());
        gone.removeAll(model.open());
        gone.forEach(this::remove);
        for (Terminal terminal : model.open()) {
            if (!shown.containsKey(terminal)) {
                add(terminal);
            }
        }
        none.setVisible(shown.isEmpty());
        tabs.setVisible(!shown.isEmpty());
    }

    private void remove(Terminal terminal) {
        tabs.getTabs().remove(shown.remove(terminal));
        Optional.ofNullable(widgets.remove(terminal)).ifPresent(JediTermFxWidget::close);
    }

    private void add(Terminal terminal) {
        colours.applyCss();
        ThemedTerminal widget = new ThemedTerminal(colours);
        widget.setTtyConnector(new ShellConnector(terminal.host(), terminal.shell()));
        widget.addListener(ended -> Platform.runLater(() -> model.close(terminal)));
        widgets.put(terminal, widget);
        Tab tab = new Tab(Texts.text("terminal.tab", terminal.host(), terminal.number()), widget.getPane());
        tab.setId("terminal-" + terminal.number());
        tab.setOnCloseRequest(event -> {
            event.consume();
            model.close(terminal);
        });
        shown.put(terminal, tab);
        tabs.getTabs().add(tab);
        tabs.getSelectionModel().select(tab);
        widget.start();
        Platform.runLater(this::focus);
    }

    /** Moves the keyboard into the terminal that is in front, as soon as it is seen. */
    private void focus() {
        Tab front = tabs.getSelectionModel().getSelectedItem();
        shown.forEach((terminal, tab) -> {
            if (tab == front) {
                focus(widgets.get(terminal));
            }
        });
    }

    private static void focus(JediTermFxWidget widget) {
        if (widget.getPane().getWidth() > 0 && widget.getPane().getScene() != null) {
            widget.getTerminalPanel().getCanvas().requestFocus();
        } else {
            WhenSized.then(widget.getPane(), () -> Platform.runLater(() -> focus(widget)));
        }
    }
}
