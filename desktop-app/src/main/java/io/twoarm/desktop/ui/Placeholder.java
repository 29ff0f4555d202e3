package io.twoarm.desktop.ui;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** What a view says while it has nothing to show; it wraps, and scrolls where there is too little room. */
final class Placeholder extends ScrollPane {
    private final Label label = new Label();

    Placeholder(String text) {
        label.setText(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().add("placeholder");
        setContent(new StackPane(label));
        setFitToWidth(true);
        setFitToHeight(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        getStyleClass().add("placeholder-scroller");
    }

    Placeholder(String text, Node graphic) {
        this(text);
        label.setGraphic(graphic);
    }

    void setText(String text) {
        label.setText(text);
    }
}
