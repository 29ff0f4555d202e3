package io.twoarm.desktop.ui;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which views belong to a kind of work. */
enum Perspective {
    DESIGN(Page.OUTLINE, Page.PROPERTIES, Page.HISTORY),
    DEPLOY(Page.OUTLINE, Page.DEPLOYMENT, Page.PLAN, Page.DRIFT, Page.CHANGES, Page.FILES),
    DIAGNOSE(Page.OUTLINE, Page.LIVE, Page.PROOF, Page.PROPERTIES);

    private final List<Page> pages;

    Perspective(Page... pages) {
        this.pages = List.of(pages);
    }

    /** What is shown until people show or hide views by themselves. */
    Set<Page> pages() {
        return EnumSet.copyOf(pages);
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
