package io.twoarm.desktop.layout;

import java.util.Map;

/** Finds places for figures. */
@FunctionalInterface
public interface AutomaticLayout {

    /**
     * Takes milliseconds for a few figures and more for hundreds; not for the thread that draws.
     *
     * @return a centre for every box of the request, by its id; the same for the same request
     */
    Map<String, Point> place(LayoutRequest request);
}
