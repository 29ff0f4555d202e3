package io.twoarm.desktop.ui;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which views belong to a kind of work. */
enum Perspective {
    DESIGN(Page.OUTLINE, Page.PROPERTIES, Page.HISTORY),
    DEPLOY(Page.OUTLINE, Page.DEPLOYMENT, Page.PLAN, Page.DRIFT, Page.CHANGES, Page.FILES),
    DIAGNOSE(
            Page.CAPTURE,
            Page.PROBE,
            Page.TRACE,
            Page.INSPECT,
            Page.METRICS,
            Page.HOSTS,
            Page.TERMINAL,
            Page.LIVE,
            Page.PROOF,
            Page.PROPERTIES);

    private static final double BOTTOM_HEIGHT = 214;
    private static final double DIAGNOSE_HEIGHT = 344;

    private final List<Page> pages;

    Perspective(Page... pages) {
        this.pages = List.of(pages);
    }

    /** What is shown until people show or hide views by themselves. */
    Set<Page> pages() {
        return EnumSet.copyOf(pages);
    }

    /** Looking into what runs needs more room than the rest. */
    double bottomHeight() {
        return this == DIAGNOSE ? DIAGNOSE_HEIGHT : BOTTOM_HEIGHT;
    }

    /** Whether the area below is as wide as the window, not only as the drawing. */
    boolean isWideBelow() {
        return this == DIAGNOSE;
    }

    /** The view that is in front of its area at first: the first one of each area. */
    boolean inFront(Page page) {
        return pages.stream()
                .filter(each -> each.area() == page.area())
                .findFirst()
                .filter(page::equals)
                .isPresent();
    }
}
