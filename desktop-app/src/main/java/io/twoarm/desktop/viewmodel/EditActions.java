package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.Adding;
import io.twoarm.desktop.design.Arranging;
import io.twoarm.desktop.design.BulkLinking;
import io.twoarm.desktop.design.Connecting;
import io.twoarm.desktop.design.Copying;
import io.twoarm.desktop.design.Design;
import io.twoarm.desktop.design.EditRefusedException;
import io.twoarm.desktop.design.Grouping;
import io.twoarm.desktop.design.Kind;
import io.twoarm.desktop.design.Morphing;
import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.PoolRef;
import io.twoarm.desktop.design.Removal;
import io.twoarm.desktop.design.Renaming;
import io.twoarm.desktop.design.Repairing;
import io.twoarm.desktop.design.Wording;
import io.twoarm.desktop.layout.Point;
import io.twoarm.model.Host;
import io.twoarm.model.Topology;
import io.twoarm.model.morph.Morph;
import io.twoarm.model.morph.MorphRefusedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/** What people can do with the open design, each as one step with a name. What was added is selected. */
public final class EditActions {
    /** From an original to its copy, in drawing units. */
    private static final double COPY_OFFSET = 40;

    private final ProjectModel project;
    private final Consumer<Notice> notices;
    private final ReadOnlyBooleanWrapper copied = new ReadOnlyBooleanWrapper(this, "copied", false);
    private Optional<Clip> clip = Optional.empty();

    /** What was copied, and how often it was pasted since. */
    private record Clip(Design source, List<ObjectRef> refs, int pasted) {}

    EditActions(ProjectModel project, Consumer<Notice> notices) {
        this.project = project;
        this.notices = notices;
    }

    /** Whether there is something to paste. */
    public ReadOnlyBooleanProperty copiedProperty() {
        return copied.getReadOnlyProperty();
    }

    private Optional<Topology> topology() {
        return project.topologyProperty().get();
    }

    /** An edit that may be refused; the refusal is told to people. */
    @FunctionalInterface
    private interface Making {
        Optional<Adding.Added> make(Design design);
    }

    private void make(Wording name, Making making) {
        List<ObjectRef> made = new ArrayList<>();
        try {
            project.edit(name, design -> {
                Optional<Adding.Added> added = making.make(design);
                added.map(Adding.Added::ref).ifPresent(made::add);
                return added.map(Adding.Added::design).orElse(design);
            });
        } catch (EditRefusedException e) {
            refuse(e);
            return;
        }
        made.forEach(ref -> project.select(Optional.of(ref)));
    }

    private void refuse(EditRefusedException e) {
        notices.accept(new Notice(
                Notice.Kind.INFORMATION,
                Texts.text("refused.headline"),
                Texts.text(e.wording().key(), e.wording().values().toArray())));
    }

    /**
     * Places something from the palette.
     *
     * @param target the host or segment that it was dropped on
     */
    public void place(Kind kind, Point at, Optional<ObjectRef> target) {
        Wording name = Wording.of("edit.add." + kind.name());
        Optional<String> host =
                target.filter(HostRef.class::isInstance).map(ObjectRef::name).or(() -> suitable(kind));
        make(
                name,
                design -> Optional.of(
                        switch (kind) {
                            case CLIENT, ROUTER, DIRECTOR, REALSERVER, SEGMENT -> Adding.place(design, kind, at);
                            case POOL ->
                                Adding.pool(
                                        design,
                                        design.topology()
                                                .realservers()
                                                .filter(each -> host.filter(each.name()::equals)
                                                        .isPresent())
                                                .map(Host.class::cast)
                                                .toList());
                            case SERVICE ->
                                host.map(director -> Adding.service(design, director))
                                        .orElseGet(() -> Adding.place(design, kind, at));
                            case NAT_GATEWAY ->
                                host.map(director -> Adding.natGateway(design, director))
                                        .orElseGet(() -> Adding.place(design, kind, at));
                            case LOCAL_POOL ->
                                host.map(director -> Adding.localPool(design, director))
                                        .orElseGet(() -> Adding.place(design, kind, at));
                        }));
    }

    /** The selected director, or the only one. */
    private Optional<String> suitable(Kind kind) {
        if (kind.standsAlone() || kind == Kind.POOL) {
            return Optional.empty();
        }
        List<String> directors =
                topology().stream().flatMap(Topology::directors).map(Host::name).toList();
        return project.selection().all().stream()
                .filter(HostRef.class::isInstance)
                .map(ObjectRef::name)
                .filter(directors::contains)
                .findFirst()
                .or(() -> directors.size() == 1 ? Optional.of(directors.getFirst()) : Optional.empty());
    }

    public void connect(ObjectRef from, ObjectRef to) {
        make(Wording.of("edit.connect", from.name(), to.name()), design -> Connecting.connect(design, from, to));
    }

    /** Connects the two selected objects. */
    public void connectSelected() {
        List<ObjectRef> selected = project.selection().all();
        if (selected.size() == 2) {
            connect(selected.getFirst(), selected.getLast());
        }
    }

