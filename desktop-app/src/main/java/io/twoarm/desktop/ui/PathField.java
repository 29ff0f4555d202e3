package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.Texts;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/** A file's path that can be typed or chosen. */
final class PathField extends HBox {
    private final TextField text = new TextField();

    PathField(String id, Path initial, Window owner) {
        getStyleClass().add("path-field");
        text.setId(id);
        text.setText(initial.toString());
        text.setPrefColumnCount(32);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button browse = new Button("", Icon.OPEN.node());
        browse.setTooltip(new Tooltip(Texts.text("dialog.browse")));
        browse.setAccessibleText(Texts.text("dialog.browse"));
        browse.setOnAction(event -> {
            FileChooser chooser = new FileChooser();
            File parent = path().toAbsolutePath().getParent().toFile();
            if (parent.isDirectory()) {
                chooser.setInitialDirectory(parent);
            }
            Optional.ofNullable(chooser.showOpenDialog(owner)).ifPresent(file -> text.setText(file.toString()));
        });
        getChildren().addAll(text, browse);
    }

    Path path() {
        return Path.of(text.getText().strip());
    }
}
