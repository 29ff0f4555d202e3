package io.twoarm.desktop.ui;

import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import io.twoarm.diagnose.capture.CapturePoint;
import io.twoarm.lab.Impairment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.stage.Window;

/** What can be done with an object of the drawing while it runs: look into it, or impair its cable. */
final class RunningMenu {
    private final WorkbenchModel model;
    private final Window owner;
    private final Consumer<Page> show;

    /** @param show brings a view up */
    RunningMenu(WorkbenchModel model, Window owner, Consumer<Page> show) {
        this.model = model;
        this.owner = owner;
        this.show = show;
    }

    List<MenuItem> ofHost(HostRef host) {
        if (!model.terminals().reachable()) {
            return List.of();
        }
        return List.of(
                item("terminal", Icon.TERMINAL, () -> model.terminals().open(host.name())),
                item("capture", Icon.RECORD, () -> {
                    model.capture().target().chooseHost(host.name());
                    show.accept(Page.CAPTURE);
                    model.capture().start();
                }),
                item("trace", Icon.TRACE, () -> {
                    model.trace().fromProperty().set(host.name());
                    show.accept(Page.TRACE);
                }),
                item("inspect", Icon.SEARCH, () -> {
                    show.accept(Page.INSPECT);
                    model.inspect().read(host.name());
                }),
                item("files", Icon.OPEN, () -> {
                    show.accept(Page.HOSTS);
                    model.hosts().list(host.name(), "/etc");
                }),
                new SeparatorMenuItem());
    }

    List<MenuItem> ofPort(PortRef port) {
        List<MenuItem> items = new ArrayList<>();
        if (model.terminals().reachable()) {
            items.add(item("captureHere", Icon.RECORD, () -> {
                model.capture()
                        .target()
                        .choose(model.capture().target().allPlaces().stream()
                                .filter(place -> isAt(place, port))
                                .toList());
                model.capture().target().filterProperty().set("");
                show.accept(Page.CAPTURE);
                model.capture().start();
            }));
        }
        if (model.impair().available()) {
            Impairment now = model.impair().of(port);
            items.add(item(
                    "impair",
                    Icon.IMPAIR,
                    () -> new ImpairDialog(owner, port, now)
                            .ask()
                            .ifPresent(wanted -> model.impair().impair(port, wanted))));
            items.add(item("cut", Icon.CUT, () -> model.impair().impair(port, Impairment.CUT)));
            MenuItem repair = item("repair", Icon.REPAIR, () -> model.impair().impair(port, Impairment.NONE));
            repair.setDisable(now.isNone());
            items.add(repair);
        }
        if (!items.isEmpty()) {
            items.add(new SeparatorMenuItem());
        }
        return items;
    }

    private static boolean isAt(CapturePoint place, PortRef port) {
        return place.host().equals(port.host()) && place.device().equals(port.name());
    }

    private static MenuItem item(String name, Icon icon, Runnable action) {
        MenuItem item = new MenuItem(Texts.text("running." + name), icon.node());
        item.setId("running-" + name);
        item.setOnAction(event -> action.run());
        return item;
    }
}
