package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.layout.Point;
import io.twoarm.model.Finding.Severity;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.scene.AccessibleRole;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.text.Text;

/** Something on the drawing that stands somewhere and can be selected. */
abstract class Figure extends Group {
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final Pattern NOT_IN_IDS = Pattern.compile("[^A-Za-z0-9_-]");

    private final ObjectRef ref;
    private final String path;
    /** Made when the first problem is shown: most figures never have one. */
    private Optional<ProblemBadge> badge = Optional.empty();

    private Point centre = new Point(0, 0);
    private boolean shown = true;
    private boolean near = true;
    /** What cannot be made out from far away, and is not drawn then. */
    private final Group details = new Group();
    /** Where the details are among the parts, while they are drawn. */
    private final Group detailed = new Group(details);

    private boolean complete;

    Figure(ObjectRef ref, String styleClass) {
        this.ref = ref;
        path = ref.path();
        getStyleClass().addAll("figure", styleClass);
        setId(nodeId(ref));
        setAccessibleRole(AccessibleRole.NODE);
        setAccessibleText(ref.name());
    }

    /** The id of the node that shows an object, as style sheets and tests look it up. */
    static String nodeId(ObjectRef ref) {
        return NOT_IN_IDS.matcher(ref.path()).replaceAll("-");
    }

    final ObjectRef ref() {
        return ref;
    }

    /** The object's path, kept because it is asked for with each move. */
    final String path() {
        return path;
    }

    /** Sets the places of the parts; needs the style sheets to be applied, because texts are measured. */
    abstract void arrange();

    abstract double width();

    abstract double height();

    final Point centre() {
        return centre;
    }

    void moveTo(Point to) {
        centre = to;
        setTranslateX(Math.rint(to.x() - width() / 2));
        setTranslateY(Math.rint(to.y() - height() / 2));
    }

    /** Whether it is to be seen where it stands. */
    final void setShown(boolean wanted) {
        shown = wanted;
        setVisible(shown && near);
    }

    final boolean isShown() {
        return shown;
    }

    /** Leaves it out of the rendering while nobody looks there. */
    final void setNear(boolean looked) {
        near = looked;
        setVisible(shown && near);
    }

    final boolean isNear() {
        return near;
    }

    /** Its children are the parts that are left out at times. */
    final Group details() {
        return details;
    }

    /** To be put where the details belong among the other parts. */
    final Node detailed() {
        return detailed;
    }

    /**
     * Whether the details are there. Without them a pulse of the toolkit is shorter, which looks at all nodes of a scene,
     * visible or not.
     */
    final void setDetailed(boolean wanted) {
        if (wanted && !complete) {
            complete = true;
            complete();
        }
        if (wanted == detailed.getChildren().isEmpty()) {
            detailed.getChildren().setAll(wanted ? List.of(details) : List.of());
        }
    }

    /** Adds the details that its size does not depend on, before the details are there for the first time. */
    void complete() {}

    /** Whether its size follows from its texts alone, and its details may be without style while it is arranged. */
    boolean isPlain() {
        return false;
    }

    /** What it covers in the drawing with its details, whether these are there or not. */
    final Bounds covered() {
        Bounds parts = details.getBoundsInParent();
        if (!detailed.getChildren().isEmpty() || parts.isEmpty()) {
            return getBoundsInParent();
        }
        return localToParent(getBoundsInLocal().isEmpty() ? parts : Drawing.union(getBoundsInLocal(), parts));
    }

    final void setSelected(boolean selected) {
        pseudoClassStateChanged(SELECTED, selected);
    }

    /** Shows that something is wrong here, at a point of the figure that {@link #badgeAt} tells. */
    final void showProblem(Optional<Severity> severity) {
        if (severity.isPresent() && badge.isEmpty()) {
            badge = Optional.of(new ProblemBadge());
            getChildren().add(badge.get());
        }
        badge.ifPresent(it -> it.show(severity));
        placeBadge();
    }

    /** To be called when the place that {@link #badgeAt} tells has changed. */
    final void placeBadge() {
        badge.ifPresent(it -> {
            Point at = badgeAt();
            it.setTranslateX(at.x());
            it.setTranslateY(at.y());
        });
    }

    /** Where the badge of a problem stands. */
    Point badgeAt() {
        return new Point(0, 0);
    }

    static Text text(String content, String... styleClasses) {
        Text text = new Text(content);
        text.setTextOrigin(javafx.geometry.VPos.TOP);
        text.getStyleClass().addAll(styleClasses);
        text.setMouseTransparent(true);
        return text;
    }

    static double widthOf(Text text) {
        return Math.ceil(text.getLayoutBounds().getWidth());
    }

    static double heightOf(Text text) {
        return Math.ceil(text.getLayoutBounds().getHeight());
    }

    static void place(Text text, double x, double y) {
        text.setX(Math.rint(x));
        text.setY(Math.rint(y));
    }
}
