package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.ObjectRef;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** What is selected, in the order in which it was; the first counts where only one can. */
public final class SelectionModel {
    private final ReadOnlyObjectWrapper<Optional<ObjectRef>> first =
            new ReadOnlyObjectWrapper<>(this, "first", Optional.empty());
    private final ReadOnlyObjectWrapper<Revealed> revealed = new ReadOnlyObjectWrapper<>(this, "revealed");
    private final ReadOnlyObjectWrapper<List<ObjectRef>> all = new ReadOnlyObjectWrapper<>(this, "all", List.of());

    public ReadOnlyObjectProperty<Optional<ObjectRef>> firstProperty() {
        return first.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<List<ObjectRef>> allProperty() {
        return all.getReadOnlyProperty();
    }

    public List<ObjectRef> all() {
        return all.get();
    }

    /** Selects one object, or nothing. */
    public void select(Optional<ObjectRef> ref) {
        set(ref.map(List::of).orElse(List.of()));
    }

    public void selectAll(Collection<? extends ObjectRef> refs) {
        set(List.copyOf(new LinkedHashSet<ObjectRef>(refs)));
    }

    /** Adds an object, or takes it away when it is selected. */
    public void toggle(ObjectRef ref) {
        Set<ObjectRef> changed = new LinkedHashSet<>(all.get());
        if (!changed.remove(ref)) {
            changed.add(ref);
        }
        set(List.copyOf(changed));
    }

    /** Selects one object and brings it into view. */
    public void reveal(ObjectRef ref) {
        select(Optional.of(ref));
        revealed.set(
                new Revealed(ref, revealed.get() == null ? 1 : revealed.get().number() + 1));
    }

    /** What was to be brought into view last; null at first. Each wish is another value. */
    public ReadOnlyObjectProperty<Revealed> revealedProperty() {
        return revealed.getReadOnlyProperty();
    }

    /** @param number counts the wishes */
    public record Revealed(ObjectRef ref, int number) {}

    public void clear() {
        set(List.of());
    }

    /** Keeps only what fulfils the condition. */
    void retain(Predicate<ObjectRef> stays) {
        set(all.get().stream().filter(stays).toList());
    }

    private void set(List<ObjectRef> refs) {
        if (!refs.equals(all.get())) {
            all.set(refs);
        }
        Optional<ObjectRef> lead = refs.stream().findFirst();
        if (!lead.equals(first.get())) {
            first.set(lead);
        }
    }
}
