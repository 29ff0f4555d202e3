package io.twoarm.desktop.ui;

import io.twoarm.desktop.picture.PdfBytes;
import io.twoarm.desktop.picture.SvgText;
import io.twoarm.desktop.viewmodel.DrawingLayer;
import io.twoarm.desktop.viewmodel.ProjectModel;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import io.twoarm.model.morph.Morph;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;

/** Commands that work on the design as a whole: other kinds of it, many links at once, what is seen of it, and pictures. */
final class DesignCommands {
    final Command exportSvg;
    final Command exportPdf;
    final Command print;
    final Command linkMany;
    final Command linkSelected;
    final List<Command> morphs;

    private final WorkbenchModel model;
    private final CanvasView canvas;

    DesignCommands(WorkbenchModel model, Dialogs dialogs, CanvasView canvas) {
        this.model = model;
        this.canvas = canvas;
        ProjectModel project = model.project();
        BooleanBinding drawn = Bindings.createBooleanBinding(
                () -> project.topologyProperty().get().isPresent(), project.topologyProperty());
        BooleanBinding editable = Bindings.createBooleanBinding(project::editable, project.projectProperty());
        exportSvg = Command.of(
                "exportSvg",
                Icon.FIT,
                "",
                drawn,
                () -> dialogs.file(Texts.text("dialog.picture"), project.name() + ".svg")
                        .ifPresent(file -> model.writeFile(
                                SvgText.of(canvas.canvas().vectorPicture(project.name()))
                                        .getBytes(StandardCharsets.UTF_8),
                                file)));
        exportPdf = Command.of(
                "exportPdf",
                Icon.DESIGN,
                "",
                drawn,
                () -> dialogs.file(Texts.text("dialog.picture"), project.name() + ".pdf")
                        .ifPresent(file ->
                                model.writeFile(PdfBytes.of(canvas.canvas().vectorPicture(project.name())), file)));
        print = Command.of(
                "print",
                Icon.DESIGN,
                "Shortcut+Shift+P",
                drawn,
                () -> new Printing(canvas.canvas().getScene().getWindow(), dialogs::tell)
                        .print(canvas.canvas().picture(), project.name()));
        linkMany = Command.of("linkMany", Icon.PORT, "Shortcut+Shift+L", editable, this::askForLinks);
        linkSelected = Command.of(
                "linkSelected",
                Icon.PORT,
                "",
                editable.and(Bindings.createBooleanBinding(
                        () -> !model.edits().missingLinks().isEmpty(),
                        project.selection().allProperty(),
                        project.topologyProperty())),
                () -> model.edits().link(model.edits().missingLinks()));
        morphs = Stream.of(Morph.values())
                .map(morph -> Command.of(
                        "morph" + morph.name(),
                        Icon.REPAIR,
                        "",
                        editable,
                        () -> model.edits().morph(morph)))
                .toList();
    }

    private void askForLinks() {
        LinkDialog dialog = new LinkDialog(model);
        dialog.initOwner(canvas.canvas().getScene().getWindow());
        dialog.showAndWait().ifPresent(pairs -> model.edits().link(pairs));
    }

    /** Every command, for search. */
    List<Command> all() {
        return Stream.concat(Stream.of(exportSvg, exportPdf, print, linkMany, linkSelected), morphs.stream())
                .toList();
    }

    /** The ways from this kind of design to others. */
    Menu morphMenu() {
        Menu menu = new Menu(Texts.text("menu.morph"), Icon.REPAIR.node());
        menu.setId("menu-morph");
        morphs.forEach(each -> menu.getItems().add(each.menuItem()));
        return menu;
    }

    /** Which wires are seen. */
    Menu layerMenu() {
        Menu menu = new Menu(Texts.text("menu.layers"), Icon.POOL.node());
        menu.setId("menu-layers");
        for (DrawingLayer layer : DrawingLayer.values()) {
            CheckMenuItem item = new CheckMenuItem(Texts.text("layer", layer));
            item.setId("menu-layer-" + layer.name().toLowerCase(java.util.Locale.ROOT));
            item.setSelected(true);
            item.selectedProperty().subscribe(shown -> canvas.showLayer(layer, shown));
            menu.getItems().add(item);
        }
        return menu;
    }

    /** What else can be done with several selected objects. */
    List<MenuItem> selectionItems() {
        return linkSelected.enabled().get() ? List.of(linkSelected.menuItem()) : List.of();
    }
}
