package io.twoarm.desktop.ui;

import io.twoarm.deploy.DeployEvent.Step;
import io.twoarm.desktop.viewmodel.DeploymentModel;
import io.twoarm.desktop.viewmodel.DeploymentModel.Phase;
import io.twoarm.desktop.viewmodel.HostProgress;
import io.twoarm.desktop.viewmodel.Texts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A deployment, host by host: steps, elapsed time, and the log of the chosen host in full. */
final class DeploymentView implements View {
    private final DeploymentModel deployment;
    private final Label headline = new Label();
    private final ProgressBar bar = new ProgressBar(0);
    private final VBox cards = new VBox();
    private final Label logTitle = new Label();
    private final TextArea log = new TextArea();
    private final VBox root;
    private final Map<String, HostProgressCard> cardOf = new LinkedHashMap<>();
    private final Subscriptions subscriptions = new Subscriptions();
    private Subscriptions logSubscription = new Subscriptions();
    private String chosen = DeploymentModel.LAB_LOG;
    /** Whether the log follows the host that has something to say, until somebody chooses one. */
    private boolean automatic = true;

    DeploymentView(DeploymentModel deployment) {
        this.deployment = deployment;
        headline.setId("deployment-headline");
        headline.getStyleClass().add("run-headline");
        headline.setWrapText(true);
        headline.setMinHeight(Region.USE_PREF_SIZE);
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.getStyleClass().add("small");
        cards.getStyleClass().add("host-cards");
        ScrollPane scroller = new ScrollPane(cards);
        scroller.setFitToWidth(true);
        scroller.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroller.getStyleClass().add("host-card-scroller");
        VBox.setVgrow(scroller, Priority.ALWAYS);
        logTitle.getStyleClass().add("section-heading");
        log.setId("deployment-log");
        log.setEditable(false);
        log.setWrapText(true);
        log.getStyleClass().add("log");
        root = new VBox(headline, bar, scroller, logTitle, log);
        root.getStyleClass().add("run-view");
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void attach() {
        subscriptions.follow(deployment.headlineProperty(), this::say);
        subscriptions.follow(deployment.hosts(), this::showHosts);
        subscriptions.follow(deployment.phaseProperty(), this::enter);
    }

    @Override
    public void detach() {
        subscriptions.close();
        logSubscription.close();
    }

    private void say(String text) {
        headline.setText(text.isEmpty() ? Texts.text("deployment.phase", Phase.NONE) : text);
    }

    private void enter(Phase phase) {
        headline.setGraphic(
                switch (phase) {
                    case NONE -> null;
                    case STARTING_LAB, DEPLOYING -> Icon.DEPLOYMENT.node("tone-director");
                    case SUCCEEDED -> Icon.DONE.node("tone-up");
                    case FAILED -> Icon.ERROR.node("tone-down");
                    case CANCELLED -> Icon.CANCEL.node("tone-degraded");
                });
        switch (phase) {
            case STARTING_LAB -> {
                automatic = true;
                choose(DeploymentModel.LAB_LOG);
            }
            case DEPLOYING -> {
                automatic = true;
                deployment.hosts().stream().findFirst().map(HostProgress::host).ifPresent(this::choose);
            }
            case FAILED ->
                deployment
                        .firstFailure()
                        .map(HostProgress::host)
                        .ifPresentOrElse(this::choose, () -> choose(DeploymentModel.LAB_LOG));
            case NONE -> choose(DeploymentModel.LAB_LOG);
            case SUCCEEDED, CANCELLED -> {}
        }
        boolean idle = phase == Phase.NONE;
        bar.setVisible(deployment.running());
        bar.setManaged(deployment.running());
        logTitle.setVisible(!idle);
        log.setVisible(!idle);
    }

    private void showHosts() {
        ObservableList<HostProgress> hosts = deployment.hosts();
        if (!cardOf.keySet()
                .equals(new java.util.LinkedHashSet<>(
                        hosts.stream().map(HostProgress::host).toList()))) {
            cardOf.clear();
            hosts.forEach(host -> cardOf.put(host.host(), new HostProgressCard(host.host(), host.role(), name -> {
                automatic = false;
                choose(name);
            })));
            cards.getChildren().setAll(cardOf.values());
        }
        hosts.forEach(host -> cardOf.get(host.host()).show(host));
        long steps = hosts.stream()
                .mapToLong(host ->
                        host.finished() ? Step.values().length : host.steps().size())
                .sum();
        bar.setProgress(
                deployment.phase() == Phase.STARTING_LAB || hosts.isEmpty()
                        ? ProgressBar.INDETERMINATE_PROGRESS
                        : (double) steps / (hosts.size() * Step.values().length));
        if (automatic) {
            hosts.stream()
                    .filter(host -> host.state() == HostProgress.State.FAILED)
                    .findFirst()
                    .or(() -> running(hosts))
                    .map(HostProgress::host)
                    .ifPresent(this::choose);
        }
    }

    /** Keeps to a host that still runs, so that the log does not jump about. */
    private Optional<HostProgress> running(ObservableList<HostProgress> hosts) {
        Optional<HostProgress> same = hosts.stream()
                .filter(host -> host.host().equals(chosen) && host.state() == HostProgress.State.RUNNING)
                .findFirst();
        return same.or(() -> hosts.stream()
                .filter(host -> host.state() == HostProgress.State.RUNNING)
                .reduce((first, second) -> second));
    }

    private void choose(String host) {
        if (host.equals(chosen) && !log.getText().isEmpty()) {
            return;
        }
        chosen = host;
        logSubscription.close();
        logSubscription = new Subscriptions();
        logTitle.setText(
                host.equals(DeploymentModel.LAB_LOG)
                        ? Texts.text("deployment.labLog")
                        : Texts.text("deployment.log", host));
        cardOf.forEach((name, card) -> card.setChosen(name.equals(host)));
        ObservableList<String> lines = deployment.log(host);
        logSubscription.follow(lines, () -> {
            log.setText(String.join("\n", lines));
            log.positionCaret(log.getLength());
            log.setScrollTop(Double.MAX_VALUE);
        });
    }
}
