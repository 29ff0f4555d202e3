package io.twoarm.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.ServiceRef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.TraversalDirection;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.Spinner;
import javafx.scene.control.Tab;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What screen readers read, and where the keyboard gets to. */
class AccessibilityTest {
    /** More steps than the window has places for the keyboard. */
    private static final int MOST_STEPS = 400;

    /** What an object is to a screen reader on the drawing. */
    private static final List<String> DRAWN = List.of(".figure", ".service-row", ".chip");

    @TempDir
    private Path directory;

    private OpenWindow window;

    @BeforeEach
    void open() {
        window = OpenWindow.withoutBundle(directory);
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void everyControlOfEveryViewHasAName() {
        Set<String> nameless = new TreeSet<>(nameless("welcome"));
        openProject();
        UiDriver.doInFx(() -> window.model()
                .project()
                .selection()
                .selectAll(List.of(new ServiceRef("web"), new HostRef("rs1"), new HostRef("director"))));
        nameless.addAll(nameless("several objects"));
        int views = 0;
        for (Perspective perspective : Perspective.values()) {
            enter(perspective);
            for (Tab tab : window.tabs()) {
                UiDriver.doInFx(() -> tab.getTabPane().getSelectionModel().select(tab));
                UiDriver.nextPulse();
                nameless.addAll(nameless(tab.getId()));
                views++;
            }
        }
        for (String path : List.of("hosts.director", "virtualServices.web", "realserverPools.web", "segments.lan")) {
            enter(Perspective.DESIGN);
            UiDriver.doInFx(() -> window.model().project().select(io.twoarm.desktop.design.ObjectRef.at(path)));
            UiDriver.nextPulse();
            nameless.addAll(nameless("properties of " + path));
        }

        assertThat(views).isGreaterThan(Page.values().length);
        assertThat(nameless).isEmpty();
    }

    @Test
    void everythingOnTheDrawingHasARoleAndAName() {
        openProject();
        UiDriver.nextPulse();

        for (String drawn : DRAWN) {
            Set<Node> figures = UiDriver.inFx(() -> window.canvas().lookupAll(drawn));
            assertThat(figures)
                    .as(drawn)
                    .isNotEmpty()
                    .allSatisfy(figure -> assertThat(figure.getAccessibleRole()).isEqualTo(AccessibleRole.NODE))
                    .allSatisfy(figure -> assertThat(figure.getAccessibleText()).isNotBlank());
        }
        UiDriver.doInFx(() -> window.model().project().select(java.util.Optional.of(new ServiceRef("web"))));
        assertThat(UiDriver.inFx(() -> window.canvas().getAccessibleText())).contains("10.0.96.204:80", "FullNAT");
    }

    @Test
    void theKeyboardGetsThroughEveryPartOfTheWindowAndBack() {
        openProject();
        enter(Perspective.DESIGN);
        Node first = window.driver().find("#palette-client", Node.class);
        UiDriver.doInFx(first::requestFocus);
        Set<Node> reached = new LinkedHashSet<>();
        Node now = first;
        do {
            reached.add(now);
            Node from = now;
            now = UiDriver.inFx(() -> {
                from.requestFocusTraversal(TraversalDirection.NEXT);
                return window.scene().getFocusOwner();
            });
        } while (!reached.contains(now) && reached.size() < MOST_STEPS);

        assertThat(now).as("the order is a ring").isSameAs(first);
        for (String part : List.of("#palette", "#canvas", "#dock-left", "#dock-right", ".header")) {
            Node container = window.driver().find(part, Node.class);
            assertThat(reached).as(part).anyMatch(node -> isIn(node, container));
        }
        List<String> order = reached.stream().map(Node::getId).toList();
        assertThat(order).containsSubsequence("palette-client", "palette-router", "palette-director", "palette-pool");
    }

    private static boolean isIn(Node node, Node container) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (each == container) {
                return true;
            }
        }
        return false;
    }

    private void openProject() {
        window.opened(ProjectFixture.twoArm()
                .withLipOutsideItsSubnet()
                .named("accessible")
                .in(directory.resolve("project")));
    }

    private void enter(Perspective perspective) {
        window.driver().keys(KeyCode.CONTROL, KeyCode.ALT, KeyCode.getKeyCode("" + (perspective.ordinal() + 1)));
    }

    /** The controls that are seen and have nothing that a screen reader could read. */
    private List<String> nameless(String where) {
        return UiDriver.inFx(() -> {
            List<String> found = new ArrayList<>();
            look(window.scene().getRoot(), where, found);
            return found;
        });
    }

    private static void look(Node node, String where, List<String> found) {
        if (!node.isVisible()) {
            return;
        }
        if (node instanceof Control control
                && needsName(control)
                && name(control).isBlank()) {
            found.add(where + ": " + control.getClass().getSimpleName() + " " + control.getId() + " "
                    + control.getStyleClass());
        }
        // What a list of choices consists of is read as one.
        boolean one = node instanceof ComboBoxBase || node instanceof Spinner || node instanceof ChoiceBox;
        if (!one && node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> look(child, where, found));
        }
    }

    private static boolean needsName(Control control) {
        return control instanceof ButtonBase
                || control instanceof TextInputControl
                || control instanceof ComboBoxBase
                || control instanceof ChoiceBox
                || control instanceof Spinner
                || control instanceof ListView
                || control instanceof TableView
                || control instanceof TreeView;
    }

    private static String name(Control control) {
        String given = control.getAccessibleText();
        if (given != null && !given.isBlank()) {
            return given;
        }
        return control instanceof Labeled labeled && labeled.getText() != null ? labeled.getText() : "";
    }
}
