package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.viewmodel.LiveOverlay;
import io.twoarm.lab.Impairment;
import io.twoarm.model.Finding.Severity;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import javafx.css.PseudoClass;

/** What the figures of a drawing tell beside what they are: selection, problems, drift, and what is going on. */
record FigureStates(Drawing drawing) {
    private static final PseudoClass GLOWING = PseudoClass.getPseudoClass("glowing");

    void select(Collection<ObjectRef> selected) {
        drawing.figures().forEach(figure -> figure.setSelected(selected.contains(figure.ref())));
        drawing.relations()
                .forEach(figure ->
                        figure.setSelected(selected.contains(figure.relation().service())
                                || selected.contains(figure.relation().pool())));
        drawing.hosts().stream()
                .flatMap(figure -> figure.rows().values().stream())
                .forEach(row -> row.setSelected(selected.contains(row.ref())));
        drawing.links().stream()
                .flatMap(figure -> figure.chips().stream())
                .forEach(chip -> chip.setSelected(selected.contains(chip.owner())));
    }

    /** Lets objects glow; parts of a host glow where they are drawn. */
    void glow(Collection<ObjectRef> refs) {
        drawing.figures().forEach(figure -> figure.pseudoClassStateChanged(GLOWING, refs.contains(figure.ref())));
        drawing.hosts().stream()
                .flatMap(figure -> figure.rows().values().stream())
                .forEach(row -> row.pseudoClassStateChanged(GLOWING, refs.contains(row.ref())));
        drawing.links().stream()
                .flatMap(figure -> figure.chips().stream())
                .forEach(chip -> chip.pseudoClassStateChanged(GLOWING, refs.contains(chip.owner())));
    }

    void showProblems(Map<ObjectRef, Severity> problems) {
        drawing.figures()
                .filter(figure -> !(figure instanceof LinkFigure))
                .forEach(figure -> figure.showProblem(Optional.ofNullable(problems.get(figure.ref()))));
    }

    void showImpaired(Map<PortRef, Impairment> impaired) {
        drawing.links()
                .forEach(figure -> figure.showImpaired(
                        Optional.ofNullable(impaired.get(figure.link().port()))));
        drawing.measureAnew();
    }

    void showDrift(Map<ObjectRef, Integer> drift) {
        drawing.hosts().forEach(figure -> figure.showDrift(drift.getOrDefault(figure.ref(), 0)));
    }

    void showLive(LiveOverlay live) {
        for (HostFigure host : drawing.hosts()) {
            host.show(Optional.ofNullable(live.hosts().get(host.ref())));
            host.rows()
                    .keySet()
                    .forEach(row -> host.showService(
                            row, Optional.ofNullable(live.services().get(row))));
        }
        for (LinkFigure link : drawing.links()) {
            PortRef port = link.link().port();
            Optional<LiveOverlay.PortLive> rates =
                    Optional.ofNullable(live.ports().get(port));
            link.show(rates);
            drawing.packets().rate(port, rates);
        }
        drawing.packets().adjustTimer();
        drawing.measureAnew();
    }
}
