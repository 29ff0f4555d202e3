package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.CaptureModel;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.diagnose.capture.CapturePoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBoxTreeItem;
import javafx.scene.control.Label;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.control.cell.CheckBoxTreeCell;
import javafx.scene.layout.VBox;
import org.controlsfx.control.PopOver;

/** Which ports of which hosts are captured at: a button that says how many, and a tree to choose from. */
final class CapturePlaces implements View {
    private final CaptureModel model;
    private final Button button = new Button("", Icon.PORT.node());
    private final TreeView<String> tree = new TreeView<>();
    private final Map<CapturePoint, CheckBoxTreeItem<String>> items = new LinkedHashMap<>();
    private final PopOver popOver;
    private boolean filling;
    private final Subscriptions subscriptions = new Subscriptions();

    CapturePlaces(CaptureModel model) {
        this.model = model;
        button.setId("capture-places");
        button.getStyleClass().add("small");
        button.setOnAction(event -> open());
        tree.setId("capture-places-tree");
        tree.setShowRoot(false);
        tree.setCellFactory(CheckBoxTreeCell.forTreeView());
        tree.getStyleClass().add("dense");
        tree.setPrefSize(280, 340);
        Label hint = new Label(Texts.text("capture.places.hint"));
        hint.setWrapText(true);
        hint.setMaxWidth(280);
        hint.getStyleClass().add("view-summary");
        VBox box = new VBox(hint, tree);
        box.getStyleClass().add("task-list");
        popOver = new PopOver(box);
        popOver.setArrowLocation(PopOver.ArrowLocation.BOTTOM_LEFT);
        popOver.setDetachable(false);
        popOver.setAnimated(false);
    }

    private void open() {
        fill();
        popOver.show(button);
        tree.requestFocus();
    }

    private void fill() {
        filling = true;
        items.clear();
        TreeItem<String> top = new TreeItem<>("");
        Map<String, CheckBoxTreeItem<String>> hosts = new LinkedHashMap<>();
        for (CapturePoint place : model.target().allPlaces()) {
            CheckBoxTreeItem<String> host = hosts.computeIfAbsent(place.host(), name -> {
                CheckBoxTreeItem<String> item = new CheckBoxTreeItem<>(name);
                item.setExpanded(true);
                top.getChildren().add(item);
                return item;
            });
            CheckBoxTreeItem<String> item = new CheckBoxTreeItem<>(
                    place.dataplane() ? Texts.text("capture.places.dataplane", place.device()) : place.device());
            host.getChildren().add(item);
            items.put(place, item);
        }
        items.forEach((place, item) -> {
            item.setSelected(model.target().placesProperty().get().contains(place));
            item.selectedProperty().subscribe(chosen -> {
                if (!filling) {
                    model.target().choose(place, chosen);
                }
            });
        });
        tree.setRoot(top);
        filling = false;
    }

    @Override
    public Node node() {
        return button;
    }

    @Override
    public void attach() {
        subscriptions.follow(model.target().placesProperty(), this::show);
    }

    private void show(Set<CapturePoint> places) {
        long hosts = places.stream().map(CapturePoint::host).distinct().count();
        button.setText(
                places.isEmpty()
                        ? Texts.text("capture.places.none")
                        : Texts.text("capture.places", places.size(), hosts));
        List<String> names = places.stream().map(CapturePoint::toString).toList();
        button.setAccessibleText(Texts.text("capture.places.chosen", String.join(", ", names)));
    }

    @Override
    public void detach() {
        popOver.hide();
        subscriptions.close();
    }
}
