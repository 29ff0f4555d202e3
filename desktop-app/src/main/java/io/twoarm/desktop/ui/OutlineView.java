package io.twoarm.desktop.ui;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.viewmodel.OutlineEntry;
import io.twoarm.desktop.viewmodel.ProjectModel;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.model.Topology;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The design as a tree. */
final class OutlineView implements View {
    private final ProjectModel project;
    private final TreeView<OutlineEntry> tree = new TreeView<>();
    private final VBox root;
    private final Subscriptions subscriptions = new Subscriptions();
    /** Groups that stay closed when the design is read again. */
    private final Set<String> collapsed = new HashSet<>();

    private boolean following;

    OutlineView(ProjectModel project) {
        this.project = project;
        tree.setId("outline");
        tree.setShowRoot(false);
        tree.setCellFactory(view -> new EntryCell());
        tree.getStyleClass().addAll("outline", "dense");
        tree.setAccessibleText(Texts.text("view.outline"));
        VBox.setVgrow(tree, Priority.ALWAYS);
        root = new VBox(tree);
        root.getStyleClass().add("side-view");
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void attach() {
        subscriptions.follow(project.topologyProperty(), this::show);
        subscriptions.follow(project.selectionProperty(), this::reveal);
        subscriptions.follow(tree.getSelectionModel().selectedItemProperty(), this::selected);
    }

    @Override
    public void detach() {
        subscriptions.close();
    }

    private void show(Optional<Topology> topology) {
        following = true;
        tree.setRoot(topology.map(OutlineEntry::of).map(entry -> item(entry, 0)).orElse(null));
        following = false;
        reveal(project.selectionProperty().get());
    }

    private TreeItem<OutlineEntry> item(OutlineEntry entry, int depth) {
        TreeItem<OutlineEntry> item = new TreeItem<>(entry);
        entry.children().forEach(child -> item.getChildren().add(item(child, depth + 1)));
        String key = entry.label();
        item.setExpanded(depth < 2 && !collapsed.contains(key));
        item.expandedProperty().addListener((property, before, now) -> {
            if (now) {
                collapsed.remove(key);
            } else {
                collapsed.add(key);
            }
        });
        return item;
    }

    private void reveal(Optional<ObjectRef> ref) {
        following = true;
        Optional<TreeItem<OutlineEntry>> wanted = ref.flatMap(target ->
                items(tree.getRoot()).filter(item -> shows(item, target)).findFirst());
        wanted.ifPresentOrElse(
                item -> {
                    for (TreeItem<OutlineEntry> at = item.getParent(); at != null; at = at.getParent()) {
                        at.setExpanded(true);
                    }
                    tree.getSelectionModel().select(item);
                },
                tree.getSelectionModel()::clearSelection);
        following = false;
    }

    private static boolean shows(TreeItem<OutlineEntry> item, ObjectRef target) {
        return item.getValue().ref().filter(target::equals).isPresent();
    }

    private static Stream<TreeItem<OutlineEntry>> items(TreeItem<OutlineEntry> from) {
        return from == null
                ? Stream.empty()
                : Stream.concat(Stream.of(from), from.getChildren().stream().flatMap(OutlineView::items));
    }

    private void selected(TreeItem<OutlineEntry> item) {
        if (!following && item != null) {
            item.getValue().ref().ifPresent(ref -> project.select(Optional.of(ref)));
        }
    }

    /** Icon, label and a quieter detail. */
    private static final class EntryCell extends TreeCell<OutlineEntry> {
        private final Label label = new Label();
        private final Label detail = new Label();
        private final HBox line = new HBox(label, detail);

        EntryCell() {
            line.getStyleClass().add("outline-line");
            // No wider than the view: details are shortened, and nothing scrolls sideways.
            setPrefWidth(0);
            detail.setMinWidth(0);
            label.setMinWidth(USE_PREF_SIZE);
            detail.getStyleClass().add("outline-detail");
        }

        @Override
        protected void updateItem(OutlineEntry entry, boolean empty) {
            super.updateItem(entry, empty);
            if (empty || entry == null) {
                setGraphic(null);
                return;
            }
            label.setText(entry.label());
            label.setGraphic(icon(entry.kind()));
            label.getStyleClass()
                    .setAll("label", entry.kind() == OutlineEntry.Kind.GROUP ? "outline-group" : "outline-label");
            detail.setText(entry.detail());
            setGraphic(line);
        }
    }

    static Node icon(OutlineEntry.Kind kind) {
        return switch (kind) {
            case DESIGN -> Icon.DESIGN.node();
            case GROUP -> null;
            case CLIENT -> Icon.CLIENT.node("tone-client");
            case ROUTER -> Icon.ROUTER.node("tone-router");
            case DIRECTOR -> Icon.DIRECTOR.node("tone-director");
            case REALSERVER -> Icon.REALSERVER.node("tone-realserver");
            case PORT -> Icon.PORT.node();
            case SEGMENT -> Icon.SEGMENT.node();
            case SERVICE -> Icon.SERVICE.node("tone-vip");
            case POOL -> Icon.POOL.node("tone-realserver");
            case LOCAL_POOL -> Icon.LOCAL_POOL.node("tone-lip");
            case DIRECTOR_GROUP -> Icon.DIRECTOR_GROUP.node("tone-director");
            case NAT_GATEWAY -> Icon.NAT_GATEWAY.node("tone-vip");
        };
    }
}
