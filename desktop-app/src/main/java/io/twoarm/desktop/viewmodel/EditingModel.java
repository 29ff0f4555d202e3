package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.Change;
import io.twoarm.desktop.design.Design;
import io.twoarm.desktop.design.Edit;
import io.twoarm.desktop.design.History;
import io.twoarm.desktop.design.Merging;
import io.twoarm.desktop.design.Wording;
import io.twoarm.desktop.layout.Point;
import io.twoarm.desktop.viewmodel.DesignFile.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** The design while it is edited: every step can be undone, and every step is on disk at once. */
public final class EditingModel {
    private final TaskService tasks;
    private final Listener listener;
    private final ReadOnlyObjectWrapper<Optional<Design>> design =
            new ReadOnlyObjectWrapper<>(this, "design", Optional.empty());
    private final ReadOnlyObjectWrapper<History> history = new ReadOnlyObjectWrapper<>(this, "history", History.EMPTY);
    private final ReadOnlyBooleanWrapper saved = new ReadOnlyBooleanWrapper(this, "saved", true);
    /** For each position of the history the file that it was made on. */
    private List<Source> sources = new ArrayList<>();
    /** What is known to be on disk: the last that was read or written. */
    private Optional<Design> onDisk = Optional.empty();

    private Optional<DesignFile> file = Optional.empty();
    private final AtomicReference<Pending> pending = new AtomicReference<>();
    private boolean conflict;

    /** What happens to the design. All methods are called on the user interface's thread. */
    interface Listener {
        /** The design is another one now. */
        void changed(Design before, Design after);

        /** All edits are on disk. */
        void written();

        /** The file is not what it was, and edits are not on disk yet. */
        void conflict();

        void failed(Exception cause);
    }

    private record Pending(DesignFile file, Design design, Source source) {}

    EditingModel(TaskService tasks, Listener listener) {
        this.tasks = tasks;
        this.listener = listener;
    }

