package io.twoarm.desktop.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.beans.property.Property;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;

/** Listeners and bindings of an attached view, undone together when it is detached. */
public final class Subscriptions implements AutoCloseable {
    private final List<Runnable> undo = new ArrayList<>();

    /** Calls the action with the present value now and with every later one. */
    public <T> void follow(ObservableValue<T> value, Consumer<? super T> action) {
        InvalidationListener listener = observable -> action.accept(value.getValue());
        value.addListener(listener);
        undo.add(() -> value.removeListener(listener));
        action.accept(value.getValue());
    }

    /** Calls the action now and after every change of the list. */
    public <T> void follow(ObservableList<T> list, Runnable action) {
        ListChangeListener<T> listener = change -> action.run();
        list.addListener(listener);
        undo.add(() -> list.removeListener(listener));
        action.run();
    }

    public <T> void bind(Property<T> target, ObservableValue<? extends T> source) {
        target.bind(source);
        undo.add(target::unbind);
    }

    /** Undone with everything else. */
    public void add(Runnable undoing) {
        undo.add(undoing);
    }

    @Override
    public void close() {
        undo.reversed().forEach(Runnable::run);
        undo.clear();
    }
}
