package io.twoarm.desktop.ui;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.layout.LinkLine;
import io.twoarm.desktop.layout.Point;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import io.twoarm.model.project.LinkShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;

/** How the selected links are drawn. */
final class LineMenu {
    private final WorkbenchModel model;
    private final Function<PortRef, List<Point>> bends;

    /** @param bends of the way that a link runs now; at least one */
    LineMenu(WorkbenchModel model, Function<PortRef, List<Point>> bends) {
        this.model = model;
        this.bends = bends;
    }

    List<MenuItem> of(PortRef port) {
        LinkLine now = model.lines().of(port);
        List<MenuItem> items = new ArrayList<>();
        ToggleGroup shapes = new ToggleGroup();
        for (LinkShape shape : LinkShape.values()) {
            RadioMenuItem item = new RadioMenuItem(Texts.text("linkShape", shape));
            item.setId("menu-line-" + shape.name().toLowerCase(Locale.ROOT));
            item.setToggleGroup(shapes);
            item.setSelected(now.shape() == shape);
            item.setOnAction(event -> model.lines().shape(selected(), shape, bends));
            items.add(item);
        }
        MenuItem unbend = new MenuItem(Texts.text("menu.unbend"));
        unbend.setId("menu-line-unbend");
        unbend.setDisable(selected().stream()
                .noneMatch(ref -> ref instanceof PortRef each
                        && !model.lines().of(each).bends().isEmpty()));
        unbend.setOnAction(event -> model.lines().removeBends(selected()));
        items.add(unbend);
        items.add(new SeparatorMenuItem());
        return items;
    }

    private List<ObjectRef> selected() {
        return model.project().selection().all();
    }
}
