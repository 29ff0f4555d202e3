package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.layout.Point;
import io.twoarm.desktop.viewmodel.TraceOverlay;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.Group;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Polyline;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;

/**
 * The way of a trace: what the design predicts as a broad band, and over it what answered, hop by hop. It lies below the
 * hosts, its {@link #badges} above them.
 */
final class TraceLayer extends Group {
    private static final double BADGE = 10;

    private Map<String, HostFigure> hosts = Map.of();
    private Map<String, List<LinkFigure>> links = Map.of();
    private Function<String, List<String>> members = List::of;
    private final Group badges = new Group();
    private TraceOverlay trace = TraceOverlay.NONE;

    TraceLayer() {
        setMouseTransparent(true);
        setId("trace-layer");
        badges.setMouseTransparent(true);
    }

    /** Number and time of each hop, at its host. */
    Group badges() {
        return badges;
    }

    void show(TraceOverlay shown) {
        trace = shown;
        draw();
    }

    /**
     * Follows figures that have moved.
     *
     * @param groups the directors of a group by its name, a host by its own
     */
    void route(
            Collection<HostFigure> hostFigures,
            Collection<LinkFigure> linkFigures,
            Function<String, List<String>> groups) {
        hosts = new HashMap<>();
        hostFigures.forEach(figure -> hosts.put(figure.ref().name(), figure));
        links = new HashMap<>();
        linkFigures.forEach(figure -> links.computeIfAbsent(figure.link().host().name(), name -> new ArrayList<>())
                .add(figure));
        members = groups;
        draw();
    }

    /** Draws the way anew from where the figures stand. */
    void draw() {
        getChildren().clear();
        badges.getChildren().clear();
        if (trace.isEmpty()) {
            return;
        }
        List<HostFigure> predicted = trace.predicted().stream()
                .flatMap(name -> figure(name).stream())
                .toList();
        for (int i = 1; i < predicted.size(); i++) {
            getChildren().add(line(way(predicted.get(i - 1), predicted.get(i)), "trace-predicted"));
        }
        Optional<HostFigure> last = predicted.stream().findFirst();
        boolean sure = true;
        for (TraceOverlay.Step step : trace.steps()) {
            Optional<HostFigure> next = step.host().flatMap(this::figure);
            if (next.isEmpty()) {
                sure = false;
                continue;
            }
            if (last.isPresent() && last.get() != next.get()) {
                Polyline line = line(way(last.get(), next.get()), "trace-line");
                line.getStyleClass().add(step.asDesigned() ? "as-designed" : "surprising");
                if (!sure) {
                    line.getStyleClass().add("unsure");
                }
                getChildren().add(line);
            }
            badges.getChildren().add(badge(step, next.get()));
            last = next;
            sure = true;
        }
    }

    private Optional<HostFigure> figure(String name) {
        return members.apply(name).stream()
                .map(hosts::get)
                .filter(figure -> figure != null)
                .findFirst();
    }

    private static Polyline line(List<Point> points, String styleClass) {
        Polyline line = new Polyline();
        points.forEach(point -> line.getPoints().addAll(Math.rint(point.x()), Math.rint(point.y())));
        line.getStyleClass().add(styleClass);
        return line;
    }

    /** Along the links of both hosts to a wire that they share; straight where they share none. */
    private List<Point> way(HostFigure from, HostFigure to) {
        for (LinkFigure out : links.getOrDefault(from.ref().name(), List.of())) {
            for (LinkFigure in : links.getOrDefault(to.ref().name(), List.of())) {
                if (out.link().segment().equals(in.link().segment())
                        && out.course().isPresent()
                        && in.course().isPresent()) {
                    List<Point> points = new ArrayList<>(List.of(from.centre()));
                    points.addAll(out.course().get().points());
                    points.addAll(in.course().get().points().reversed());
                    points.add(to.centre());
                    return points;
                }
            }
        }
        return List.of(from.centre(), to.centre());
    }

    /** The hop's number and time at the upper left corner of its host. */
    private static Group badge(TraceOverlay.Step step, HostFigure host) {
        Text label = Figure.text(step.label(), "trace-label");
        Text number = Figure.text(Integer.toString(step.number()), "trace-number");
        Circle ground = new Circle(BADGE);
        ground.getStyleClass().add("trace-badge");
        Rectangle plate = new Rectangle();
        plate.getStyleClass().add("trace-plate");
        Group badge = new Group(plate, ground, number, label);
        badge.getStyleClass().addAll("trace-step", step.asDesigned() ? "as-designed" : "surprising");
        badge.setId("trace-step-" + step.number());
        double x = Math.rint(host.centre().x() - host.width() / 2);
        double y = Math.rint(host.centre().y() - host.height() / 2);
        badge.setTranslateX(x);
        badge.setTranslateY(y);
        // Widths are known only when the style is, which the scene gives with the next pulse.
        label.layoutBoundsProperty().subscribe(bounds -> {
            Figure.place(number, -Figure.widthOf(number) / 2, -Figure.heightOf(number) / 2);
            Figure.place(label, BADGE + 5, -Figure.heightOf(label) / 2);
            plate.setX(0);
            plate.setY(-BADGE);
            plate.setHeight(2 * BADGE);
            plate.setWidth(BADGE + 12 + bounds.getWidth());
            plate.setArcWidth(2 * BADGE);
            plate.setArcHeight(2 * BADGE);
        });
        return badge;
    }
}
