package io.twoarm.desktop.ui;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.DesignRef;
import io.twoarm.desktop.viewmodel.PlannerHints;
import io.twoarm.desktop.viewmodel.ProjectModel;
import io.twoarm.desktop.viewmodel.PropertiesBuilder;
import io.twoarm.desktop.viewmodel.PropertySection;
import io.twoarm.desktop.viewmodel.SharedProperties;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import io.twoarm.model.Topology;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Every field of the selected object; of the whole design when nothing is selected. Values can be copied. */
final class PropertiesView implements View {
    private static final int LABEL_PERCENT = 38;
    /** Of several selected objects; further ones are counted. */
    private static final int MOST_NAMES = 6;

    private final ProjectModel project;
    private final PropertyField fields;
    private final Label title = new Label();
    private final Label kind = new Label();
    private final VBox sections = new VBox();
    private final ScrollPane root;
    private boolean editable;
    private final Subscriptions subscriptions = new Subscriptions();

    PropertiesView(WorkbenchModel model) {
        project = model.project();
        fields = new PropertyField(model);
        title.getStyleClass().add("object-title");
        title.setWrapText(true);
        title.setId("properties-title");
        kind.getStyleClass().add("object-kind");
        kind.setWrapText(true);
        sections.getStyleClass().add("property-sections");
        VBox content = new VBox(new VBox(kind, title), sections);
        content.getStyleClass().add("properties");
        root = new ScrollPane(content);
        root.setId("properties-scroll");
        root.setFitToWidth(true);
        root.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void attach() {
        subscriptions.follow(project.selection().allProperty(), selection -> refresh());
        subscriptions.follow(project.topologyProperty(), topology -> refresh());
        subscriptions.follow(project.projectProperty(), open -> {
            // Only then: what people type right now must not go when the file is read again.
            if (project.editable() != editable) {
                refresh();
            }
        });
    }

    @Override
    public void detach() {
        subscriptions.close();
    }

    private void refresh() {
        Optional<Topology> topology = project.topologyProperty().get();
        Optional<String> focused = focused();
        editable = project.editable();
        sections.getChildren().clear();
        title.setText("");
        kind.setText("");
        topology.ifPresent(design -> {
            List<ObjectRef> all = project.selection().all();
            if (all.size() > 1) {
                showShared(design, all);
            } else {
                showOne(design, all.isEmpty() ? new DesignRef(design.name()) : all.getFirst());
            }
        });
        focused.map(id -> sections.lookup("#" + id)).ifPresent(Node::requestFocus);
    }

    private void showOne(Topology design, ObjectRef ref) {
        title.setText(ref.name());
        kind.setText(Texts.text(kindKey(ref)));
        PropertiesBuilder.propertiesOf(design, ref)
                .forEach(section -> sections.getChildren().add(section(section)));
        PlannerHints.of(design, ref).forEach(section -> sections.getChildren().add(section(section)));
    }

    /** What is typed here is taken by all of them. */
    private void showShared(Topology design, List<ObjectRef> refs) {
        title.setText(Texts.text("properties.several", refs.size()));
        String names = refs.stream().limit(MOST_NAMES).map(ObjectRef::name).collect(Collectors.joining(", "));
        kind.setText(
                refs.size() > MOST_NAMES ? names + " " + Texts.text("diagram.more", refs.size() - MOST_NAMES) : names);
        List<PropertySection> shared = SharedProperties.of(design, refs);
        shared.forEach(section -> sections.getChildren().add(section(section)));
        if (shared.isEmpty()) {
            Label nothing = new Label(Texts.text("properties.nothingShared"));
            nothing.setWrapText(true);
            nothing.getStyleClass().add("property-text");
            sections.getChildren().add(nothing);
        }
    }

    /** The control that the keyboard is in; an edit makes the controls anew. */
    private Optional<String> focused() {
        Node owner = sections.getScene() == null ? null : sections.getScene().getFocusOwner();
        for (Node at = owner; at != null; at = at.getParent()) {
            if (at == sections) {
                return Optional.ofNullable(owner.getId());
            }
        }
        return Optional.empty();
    }

    private static String kindKey(ObjectRef ref) {
        return switch (ref) {
            case DesignRef design -> "section.design";
            case ObjectRef.HostRef host -> "section.host";
            case ObjectRef.PortRef port -> "section.portAlone";
            case ObjectRef.SegmentRef segment -> "section.segment";
            case ObjectRef.LocalPoolRef pool -> "section.localPool";
            case ObjectRef.PoolRef pool -> "section.pool";
            case ObjectRef.ServiceRef service -> "section.service";
            case ObjectRef.GroupRef group -> "section.group";
            case ObjectRef.NatGatewayRef gateway -> "section.natGateway";
        };
    }

    private Node section(PropertySection section) {
        Label heading = new Label(section.title());
        heading.getStyleClass().add("section-heading");
        GridPane rows = new GridPane();
        rows.getStyleClass().add("property-rows");
        ColumnConstraints labels = new ColumnConstraints();
        labels.setPercentWidth(LABEL_PERCENT);
        ColumnConstraints values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        values.setFillWidth(true);
        rows.getColumnConstraints().setAll(labels, values);
        for (PropertySection.Row row : section.rows()) {
            int index = rows.getRowCount();
            Label label = new Label(row.label());
            label.getStyleClass().add("property-label");
            label.setWrapText(true);
            // Beside fields of any height; what is only read may have many lines.
            VPos beside = row.editor().isPresent() && project.editable() ? VPos.CENTER : VPos.TOP;
            GridPane.setValignment(label, beside);
            GridPane.setHalignment(label, HPos.LEFT);
            String id = "property-" + sections.getChildren().size() + "-" + index;
            Node value = row.editor()
                    .filter(editor -> project.editable())
                    .map(editor -> fields.of(row, editor, id))
                    .orElseGet(() -> removable(row, id));
            GridPane.setValignment(value, beside);
            rows.addRow(index, label, value);
        }
        HBox additions = new HBox();
        additions.getStyleClass().add("property-additions");
        if (project.editable()) {
            for (int i = 0; i < section.additions().size(); i++) {
                String id = "property-add-" + sections.getChildren().size() + "-" + i;
                additions.getChildren().add(fields.addition(section.additions().get(i), id));
            }
        }
        VBox box = additions.getChildren().isEmpty() ? new VBox(heading, rows) : new VBox(heading, rows, additions);
        box.getStyleClass().add("property-section");
        return box;
    }

    private static ContextMenu copyMenu(String value) {
        MenuItem copy = new MenuItem(Texts.text("property.copy"), Icon.COPY.node());
        copy.setOnAction(event -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(value);
            Clipboard.getSystemClipboard().setContent(content);
        });
        return new ContextMenu(copy);
    }

    private Node removable(PropertySection.Row row, String id) {
        if (row.removal().isEmpty() || !project.editable()) {
            return value(row);
        }
        HBox line = new HBox(value(row), fields.removal(row.removal().get(), id));
        line.getStyleClass().add("property-editor");
        HBox.setHgrow(line.getChildren().getFirst(), Priority.ALWAYS);
        return line;
    }

    private Node value(PropertySection.Row row) {
        if (row.target().isPresent()) {
            Hyperlink link = new Hyperlink(row.value());
            link.getStyleClass().add("property-link");
            link.setWrapText(true);
            link.setOnAction(event -> project.select(row.target()));
            link.setContextMenu(copyMenu(row.value()));
            return link;
        }
        if (row.value().length() > 26) {
            Label text = new Label(row.value());
            text.setWrapText(true);
            text.getStyleClass().add(row.code() ? "property-code" : "property-text");
            text.setContextMenu(copyMenu(row.value()));
            return text;
        }
        TextField field = new TextField(row.value());
        field.setEditable(false);
        field.getStyleClass().setAll("property-field", row.code() ? "property-code" : "property-text");
        field.setAccessibleText(row.label() + " " + row.value());
        return field;
    }
}
