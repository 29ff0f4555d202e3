package io.twoarm.desktop.ui;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.viewmodel.CodeLine;
import io.twoarm.desktop.viewmodel.FileOrigins;
import io.twoarm.desktop.viewmodel.FilesModel;
import io.twoarm.desktop.viewmodel.FilesModel.Compared;
import io.twoarm.desktop.viewmodel.FilesModel.Earlier;
import io.twoarm.desktop.viewmodel.ProjectModel;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import io.twoarm.engine.Overrides;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** The generated files of every host: what is in them, why, and how they differ from before. */
final class FilesView implements View {
    private final FilesModel files;
    private final FileOrigins origins;
    private final Label origin = new Label();
    private final Button edit = new Button(Texts.text("files.edit"), Icon.RENAME.node());
    private final Button discard = new Button(Texts.text("files.discard"), Icon.UNDO.node());
    private final ProjectModel project;
    private final TreeView<Entry> tree = new TreeView<>();
    private final CodeView code = new CodeView(Texts.text("page", Page.FILES));
    private final Label path = new Label();
    private final Label reason = new Label();
    private final Label unfit = new Label();
    private final Placeholder hindrance = new Placeholder("");
    private final ChoiceBox<Optional<Earlier>> compare = new ChoiceBox<>();
    private final StackPane root;
    private final Node content;
    private final Subscriptions subscriptions = new Subscriptions();
    private boolean filling;

    /** A line of the tree: a host, or a file of it. */
    record Entry(String host, Optional<Compared> file) {
        boolean same(Entry other) {
            return host.equals(other.host) && file.map(Compared::path).equals(other.file.map(Compared::path));
        }
    }

    /** @param dialogs asks where files are to be written */
    FilesView(WorkbenchModel model, Dialogs dialogs) {
        files = model.files();
        project = model.project();
        origins = model.origins();
        origin.setId("file-origin");
        origin.getStyleClass().add("view-summary");
        origin.setMinWidth(0);
        code.setOnPoint(this::explain);
        code.setOnOpen(line -> objects(line).stream().findFirst().ifPresent(project.selection()::reveal));
        tree.setId("files");
        tree.setShowRoot(false);
        tree.getStyleClass().addAll("outline", "dense");
        tree.setCellFactory(view -> new FileEntryCell(files, () -> comparing().isPresent()));
        tree.setAccessibleText(Texts.text("page", Page.FILES));
        code.setId("file-text");
        path.getStyleClass().add("file-path");
        path.setId("file-path");
        path.setMinWidth(0);
        reason.getStyleClass().add("view-summary");
        reason.setMinWidth(0);
        compare.setId("files-compare");
        compare.getStyleClass().add("small");
        compare.setAccessibleText(Texts.text("files.compare"));
        compare.setConverter(new Naming());
        Button write = new Button(Texts.text("files.write"), Icon.OPEN.node());
        write.setId("files-write");
        write.getStyleClass().add("small");
        write.setTooltip(new Tooltip(Texts.text("files.write.tip")));
        write.setOnAction(
                event -> dialogs.directory(Texts.text("files.write.tip")).ifPresent(files::write));
        write.disableProperty().bind(files.hostsProperty().map(List::isEmpty));
        edit.setId("files-edit");
        edit.getStyleClass().add("small");
        edit.setTooltip(new Tooltip(Texts.text("files.edit.tip")));
        edit.setOnAction(event -> shown().flatMap(Compared::now)
                .ifPresent(file -> dialogs.text(
                                Texts.text("files.edit.title", file.path()),
                                Texts.text("files.edit.header"),
                                file.content())
                        .ifPresent(wanted -> files.keepByHand(shown().orElseThrow(), Optional.of(wanted)))));
        discard.setId("files-discard");
        discard.getStyleClass().add("small");
        discard.setTooltip(new Tooltip(Texts.text("files.discard.tip")));
        discard.setOnAction(event -> shown().ifPresent(file -> files.keepByHand(file, Optional.empty())));
        discard.managedProperty().bind(discard.visibleProperty());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox bar = new ShrinkingRow(new VBox(path, reason, origin), space, discard, edit, compare, write);
        bar.getStyleClass().add("view-bar");
        HBox.setHgrow(bar.getChildren().getFirst(), Priority.SOMETIMES);
        unfit.setId("files-unfit");
        unfit.getStyleClass().addAll("view-finding", "files-unfit");
        unfit.setGraphic(Icon.WARNING.node());
        unfit.setWrapText(true);
        unfit.setMinHeight(Region.USE_PREF_SIZE);
        unfit.managedProperty().bind(unfit.visibleProperty());
        VBox text = new VBox(unfit, bar, code);
        VBox.setVgrow(code, Priority.ALWAYS);
        SplitPane split = new SplitPane(tree, text);
        split.setDividerPositions(0.3);
        split.getStyleClass().add("workspace");
        SplitPane.setResizableWithParent(tree, false);
        content = split;
        root = new StackPane(content, hindrance);
        root.getStyleClass().add("side-view");
    }

