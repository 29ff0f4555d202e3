package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.layout.LinkLine;
import java.util.HashMap;
import java.util.Map;

/** How links run: as the design keeps it, or as they are dragged right now. */
final class DrawnLines {
    private final Map<PortRef, LinkLine> dragged = new HashMap<>();
    private Map<String, LinkLine> kept = Map.of();

    /**
     * @param lines by the path of the link's port; a link that is missing is straight
     * @return whether any of them is another one than before
     */
    boolean keep(Map<String, LinkLine> lines) {
        boolean changed = !lines.equals(kept);
        kept = Map.copyOf(lines);
        return changed;
    }

    LinkLine kept(PortRef port) {
        return kept.getOrDefault(port.path(), LinkLine.STRAIGHT);
    }

    LinkLine of(PortRef port) {
        return dragged.getOrDefault(port, kept(port));
    }

    /** The same with the path that the figure keeps, for when all links are drawn. */
    LinkLine of(LinkFigure figure) {
        LinkLine line = dragged.get(figure.link().port());
        return line != null ? line : kept.getOrDefault(figure.path(), LinkLine.STRAIGHT);
    }

    void drag(PortRef port, LinkLine line) {
        dragged.put(port, line);
    }

    void forgetDragged() {
        dragged.clear();
    }
}