    /** @return why the name cannot be used; empty when it can */
    public Optional<String> refusal(ObjectRef ref, String name) {
        try {
            topology().ifPresent(it -> Renaming.rename(new Design(it, Map.of()), ref, name));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    public void rename(ObjectRef ref, String name) {
        if (refusal(ref, name).isPresent()) {
            return;
        }
        project.edit(Wording.of("edit.rename", ref.name(), name), design -> Renaming.rename(design, ref, name));
        project.select(Optional.of(Renaming.renamed(ref, name)));
    }

    public void remove(Collection<ObjectRef> refs) {
        List<ObjectRef> gone = List.copyOf(refs);
        if (!gone.isEmpty()) {
            project.edit(naming("edit.remove", gone), design -> Removal.remove(design, gone));
        }
    }

    public void removeSelected() {
        remove(project.selection().all());
    }

    /** @param key for one object; {@code keyMany} is for several */
    private static Wording naming(String key, List<ObjectRef> refs) {
        return refs.size() == 1
                ? Wording.of(key, refs.getFirst().name())
                : Wording.of(key + "Many", Integer.toString(refs.size()));
    }

    public void copySelected() {
        List<ObjectRef> refs = project.selection().all();
        if (!refs.isEmpty()) {
            clip = standing().map(design -> new Clip(design, refs, 0));
            copied.set(clip.isPresent());
        }
    }

    public void cutSelected() {
        copySelected();
        removeSelected();
    }

    public void paste() {
        clip.ifPresent(it -> {
            double offset = COPY_OFFSET * (it.pasted() + 1);
            clip = Optional.of(new Clip(it.source(), it.refs(), it.pasted() + 1));
            copy(naming("edit.paste", it.refs()), it.source(), it.refs(), offset);
        });
    }

    public void duplicateSelected() {
        List<ObjectRef> refs = project.selection().all();
        standing().ifPresent(design -> copy(naming("edit.duplicate", refs), design, refs, COPY_OFFSET));
    }

    private void copy(Wording name, Design source, List<ObjectRef> refs, double offset) {
        List<ObjectRef> made = new ArrayList<>();
        project.edit(name, design -> {
            Copying.Copied result = Copying.copy(source, refs, design, offset, offset);
            made.addAll(result.refs());
            return result.design();
        });
        if (!made.isEmpty()) {
            project.selection().selectAll(made);
        }
    }

    private Optional<Design> standing() {
        return project.editing().designProperty().get().map(design -> design.withPlaces(project.placesNow()));
    }

    public void selectAll() {
        topology().ifPresent(it -> {
            List<ObjectRef> all = new ArrayList<>();
            it.hosts().forEach(host -> all.add(new HostRef(host.name())));
            it.segments().forEach(segment -> all.add(new ObjectRef.SegmentRef(segment.name())));
            project.selection().selectAll(all);
        });
    }

    public void arrange(Arranging.Way way) {
        List<String> paths =
                project.selection().all().stream().map(ObjectRef::path).toList();
        project.edit(
                Wording.of("edit.arrange." + way.name()),
                design -> design.movedTo(Arranging.arrange(new HashMap<>(design.places()), paths, way)));
    }

    /** Makes the selected directors into a group; the one that was selected first is preferred. */
    public void groupSelected() {
        List<String> directors = selectedDirectors();
        if (directors.size() > 1) {
            make(
                    Wording.of("edit.group", String.join(", ", directors)),
                    design -> Optional.of(Grouping.pair(design, directors)));
        }
    }

    /** The links that are missing between the selected hosts and the selected segments. */
    public List<BulkLinking.Pair> missingLinks() {
        return topology()
                .map(it -> BulkLinking.among(it, project.selection().all()))
                .orElse(List.of());
    }

    /** Connects all these hosts with these segments, as one step. */
    public void link(List<BulkLinking.Pair> pairs) {
        project.edit(
                Wording.of("edit.linkMany", Integer.toString(pairs.size())), design -> BulkLinking.link(design, pairs));
    }

    /** Makes another kind of design of this one, or says why that cannot be. */
    public void morph(Morph morph) {
        try {
            project.edit(Wording.of("edit.morph." + morph.name()), design -> Morphing.morph(design, morph));
        } catch (MorphRefusedException refused) {
            notices.accept(new Notice(Notice.Kind.INFORMATION, Texts.text("refused.headline"), refused.getMessage()));
        }
    }

    /** Names of the directors among what is selected. */
    public List<String> selectedDirectors() {
        return project.selection().all().stream()
                .filter(HostRef.class::isInstance)
                .map(ObjectRef::name)
                .filter(name -> topology().flatMap(it -> it.director(name)).isPresent())
                .toList();
    }

    /** Does what the fix of a problem says. */
    public void repair(Problem problem) {
        project.edit(
                Wording.of("edit.repair", problem.finding().rule()),
                design -> Repairing.repair(design, problem.finding()));
    }

    /** Repairs everything that a program can, as one step. */
    public void repairAll() {
        long repairable = project.problemsProperty().get().stream()
                .filter(Problem::repairable)
                .count();
        project.edit(
                Wording.of("edit.repairAll", Long.toString(repairable)),
                design -> Repairing.repairAll(design).design());
    }

    /** Puts the selected realservers, or one, into a pool. */
    public void join(PoolRef pool, Collection<ObjectRef> realservers) {
        project.edit(Wording.of("edit.join", pool.name()), design -> {
            Topology changed = design.topology();
            for (ObjectRef ref : realservers) {
                changed = Adding.join(changed, pool.name(), ref.name());
            }
            return design.with(changed);
        });
    }
}
