package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.layout.Point;
import io.twoarm.model.Finding.Severity;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Group;
import javafx.scene.text.Text;

/** Something on the drawing that stands somewhere and can be selected. */
abstract class Figure extends Group {
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

    private final ObjectRef ref;
    private final ProblemBadge badge = new ProblemBadge();
    private Point centre = new Point(0, 0);
    private boolean shown = true;
    private boolean near = true;
    /** What cannot be made out from far away, and is not drawn then. */
    private final Group details = new Group();

    Figure(ObjectRef ref, String styleClass) {
        this.ref = ref;
        getStyleClass().addAll("figure", styleClass);
        setId(nodeId(ref));
        setAccessibleRole(AccessibleRole.NODE);
        setAccessibleText(ref.name());
    }

    /** The id of the node that shows an object, as style sheets and tests look it up. */
    static String nodeId(ObjectRef ref) {
        return ref.path().replaceAll("[^A-Za-z0-9_-]", "-");
    }

    final ObjectRef ref() {
        return ref;
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

    final Group details() {
        return details;
    }

    final void setSelected(boolean selected) {
        pseudoClassStateChanged(SELECTED, selected);
    }

    /** Shows that something is wrong here, at a point of the figure that {@link #badgeAt} tells. */
    final void showProblem(Optional<Severity> severity) {
        badge.show(severity);
        if (severity.isPresent() && !getChildren().contains(badge)) {
            getChildren().add(badge);
        }
        placeBadge();
    }

    /** To be called when the place that {@link #badgeAt} tells has changed. */
    final void placeBadge() {
        Point at = badgeAt();
        badge.setTranslateX(at.x());
        badge.setTranslateY(at.y());
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
