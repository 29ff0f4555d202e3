package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.Notice;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;
import javafx.stage.PopupWindow;
import javafx.stage.Window;
import javafx.util.Duration;

/**
 * What people are told in passing, below one another in the upper right corner of the drawing, where nothing is that
 * they click: a notice over a button takes the click that is meant for the button. Each goes after six seconds, or when
 * it is clicked.
 */
final class PassingNotices {
    private static final Duration STAY = Duration.seconds(6);
    private static final double MARGIN = 12;

    private final Window owner;
    private final VBox all = new VBox();
    private final Popup popup = new Popup();

    PassingNotices(Window owner) {
        this.owner = owner;
        all.getStyleClass().add("notices");
        popup.setAutoFix(false);
        popup.setHideOnEscape(false);
        popup.setAnchorLocation(PopupWindow.AnchorLocation.CONTENT_TOP_RIGHT);
        popup.getContent().add(all);
    }

    /** @param tone style class for the colour of the icon */
    void show(Notice notice, Icon icon, String tone) {
        Node card = card(notice, icon, tone);
        PauseTransition stay = new PauseTransition(STAY);
        stay.setOnFinished(event -> remove(card));
        card.setOnMouseClicked(event -> {
            stay.stop();
            remove(card);
        });
        all.getChildren().add(card);
        Bounds corner = place();
        popup.show(owner, corner.getMaxX() - MARGIN, corner.getMinY() + MARGIN);
        stay.play();
    }

    private static Node card(Notice notice, Icon icon, String tone) {
        Label headline = new Label(notice.headline());
        headline.getStyleClass().add("notice-headline");
        headline.setWrapText(true);
        VBox texts = new VBox(headline);
        if (!notice.details().isBlank()) {
            Label details = new Label(notice.details());
            details.setWrapText(true);
            texts.getChildren().add(details);
        }
        HBox card = new HBox(icon.node(tone, "notice-icon"), texts);
        card.getStyleClass().add("notice");
        return card;
    }

    /** The drawing on the screen, or the window while there is no drawing. */
    private Bounds place() {
        Node root = owner.getScene().getRoot();
        Node over = Optional.ofNullable(root.lookup("#canvas")).orElse(root);
        return over.localToScreen(over.getLayoutBounds());
    }

    private void remove(Node card) {
        all.getChildren().remove(card);
        if (all.getChildren().isEmpty()) {
            popup.hide();
        }
    }
}
