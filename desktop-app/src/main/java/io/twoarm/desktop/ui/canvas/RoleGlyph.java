package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.viewmodel.Diagram.Role;
import javafx.scene.Group;
import javafx.scene.shape.SVGPath;

/** The pictograms of the roles, drawn with a pen on a 24 × 24 grid. */
public final class RoleGlyph {
    private static final String LAPTOP = "M5 5.5h14v9.5H5z M2.5 18.5h19";
    private static final String CROSSING = "M12 3a9 9 0 1 0 .01 0z M12 9.2V5.6 M10.2 7.2 12 5.4l1.8 1.8 M12 14.8v3.6"
            + " M10.2 16.8l1.8 1.8 1.8-1.8 M5.4 12h4 M7.8 10.2 9.6 12l-1.8 1.8 M18.6 12h-4 M16.2 10.2 14.4 12l1.8 1.8";
    private static final String FAN = "M2.5 12h6.5 M9 12l5-6.5h6.5 M9 12h11.5 M9 12l5 6.5h6.5"
            + " M18.3 3.3l2.3 2.2-2.3 2.2 M18.3 9.8l2.3 2.2-2.3 2.2 M18.3 16.3l2.3 2.2-2.3 2.2";
    private static final String RACK =
            "M4 4h16v6.5H4z M4 13.5h16V20H4z M7.4 7.2h.02 M7.4 16.7h.02 M12 7.2h4.6 M12 16.7h4.6";

    private RoleGlyph() {}

    /** A pictogram of the given edge length in drawing units, coloured by the style sheet. */
    public static Group of(Role role, double size) {
        SVGPath path = new SVGPath();
        path.setContent(content(role));
        path.getStyleClass().addAll("role-glyph", styleClass(role));
        path.setScaleX(size / 24);
        path.setScaleY(size / 24);
        path.setMouseTransparent(true);
        return new Group(path);
    }

    static String styleClass(Role role) {
        return switch (role) {
            case CLIENT -> "client";
            case ROUTER -> "router";
            case DIRECTOR -> "director";
            case REALSERVER -> "realserver";
        };
    }

    private static String content(Role role) {
        return switch (role) {
            case CLIENT -> LAPTOP;
            case ROUTER -> CROSSING;
            case DIRECTOR -> FAN;
            case REALSERVER -> RACK;
        };
    }
}
