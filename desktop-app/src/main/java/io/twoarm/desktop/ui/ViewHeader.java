package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.Texts;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** The title line of a view. */
final class ViewHeader {
    private ViewHeader() {}

    /** @param right stands at the right end */
    static HBox of(String titleKey, Icon icon, Node... right) {
        Label title = new Label(Texts.text(titleKey), icon.node());
        title.getStyleClass().add("view-title");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox header = new HBox(title, space);
        header.getChildren().addAll(right);
        header.getStyleClass().add("view-header");
        return header;
    }
}
