package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.MetricsModel;
import io.twoarm.desktop.viewmodel.MetricsModel.Chart;
import io.twoarm.desktop.viewmodel.MetricsModel.Subject;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.TilePane;

/** Packets, sessions, connections and drops of the last two minutes, by service, realserver, port and reason. */
final class MetricsView implements View {
    private static final double NARROWEST = 270;

    private final MetricsModel model;
    private final Map<Subject, CurvesChart> charts = new EnumMap<>(Subject.class);
    private final TilePane tiles = new TilePane();
    private final ScrollPane scroller = new ScrollPane(tiles);
    private final Placeholder none = new Placeholder("");
    private final StackPane root = new StackPane(scroller, none);
    private final Subscriptions subscriptions = new Subscriptions();

    MetricsView(WorkbenchModel workbench) {
        model = workbench.metrics();
        for (Subject subject : Subject.values()) {
            CurvesChart chart = new CurvesChart(Texts.text("metrics", subject), MetricsModel.MOST_SAMPLES);
            chart.setId("chart-" + subject.name().toLowerCase(java.util.Locale.ROOT));
            charts.put(subject, chart);
            tiles.getChildren().add(chart);
        }
        tiles.getStyleClass().add("charts");
        tiles.setId("charts");
        scroller.setFitToWidth(true);
        scroller.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroller.getStyleClass().add("edge-to-edge");
        // As many in a row as are wide enough, and as wide as the row has room.
        scroller.viewportBoundsProperty().subscribe(bounds -> {
            if (bounds.getWidth() <= 0) {
                return;
            }
            double gaps = tiles.getHgap();
            double inner = bounds.getWidth()
                    - tiles.getInsets().getLeft()
                    - tiles.getInsets().getRight();
            int columns = (int) Math.clamp((inner + gaps) / (NARROWEST + gaps), 1, 4);
            tiles.setPrefColumns(columns);
            tiles.setPrefTileWidth(Math.floor((inner - gaps * (columns - 1)) / columns));
        });
        root.getStyleClass().add("side-view");
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void attach() {
        subscriptions.follow(model.chartsProperty(), this::show);
        subscriptions.follow(
                model.hosts().reachableProperty(),
                reachable -> none.setText(Texts.text(reachable ? "metrics.waiting" : "metrics.nowhere")));
    }

    @Override
    public void detach() {
        subscriptions.close();
    }

    private void show(List<Chart> shown) {
        scroller.setVisible(!shown.isEmpty());
        none.setVisible(shown.isEmpty());
        shown.forEach(chart -> charts.get(chart.subject()).show(chart));
    }
}
