package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.FilesModel;
import io.twoarm.desktop.viewmodel.FilesModel.Compared;
import io.twoarm.desktop.viewmodel.Texts;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javafx.scene.control.Label;
import javafx.scene.control.TreeCell;
import javafx.scene.layout.HBox;

/** A host with its pictogram, or a file with what became of it. */
final class FileEntryCell extends TreeCell<FilesView.Entry> {
    private final FilesModel files;
    private final BooleanSupplier comparing;
    private final Label label = new Label();
    private final Label detail = new Label();
    private final HBox line = new HBox(label, detail);

    /** What became of a file, as a word. */
    enum Change {
        NEW,
        CHANGED,
        GONE,
        /** A change by hand could not be made. */
        UNFIT
    }

    FileEntryCell(FilesModel files, BooleanSupplier comparing) {
        this.files = files;
        this.comparing = comparing;
        line.getStyleClass().add("outline-line");
        detail.getStyleClass().add("file-change");
        setPrefWidth(0);
        label.setMinWidth(0);
        detail.setMinWidth(USE_PREF_SIZE);
    }

    @Override
    protected void updateItem(FilesView.Entry entry, boolean empty) {
        super.updateItem(entry, empty);
        if (empty || entry == null) {
            setGraphic(null);
            return;
        }
        label.getStyleClass().setAll("label", entry.file().isEmpty() ? "outline-group" : "outline-label");
        label.setText(entry.file().map(Compared::path).orElse(entry.host()));
        label.setGraphic(entry.file().isEmpty() ? null : Icon.FILES.node());
        detail.setText(entry.file()
                .flatMap(this::change)
                .map(change -> Texts.text("files.change", change))
                .orElse(""));
        setGraphic(line);
    }

    private Optional<Change> change(Compared file) {
        if (files.misfit(file)) {
            return Optional.of(Change.UNFIT);
        }
        if (!comparing.getAsBoolean() || !file.differs()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (file.change()) {
                    case ADDED -> Change.NEW;
                    case REMOVED -> Change.GONE;
                    case SAME -> Change.CHANGED;
                });
    }
}
