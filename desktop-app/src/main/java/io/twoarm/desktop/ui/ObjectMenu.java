package io.twoarm.desktop.ui;

import io.twoarm.desktop.design.Kind;
import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.PoolRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.layout.Point;
import io.twoarm.desktop.viewmodel.Problem;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import io.twoarm.model.Host;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** What can be done with an object of the drawing, or with the drawing where there is none. */
final class ObjectMenu {
    private final WorkbenchModel model;
    private final Commands commands;
    private final DesignCommands design;
    private final RunningMenu running;
    private final LineMenu line;

    /**
     * @param running what can be done with what runs
     * @param line how a link is drawn
     */
    ObjectMenu(WorkbenchModel model, Commands commands, DesignCommands design, RunningMenu running, LineMenu line) {
        this.line = line;
        this.model = model;
        this.design = design;
        this.commands = commands;
        this.running = running;
    }

    /** @param at where the menu was asked for, in drawing units */
    ContextMenu of(Optional<ObjectRef> ref, Point at) {
        ContextMenu menu = new ContextMenu();
        menu.getItems().setAll(ref.map(this::objectItems).orElseGet(() -> groundItems(at)));
        return menu;
    }

    private List<MenuItem> objectItems(ObjectRef ref) {
        List<MenuItem> items = new ArrayList<>();
        if (ref instanceof HostRef host) {
            items.addAll(running.ofHost(host));
            items.addAll(hostItems(host));
        }
        if (ref instanceof PortRef port) {
            items.addAll(running.ofPort(port));
            items.addAll(line.of(port));
        }
        List<MenuItem> repairs = repairs(ref);
        if (!repairs.isEmpty()) {
            items.addAll(repairs);
            items.add(new SeparatorMenuItem());
        }
        items.add(plain(commands.rename));
        items.add(plain(commands.duplicate));
        items.add(plain(commands.copy));
        items.add(plain(commands.cut));
        items.add(plain(commands.delete));
        if (model.project().selection().all().size() > 1) {
            items.add(new SeparatorMenuItem());
            items.add(plain(commands.connect));
            items.addAll(design.selectionItems());
            commands.arrangements.forEach(each -> items.add(plain(each)));
        }
        return items;
    }

    /** What a program can repair about an object and its parts. */
    private List<MenuItem> repairs(ObjectRef ref) {
        List<MenuItem> items = new ArrayList<>();
        model.project()
                .topologyProperty()
                .get()
                .ifPresent(topology -> Problem.about(
                                ref, model.project().problemsProperty().get(), topology)
                        .stream()
                        .filter(Problem::repairable)
                        .forEach(problem -> {
                            MenuItem item = new MenuItem(
                                    Texts.text(
                                            "problems.repair.of",
                                            problem.finding().fix()),
                                    Icon.REPAIR.node());
                            item.setMnemonicParsing(false);
                            item.setId("context-repair-" + problem.finding().rule());
                            item.setOnAction(event -> model.edits().repair(problem));
                            items.add(item);
                        }));
        return items;
    }

    private List<MenuItem> hostItems(HostRef ref) {
        Optional<Topology> topology = model.project().topologyProperty().get();
        Optional<Host> host = topology.flatMap(it -> it.host(ref.name()));
        List<MenuItem> items = new ArrayList<>();
        if (host.isPresent() && host.get() instanceof Host.Director) {
            items.add(add(Kind.SERVICE, ref));
            items.add(add(Kind.LOCAL_POOL, ref));
            items.add(add(Kind.NAT_GATEWAY, ref));
            if (commands.group.enabled().get()) {
                items.add(plain(commands.group));
            }
            items.add(new SeparatorMenuItem());
        } else if (host.isPresent() && host.get() instanceof Host.Realserver) {
            Menu pools = new Menu(Texts.text("menu.join"), Icon.POOL.node());
            pools.setId("menu-join");
            for (RealserverPool pool : topology.get().realserverPools()) {
                MenuItem item = new MenuItem(pool.name());
                item.setMnemonicParsing(false);
                item.setOnAction(event -> model.edits()
                        .join(
                                new PoolRef(pool.name()),
                                model.project().selection().all()));
                pools.getItems().add(item);
            }
            pools.setDisable(pools.getItems().isEmpty());
            items.add(pools);
            items.add(add(Kind.POOL, ref));
            items.add(new SeparatorMenuItem());
        }
        return items;
    }

    private MenuItem add(Kind kind, HostRef ref) {
        MenuItem item = new MenuItem(Texts.text("kind.add", kind), Icon.NEW.node());
        item.setId("menu-add-" + kind.name().toLowerCase(java.util.Locale.ROOT));
        item.setOnAction(event -> model.edits().place(kind, new Point(0, 0), Optional.of(ref)));
        return item;
    }

    private List<MenuItem> groundItems(Point at) {
        List<MenuItem> items = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            if (kind.standsAlone()) {
                MenuItem item = new MenuItem(Texts.text("kind.add", kind), Icon.NEW.node());
                item.setId("menu-add-" + kind.name().toLowerCase(java.util.Locale.ROOT));
                item.setOnAction(event -> model.edits().place(kind, at, Optional.empty()));
                items.add(item);
            }
        }
        items.add(new SeparatorMenuItem());
        items.add(plain(commands.paste));
        items.add(plain(commands.selectAll));
        items.add(design.morphMenu());
        items.add(plain(commands.fit));
        items.add(plain(commands.arrange));
        return items;
    }

    private static MenuItem plain(Command command) {
        MenuItem item = command.menuItem();
        item.setId("context-" + command.id());
        return item;
    }
}
