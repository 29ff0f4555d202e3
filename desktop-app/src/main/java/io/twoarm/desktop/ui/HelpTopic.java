package io.twoarm.desktop.ui;

import java.util.Optional;
import javafx.scene.Node;

/**
 * A paragraph of the manual.
 *
 * @param file the page
 * @param anchor of a heading, or a word of the paragraph; empty for the top of the page
 */
record HelpTopic(String file, String anchor) {
    static final HelpTopic BEGIN = new HelpTopic("workbench.md", "begin");
    static final HelpTopic DRAWING = new HelpTopic("workbench.md", "the-drawing");

    private static final String KEY = "help-topic";

    /** What F1 opens while the keyboard is in a node, or in something within it. */
    void of(Node node) {
        node.getProperties().put(KEY, this);
    }

    /** The topic of the nearest node around that has one. */
    static Optional<HelpTopic> at(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at.hasProperties() && at.getProperties().get(KEY) instanceof HelpTopic topic) {
                return Optional.of(topic);
            }
        }
        return Optional.empty();
    }

    /** What the manual says about a view. */
    static HelpTopic about(Page page) {
        return switch (page) {
            case OUTLINE, PROPERTIES, PROBLEMS -> new HelpTopic("workbench.md", "outline-properties-problems");
            case HISTORY -> new HelpTopic("workbench.md", "find-look-around-go-back");
            case FILES -> new HelpTopic("workbench.md", "files");
            case PLAN, DRIFT, CHANGES, DEPLOYMENT -> new HelpTopic("workbench.md", "deploy");
            case PROOF -> new HelpTopic("workbench.md", "verify");
            case LIVE -> new HelpTopic("workbench.md", "live");
            case CAPTURE, PROBE, TRACE, INSPECT, METRICS, HOSTS, TERMINAL -> new HelpTopic("workbench.md", "diagnose");
        };
    }
}
