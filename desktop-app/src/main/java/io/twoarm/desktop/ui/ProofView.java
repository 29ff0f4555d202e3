package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.RunModel;
import io.twoarm.desktop.viewmodel.Seconds;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.engine.Verification;
import io.twoarm.engine.Verification.PingProof;
import io.twoarm.engine.Verification.RoleProof;
import io.twoarm.engine.Verification.ServiceProof;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The result of a verification: requests through every VIP, how they were spread, and pings. */
final class ProofView implements View {
    private final RunModel run;
    private final Label headline = new Label();
    private final ProgressBar bar = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
    private final VBox proofs = new VBox();
    private final ScrollPane root;
    private final Subscriptions subscriptions = new Subscriptions();

    ProofView(RunModel run) {
        this.run = run;
        headline.setId("proof-headline");
        headline.getStyleClass().add("run-headline");
        headline.setWrapText(true);
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.getStyleClass().add("small");
        proofs.getStyleClass().add("proofs");
        VBox content = new VBox(headline, bar, proofs);
        content.getStyleClass().add("run-view");
        root = new ScrollPane(content);
        root.setFitToWidth(true);
        root.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void attach() {
        subscriptions.follow(run.verificationProperty(), this::show);
        subscriptions.follow(run.verifyingProperty(), verifying -> {
            bar.setVisible(verifying);
            bar.setManaged(verifying);
            show(run.verificationProperty().get());
        });
    }

    @Override
    public void detach() {
        subscriptions.close();
    }

    private void show(Optional<Verification> verification) {
        boolean verifying = run.verifyingProperty().get();
        proofs.getChildren().clear();
        headline.setGraphic(null);
        if (verifying || verification.isEmpty()) {
            headline.setText(
                    verifying
                            ? Texts.text("proof.running", RunModel.VERIFY_REQUESTS)
                            : Texts.text("proof.none", RunModel.VERIFY_REQUESTS));
            return;
        }
        Verification proof = verification.get();
        headline.setGraphic(icon(proof.passed()));
        headline.setText(Texts.text(
                proof.passed() ? "proof.passed" : "proof.failed", proof.client(), Seconds.text(proof.elapsed())));
        proof.services().forEach(service -> proofs.getChildren().add(service(service)));
        proof.pings().forEach(ping -> proofs.getChildren().add(ping(ping)));
        proof.roles().forEach(role -> proofs.getChildren().add(role(role)));
        proof.notProbed().forEach(reason -> {
            Label text = new Label(reason, Icon.NOTE.node("tone-note"));
            text.setWrapText(true);
            text.getStyleClass().add("proof-text");
            proofs.getChildren().add(text);
        });
    }

    private static Node icon(boolean passed) {
        return passed ? Icon.DONE.node("tone-up") : Icon.ERROR.node("tone-down");
    }

    private static Node service(ServiceProof proof) {
        Label title = new Label(Texts.text("proof.service", proof.service(), proof.endpoint()), icon(proof.passed()));
        title.getStyleClass().add("proof-title");
        Label answered = new Label(Texts.text("proof.answered", proof.answered(), proof.requests()));
        answered.getStyleClass().add("proof-text");
        VBox box = new VBox(title, answered);
        long most = Math.max(1, proof.requests());
        proof.perRealserver().forEach((realserver, count) -> box.getChildren().add(share(realserver, count, most)));
        Label seen = new Label(Texts.text("proof.seen", proof.seenByRealserver()));
        seen.getStyleClass().add("proof-text");
        seen.setWrapText(true);
        box.getChildren().add(seen);
        proof.failures().forEach(failure -> {
            Label text = new Label(failure);
            text.setWrapText(true);
            text.getStyleClass().add("proof-failure");
            box.getChildren().add(text);
        });
        box.getStyleClass().add("live-box");
        return box;
    }

    private static Node share(String realserver, long count, long most) {
        Label name = new Label(realserver);
        name.getStyleClass().add("live-name");
        HBox space = new HBox();
        HBox.setHgrow(space, Priority.ALWAYS);
        Label value = new Label(Long.toString(count));
        value.getStyleClass().add("live-value");
        ProgressBar part = new ProgressBar((double) count / most);
        part.setMaxWidth(Double.MAX_VALUE);
        part.getStyleClass().addAll("medium", "share");
        VBox box = new VBox(new HBox(name, space, value), part);
        box.getStyleClass().add("proof-share");
        return box;
    }

    private static Node role(RoleProof proof) {
        Label title = new Label(Texts.text("proof.role", proof.instance()), icon(proof.passed()));
        title.getStyleClass().add("proof-title");
        VBox box = new VBox(title);
        proof.states().forEach((director, state) -> {
            Label text = new Label(Texts.text("proof.role.state", director, state));
            text.setWrapText(true);
            text.getStyleClass().add("proof-text");
            box.getChildren().add(text);
        });
        box.getStyleClass().add("live-box");
        return box;
    }

    private static Node ping(PingProof proof) {
        Label title = new Label(Texts.text("proof.ping", proof.vip()), icon(proof.passed()));
        title.getStyleClass().add("proof-title");
        Label text = new Label(Texts.text("proof.replies", proof.received(), proof.sent(), proof.detail()));
        text.setWrapText(true);
        text.getStyleClass().add("proof-text");
        VBox box = new VBox(title, text);
        box.getStyleClass().add("live-box");
        return box;
    }
}