    /** Names the states that files can be compared with. */
    private static final class Naming extends StringConverter<Optional<Earlier>> {
        @Override
        public String toString(Optional<Earlier> state) {
            return state == null
                    ? ""
                    : state.map(each -> Texts.text("files.earlier", each)).orElse(Texts.text("files.earlier.none"));
        }

        @Override
        public Optional<Earlier> fromString(String text) {
            return Optional.empty();
        }
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void attach() {
        subscriptions.follow(files.hostsProperty(), hosts -> fill());
        subscriptions.follow(files.hindranceProperty(), this::explain);
        subscriptions.follow(files.misfitsProperty(), this::warn);
        subscriptions.follow(compare.valueProperty(), state -> fill());
        subscriptions.follow(tree.getSelectionModel().selectedItemProperty(), this::show);
        subscriptions.follow(project.selectionProperty(), ref -> {
            ref.ifPresent(this::reveal);
            markLines();
            revealLines();
        });
        subscriptions.follow(origins.pointedProperty(), ref -> markLines());
        subscriptions.follow(origins.versionProperty(), version -> {
            markLines();
            revealLines();
        });
    }

    @Override
    public void detach() {
        subscriptions.close();
    }

    private void warn(List<Overrides.Misfit> misfits) {
        unfit.setVisible(!misfits.isEmpty());
        unfit.setText(misfits.stream()
                .map(misfit -> misfit.message().replaceAll("\\R\\s+", "\n"))
                .collect(Collectors.joining("\n")));
        tree.refresh();
    }

    private void explain(String why) {
        hindrance.setText(why);
        hindrance.setVisible(!why.isEmpty());
        content.setVisible(why.isEmpty());
    }

    private Optional<Compared> shown() {
        return Optional.ofNullable(tree.getSelectionModel().getSelectedItem())
                .map(TreeItem::getValue)
                .flatMap(Entry::file);
    }

    /** Lets the objects glow that a line follows from, and says in words why it is there. */
    private void explain(Optional<CodeLine> line) {
        Optional<CodeLine> present = line.filter(it -> it.change() != CodeLine.Change.REMOVED);
        origins.glow(present.map(this::objects).orElse(List.of()));
        origin.setText(present.flatMap(it -> shown().flatMap(
                                file -> origins.causes(file.host(), file.path(), it.number()).stream()
                                        .findFirst()))
                .map(cause -> Texts.text("files.because", cause.text()))
                .orElse(""));
    }

    private List<ObjectRef> objects(CodeLine line) {
        return shown().map(file -> origins.objects(file.host(), file.path(), line.number()))
                .orElse(List.of());
    }

    /** The whole of a host's files follows from the host, and who compares wants to see the differences. */
    private void revealLines() {
        boolean part = project.selectionProperty()
                .get()
                .filter(ref -> !(ref instanceof ObjectRef.HostRef))
                .isPresent();
        if (part && comparing().isEmpty()) {
            code.revealMarked();
        }
    }

    /** Marks the lines that follow from the object that the mouse is over, or else from what is selected. */
    private void markLines() {
        Optional<ObjectRef> about = origins.pointedProperty()
                .get()
                .or(() -> project.selectionProperty().get());
        code.mark(about.flatMap(ref -> shown().map(file -> origins.lines(file.host(), file.path(), ref)))
                .orElse(Set.of()));
    }

    private Optional<Earlier> comparing() {
        return Optional.ofNullable(compare.getValue()).flatMap(state -> state);
    }

