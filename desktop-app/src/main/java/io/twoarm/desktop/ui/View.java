package io.twoarm.desktop.ui;

import javafx.scene.Node;

/** A part of the window. Between attach and detach it follows its view models. */
public interface View {
    Node node();

    void attach();

    void detach();
}