    /** Empty while no design is open. */
    public ReadOnlyObjectProperty<Optional<Design>> designProperty() {
        return design.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<History> historyProperty() {
        return history.getReadOnlyProperty();
    }

    /** Whether all edits are on disk. */
    public ReadOnlyBooleanProperty savedProperty() {
        return saved.getReadOnlyProperty();
    }

    /** What an edit is called, for people. */
    public static String nameOf(Edit edit) {
        Wording name = edit.name();
        return Texts.text(name.key(), name.values().toArray());
    }

    Optional<DesignFile> file() {
        return file;
    }

    void open(DesignFile opened, Source source) {
        file = Optional.of(opened);
        onDisk = Optional.of(source.design());
        sources = new ArrayList<>(List.of(source));
        conflict = false;
        saved.set(true);
        history.set(History.EMPTY);
        design.set(Optional.of(source.design()));
    }

    void close() {
        file = Optional.empty();
        onDisk = Optional.empty();
        sources = new ArrayList<>();
        conflict = false;
        saved.set(true);
        history.set(History.EMPTY);
        design.set(Optional.empty());
    }

    /** Takes what another program wrote as one more step, so that it can be undone like any other. */
    void changedOutside(Source source) {
        changedOutside(source, source.design());
    }

    /** What another program wrote, with the edits that are not on disk yet; empty when both changed the same object. */
    Optional<Design> merged(Design theirs) {
        return Merging.merge(onDisk.orElseThrow(), design.get().orElseThrow(), theirs);
    }

    /** Writes again after the file that stood in the way is as it was. */
    void resume() {
        if (conflict) {
            conflict = false;
            save();
        }
    }

    /** @param wanted the source's design, with edits that are not on disk yet */
    void changedOutside(Source source, Design wanted) {
        Design before = design.get().orElseThrow();
        Edit edit = Edit.between(Wording.of("edit.outside"), before, wanted);
        conflict = false;
        onDisk = Optional.of(source.design());
        if (edit.isEmpty()) {
            sources.set(history.get().position(), source);
        } else {
            take(edit, source);
        }
        if (wanted.equals(source.design())) {
            saved.set(true);
        } else {
            save();
        }
        if (!edit.isEmpty()) {
            listener.changed(before, wanted);
        }
    }

    /** Lets figures of the last step stand elsewhere, as a part of that step. */
    void adjust(Map<String, Point> places) {
        History now = history.get();
        if (now.undoable().isEmpty() || now.redoable().isPresent()) {
            return;
        }
        Design before = design.get().orElseThrow();
        Design after = before.movedTo(places);
        Edit step = now.undoable().get();
        List<Change> changes = new ArrayList<>(step.changes());
        changes.addAll(Edit.between(step.name(), before, after).changes());
        design.set(Optional.of(after));
        history.set(now.adjusted(new Edit(step.name(), changes)));
        save();
    }

    /**
     * Makes one step. A step that changes nothing is none.
     *
     * @return whether there was anything to change
     */
    boolean edit(Wording name, Design changed) {
        Design before = design.get().orElseThrow();
        Edit edit = Edit.between(name, before, changed);
        if (edit.isEmpty()) {
            return false;
        }
        take(edit, sources.get(history.get().position()));
        save();
        listener.changed(before, changed);
        return true;
    }

    private void take(Edit edit, Source source) {
        Design after = edit.apply(design.get().orElseThrow());
        History longer = history.get().after(edit);
        List<Source> known = new ArrayList<>(sources.subList(0, history.get().position() + 1));
        known.add(source);
        while (known.size() > longer.edits().size() + 1) {
            known.removeFirst();
        }
        sources = known;
        design.set(Optional.of(after));
        history.set(longer);
    }

    public void undo() {
        goTo(history.get().position() - 1);
    }

    public void redo() {
        goTo(history.get().position() + 1);
    }

    /** Goes to a position of the history; nothing happens when there is no such position. */
    public void goTo(int position) {
        History now = history.get();
        if (position < 0 || position > now.edits().size() || position == now.position()) {
            return;
        }
        Design before = design.get().orElseThrow();
        Design after = now.moved(before, position);
        design.set(Optional.of(after));
        history.set(now.at(position));
        save();
        listener.changed(before, after);
    }

    /** Writes over what another program wrote. */
    void keepMine(LoadedProject found) {
        file.ifPresent(it -> it.read(found.text(), found.layout(), found.stamp()));
        conflict = false;
        save();
    }

    private void save() {
        if (conflict) {
            return;
        }
        saved.set(false);
        pending.set(new Pending(
                file.orElseThrow(),
                design.get().orElseThrow(),
                sources.get(history.get().position())));
        tasks.save(this::writePending, this::notWritten);
    }

    /** On the saving thread; of several edits in a row only the last is written. */
    private void writePending() throws Exception {
        Pending newest = pending.getAndSet(null);
        if (newest == null) {
            return;
        }
        newest.file().write(newest.design(), newest.source());
        tasks.later(() -> {
            boolean same = file.equals(Optional.of(newest.file()));
            if (same) {
                onDisk = Optional.of(newest.design());
            }
            boolean current = same && design.get().equals(Optional.of(newest.design()));
            if (current) {
                saved.set(true);
                listener.written();
            }
        });
    }

    private void notWritten(Exception cause) {
        if (cause instanceof DesignFile.ChangedOutsideException) {
            if (!conflict) {
                conflict = true;
                listener.conflict();
            }
        } else {
            listener.failed(cause);
        }
    }

    /** Calls the listener with the name of the step that undo takes back, now and whenever it changes. */
    public void followUndo(Consumer<Optional<String>> wanted) {
        history.subscribe(now -> wanted.accept(now.undoable().map(EditingModel::nameOf)));
    }

    /** The same for redo. */
    public void followRedo(Consumer<Optional<String>> wanted) {
        history.subscribe(now -> wanted.accept(now.redoable().map(EditingModel::nameOf)));
    }
}
