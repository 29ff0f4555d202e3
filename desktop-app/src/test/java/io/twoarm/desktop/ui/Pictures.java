package io.twoarm.desktop.ui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.Scene;

/** Where the pictures of the documentation are, and the projects on them. */
final class Pictures {
    private Pictures() {}

    /** Writes {@code screenshots/NAME.png} of the source tree. */
    static void save(OpenWindow window, String name) {
        // Neither what the mouse is over nor what has the keyboard belongs on a picture.
        window.driver().moveMouseAway();
        UiDriver.doInFx(() -> window.scene().getRoot().requestFocus());
        save(window.scene(), name);
    }

    /** A window beside the workbench. */
    static void save(Scene scene, String name) {
        Path root = Path.of(System.getProperty("twoarm.root"));
        UiDriver.savePicture(scene, root.resolve("screenshots").resolve(name + ".png"));
    }

    /** A directory for the projects on pictures. */
    static Path projects() {
        return Path.of(System.getProperty("java.io.tmpdir"), "twoarm-pictures");
    }

    static void removeProjects() throws IOException {
        if (!Files.exists(projects())) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(projects())) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