    private void fill() {
        if (filling) {
            return;
        }
        filling = true;
        offerStates();
        Optional<Entry> before =
                Optional.ofNullable(tree.getSelectionModel().getSelectedItem()).map(TreeItem::getValue);
        TreeItem<Entry> top = new TreeItem<>();
        List<String> open = expanded();
        boolean first = tree.getRoot() == null || tree.getRoot().getChildren().isEmpty();
        for (Map.Entry<String, List<Compared>> host : files.files(comparing()).entrySet()) {
            TreeItem<Entry> item = new TreeItem<>(new Entry(host.getKey(), Optional.empty()));
            host.getValue()
                    .forEach(file ->
                            item.getChildren().add(new TreeItem<>(new Entry(host.getKey(), Optional.of(file)))));
            boolean differs =
                    comparing().isPresent() && host.getValue().stream().anyMatch(Compared::differs);
            item.setExpanded(open.contains(host.getKey()) || differs);
            top.getChildren().add(item);
        }
        tree.setRoot(top);
        filling = false;
        before.flatMap(this::item)
                .filter(item -> comparing().isEmpty() || changed(item))
                .or(this::firstChange)
                .or(() -> before.flatMap(this::item))
                .or(() -> first ? firstFile() : Optional.empty())
                .ifPresentOrElse(tree.getSelectionModel()::select, () -> show(null));
    }

    private void offerStates() {
        List<Optional<Earlier>> states = new ArrayList<>(List.of(Optional.empty()));
        for (Earlier each : Earlier.values()) {
            if (files.has(each)) {
                states.add(Optional.of(each));
            }
        }
        if (!compare.getItems().equals(states)) {
            Optional<Earlier> chosen = comparing();
            compare.getItems().setAll(states);
            compare.setValue(states.contains(chosen) ? chosen : Optional.empty());
        }
    }

    private List<String> expanded() {
        return tree.getRoot() == null
                ? List.of()
                : tree.getRoot().getChildren().stream()
                        .filter(TreeItem::isExpanded)
                        .map(item -> item.getValue().host())
                        .toList();
    }

    private Optional<TreeItem<Entry>> item(Entry wanted) {
        for (TreeItem<Entry> host : tree.getRoot().getChildren()) {
            if (host.getValue().same(wanted)) {
                return Optional.of(host);
            }
            for (TreeItem<Entry> file : host.getChildren()) {
                if (file.getValue().same(wanted)) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean changed(TreeItem<Entry> item) {
        return item.getValue().file().filter(Compared::differs).isPresent();
    }

    /** Who compares wants to see a difference. */
    private Optional<TreeItem<Entry>> firstChange() {
        return comparing().isEmpty()
                ? Optional.empty()
                : tree.getRoot().getChildren().stream()
                        .flatMap(host -> host.getChildren().stream())
                        .filter(FilesView::changed)
                        .findFirst();
    }

    /** A director's configuration is what people look for most. */
    private Optional<TreeItem<Entry>> firstFile() {
        List<String> directors = project.topologyProperty().get().stream()
                .flatMap(topology -> topology.directors())
                .map(director -> director.name())
                .toList();
        return tree.getRoot().getChildren().stream()
                .filter(host -> directors.contains(host.getValue().host()))
                .findFirst()
                .or(() -> tree.getRoot().getChildren().stream().findFirst())
                .map(host -> {
                    host.setExpanded(true);
                    return host.getChildren().isEmpty()
                            ? host
                            : host.getChildren().getFirst();
                });
    }

    private void reveal(ObjectRef ref) {
        String host = switch (ref) {
            case ObjectRef.HostRef it -> it.name();
            case ObjectRef.PortRef it -> it.host();
            default -> "";
        };
        if (tree.getRoot() == null) {
            return;
        }
        tree.getRoot().getChildren().stream()
                .filter(item -> item.getValue().host().equals(host))
                .findFirst()
                .ifPresent(item -> {
                    item.setExpanded(true);
                    TreeItem<Entry> now = tree.getSelectionModel().getSelectedItem();
                    boolean there = now != null && now.getValue().host().equals(host);
                    if (!there && !item.getChildren().isEmpty()) {
                        tree.getSelectionModel().select(item.getChildren().getFirst());
                    }
                });
    }

    private void show(TreeItem<Entry> item) {
        if (filling) {
            return;
        }
        Optional<Compared> file =
                Optional.ofNullable(item).map(TreeItem::getValue).flatMap(Entry::file);
        path.setText(file.map(it -> it.host() + ":" + it.path()).orElse(""));
        reason.setText(file.map(it -> Texts.text(
                        "files.reason",
                        "%04o".formatted(it.file().mode()),
                        it.file().reason()))
                .orElse(""));
        code.show(file.map(it -> it.lines(comparing().isPresent())).orElse(List.of()));
        file.ifPresent(it -> origins.want(it.host()));
        edit.setDisable(file.flatMap(Compared::now).isEmpty() || !project.editable());
        discard.setVisible(file.filter(files::changedByHand).isPresent());
        markLines();
    }
}
