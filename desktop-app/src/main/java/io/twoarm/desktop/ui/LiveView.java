package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.DropReason;
import io.twoarm.desktop.viewmodel.LiveModel;
import io.twoarm.desktop.viewmodel.PacketRate;
import io.twoarm.desktop.viewmodel.RunModel;
import io.twoarm.desktop.viewmodel.Seconds;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.engine.LiveSnapshot;
import io.twoarm.engine.LiveSnapshot.DirectorState;
import io.twoarm.engine.LiveSnapshot.ServiceState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The running hosts in numbers: curves of the last minutes, then ports, services and drops of each director. */
final class LiveView implements View {
    private static final int CURVE_SAMPLES = 120;

    private final LiveModel live;
    private final RunModel run;
    private final Dialogs dialogs;
    private final Label headline = new Label();
    private final Curve packets = new Curve("live.packets", "curve-packets");
    private final Curve sessions = new Curve("live.sessions", "curve-sessions");
    private final VBox directors = new VBox();
    private final VBox curves = new VBox();
    private final ScrollPane root;
    private final Subscriptions subscriptions = new Subscriptions();

    LiveView(LiveModel live, RunModel run, Dialogs dialogs) {
        this.live = live;
        this.run = run;
        this.dialogs = dialogs;
        headline.getStyleClass().add("run-headline");
        headline.setWrapText(true);
        headline.setId("live-headline");
        curves.getChildren().addAll(packets.node, sessions.node);
        curves.getStyleClass().add("curves");
        directors.getStyleClass().add("live-directors");
        VBox content = new VBox(headline, curves, directors);
        content.getStyleClass().add("run-view");
        root = new ScrollPane(content);
        root.setFitToWidth(true);
        root.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void attach() {
        subscriptions.follow(live.snapshotProperty(), this::show);
        subscriptions.follow(live.historyProperty(), this::showHistory);
        subscriptions.follow(
                run.stateProperty(), state -> show(live.snapshotProperty().get()));
    }

    @Override
    public void detach() {
        subscriptions.close();
    }

    private void showHistory(List<LiveModel.Sample> history) {
        List<LiveModel.Sample> last = history.subList(Math.max(0, history.size() - CURVE_SAMPLES), history.size());
        packets.show(last.stream().map(LiveModel.Sample::packets).toList(), PacketRate::text);
        sessions.show(
                last.stream().map(sample -> (double) sample.sessions()).toList(),
                value -> Long.toString(Math.round(value)));
    }

    private void show(Optional<LiveSnapshot> snapshot) {
        curves.setVisible(snapshot.isPresent());
        headline.setText(snapshot.map(this::headline)
                .orElseGet(() -> Texts.text(run.estate().isPresent() ? "live.waiting" : "live.nowhere")));
        directors.getChildren().clear();
        snapshot.ifPresent(taken -> taken.directors()
                .values()
                .forEach(director -> directors.getChildren().add(director(director))));
    }

    private String headline(LiveSnapshot taken) {
        long up = taken.hosts().values().stream()
                .filter(LiveSnapshot.HostState::healthy)
                .count();
        String where = run.estate().map(io.twoarm.engine.Estate::name).orElse("");
        return Texts.text("live.headline", where, up, taken.hosts().size());
    }

    private Node director(DirectorState state) {
        Label name = new Label(state.director(), Icon.DIRECTOR.node("tone-director"));
        name.getStyleClass().add("live-director");
        Label uptime = new Label(Texts.text("live.uptime", Seconds.minutes(Duration.ofSeconds(state.uptimeSeconds()))));
        uptime.getStyleClass().add("live-uptime");
        HBox space = new HBox();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox head = new HBox(name, space, uptime);
        head.getStyleClass().add("live-director-head");
        VBox box = new VBox(head, ports(state));
        state.services().forEach(service -> box.getChildren().add(service(service)));
        box.getChildren().addAll(drops(state), tables(state.director()));
        box.getStyleClass().add("live-box");
        return box;
    }

    private static Node ports(DirectorState state) {
        GridPane grid = table("live.port", "live.received", "live.sent");
        state.ports()
                .forEach(port -> row(
                        grid,
                        port.port(),
                        PacketRate.text(port.receivedPackets()),
                        PacketRate.text(port.sentPackets())));
        return grid;
    }

    private static Node service(ServiceState service) {
        GridPane grid = table("", "live.active", "live.total");
        Label endpoint = new Label(service.endpoint());
        endpoint.getStyleClass().add("live-endpoint");
        grid.add(endpoint, 0, 0);
        service.realservers().forEach(realserver -> {
            int index = grid.getRowCount();
            row(
                    grid,
                    realserver.endpoint(),
                    Long.toString(realserver.activeConnections()),
                    Long.toString(realserver.connections()));
            Label name = (Label) grid.getChildren().stream()
                    .filter(node -> GridPane.getRowIndex(node) == index && GridPane.getColumnIndex(node) == 0)
                    .findFirst()
                    .orElseThrow();
            name.setGraphic(realserver.up() ? Icon.DONE.node("tone-up") : Icon.ERROR.node("tone-down"));
        });
        return grid;
    }

    private static Node drops(DirectorState state) {
        if (state.drops().isEmpty()) {
            Label none = new Label(Texts.text("live.noDrops"));
            none.getStyleClass().add("live-quiet");
            return none;
        }
        GridPane grid = table("live.drops", "", "live.packetsColumn");
        state.drops().entrySet().stream()
                .sorted(java.util.Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(drop -> row(grid, DropReason.words(drop.getKey()), "", Long.toString(drop.getValue())));
        return grid;
    }

    private Node tables(String director) {
        FlowPane buttons = new FlowPane();
        buttons.getStyleClass().add("live-tables");
        for (String table : List.of("services", "sessions", "counters")) {
            Button button = new Button(Texts.text("live.table." + table));
            button.getStyleClass().addAll("small");
            button.setOnAction(
                    event -> run.directorTable(director, table, text -> dialogs.table(director + " " + table, text)));
            buttons.getChildren().add(button);
        }
        return buttons;
    }

    private static GridPane table(String first, String second, String third) {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("live-table");
        ColumnConstraints wide = new ColumnConstraints();
        wide.setHgrow(Priority.ALWAYS);
        ColumnConstraints number = new ColumnConstraints(54);
        number.setHalignment(HPos.RIGHT);
        grid.getColumnConstraints().setAll(wide, number, number);
        int column = 0;
        for (String key : List.of(first, second, third)) {
            if (!key.isEmpty()) {
                Label head = new Label(Texts.text(key));
                head.getStyleClass().add("live-column");
                grid.add(head, column, 0);
            }
            column++;
        }
        return grid;
    }

    private static void row(GridPane grid, String name, String second, String third) {
        int index = grid.getRowCount();
        Label label = new Label(name);
        label.getStyleClass().add("live-name");
        grid.add(label, 0, index);
        int column = 1;
        for (String text : List.of(second, third)) {
            Label value = new Label(text);
            value.getStyleClass().add("live-value");
            grid.add(value, column++, index);
        }
    }

    /** A caption, the newest value, and the curve. */
    private static final class Curve {
        private final Label value = new Label();
        private final Label peak = new Label();
        private final Sparkline line = new Sparkline(CURVE_SAMPLES);
        private final VBox node;

        Curve(String captionKey, String styleClass) {
            Label caption = new Label(Texts.text(captionKey));
            caption.getStyleClass().add("curve-caption");
            value.getStyleClass().add("curve-value");
            HBox space = new HBox();
            HBox.setHgrow(space, Priority.ALWAYS);
            peak.getStyleClass().add("curve-peak");
            HBox head = new HBox(caption, space, peak, value);
            head.getStyleClass().add("curve-head");
            node = new VBox(head, line);
            node.getStyleClass().addAll("curve", styleClass);
        }

        void show(List<Double> values, java.util.function.DoubleFunction<String> text) {
            line.show(values);
            value.setText(values.isEmpty() ? "" : text.apply(values.getLast()));
            peak.setText(
                    values.isEmpty()
                            ? ""
                            : Texts.text(
                                    "live.peak",
                                    text.apply(values.stream()
                                            .mapToDouble(Double::doubleValue)
                                            .max()
                                            .orElse(0))));
        }
    }
}
