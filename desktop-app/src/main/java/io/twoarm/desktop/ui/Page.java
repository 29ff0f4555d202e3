package io.twoarm.desktop.ui;

/** The views around the drawing, in their order within an area. */
enum Page {
    OUTLINE(Area.LEFT),
    HISTORY(Area.LEFT),
    PROBLEMS(Area.BOTTOM),
    FILES(Area.BOTTOM),
    PLAN(Area.BOTTOM),
    DRIFT(Area.BOTTOM),
    CHANGES(Area.BOTTOM),
    CAPTURE(Area.BOTTOM),
    PROBE(Area.BOTTOM),
    TRACE(Area.BOTTOM),
    INSPECT(Area.BOTTOM),
    METRICS(Area.BOTTOM),
    HOSTS(Area.BOTTOM),
    TERMINAL(Area.BOTTOM),
    PROPERTIES(Area.RIGHT),
    DEPLOYMENT(Area.RIGHT),
    LIVE(Area.RIGHT),
    PROOF(Area.RIGHT);

    private final Area area;

    Page(Area area) {
        this.area = area;
    }

    Area area() {
        return area;
    }

    /** Where views stand. */
    enum Area {
        LEFT,
        BOTTOM,
        RIGHT
    }
}
