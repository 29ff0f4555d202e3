package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.DeploymentModel.Phase;
import io.twoarm.desktop.viewmodel.RunModel;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import io.twoarm.model.Finding;
import java.util.List;

/** Brings up the view that just became interesting. */
final class Attention {
    private final WorkbenchModel model;
    private final Docks docks;
    private final Subscriptions subscriptions = new Subscriptions();
    private boolean following;
    private boolean sound = true;

    Attention(WorkbenchModel model, Docks docks) {
        this.model = model;
        this.docks = docks;
    }

    void attach() {
        following = false;
        subscriptions.follow(model.project().selectionProperty(), selection -> {
            if (following && selection.isPresent()) {
                docks.raise(Page.PROPERTIES);
            }
        });
        subscriptions.follow(model.run().deployment().phaseProperty(), this::deployment);
        subscriptions.follow(model.run().verifyingProperty(), verifying -> {
            if (following && verifying) {
                docks.open(Page.PROOF);
            }
        });
        subscriptions.follow(model.run().stateProperty(), this::state);
        subscriptions.follow(model.project().findingsProperty(), this::findings);
        following = true;
    }

    void detach() {
        subscriptions.close();
    }

    private void deployment(Phase phase) {
        if (!following) {
            return;
        }
        switch (phase) {
            case STARTING_LAB, DEPLOYING, FAILED -> docks.open(Page.DEPLOYMENT);
            case SUCCEEDED -> docks.open(Page.LIVE);
            case NONE, CANCELLED -> {}
        }
    }

    private void state(RunModel.State state) {
        if (following && state instanceof RunModel.State.InLab lab && !lab.owned()) {
            docks.open(Page.LIVE);
        }
    }

    /** Problems open when the first one appears, and go with the last one. */
    private void findings(List<Finding> findings) {
        boolean soundNow = findings.stream().allMatch(finding -> finding.severity() == Finding.Severity.NOTE);
        if (soundNow != sound) {
            if (soundNow) {
                docks.hide(Page.PROBLEMS);
            } else {
                docks.open(Page.PROBLEMS);
            }
        }
        sound = soundNow;
    }
}
