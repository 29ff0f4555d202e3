package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.Design;
import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.design.Wording;
import io.twoarm.desktop.layout.LinkLine;
import io.twoarm.desktop.layout.Point;
import io.twoarm.model.project.LinkShape;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What people can do with the lines of links, each as one step with a name. */
public final class LinkLines {
    private final ProjectModel project;

    LinkLines(ProjectModel project) {
        this.project = project;
    }

    /** How the link of a port runs now. */
    public LinkLine of(PortRef port) {
        return project.editing()
                .designProperty()
                .get()
                .map(design -> design.line(port))
                .orElse(LinkLine.STRAIGHT);
    }

    /** Draws a link as it was dragged. */
    public void draw(PortRef port, LinkLine line) {
        int more = Integer.compare(line.bends().size(), of(port).bends().size());
        String step = switch (more) {
            case 1 -> "edit.line.bend";
            case 0 -> "edit.line.move";
            default -> "edit.line.unbend";
        };
        project.edit(Wording.of(step, port.name()), design -> design.withLine(port, line));
    }

    /**
     * Gives links a shape. A line that becomes bent keeps its way and gets handles there; one that becomes orthogonal keeps the
     * bends that it had.
     *
     * @param bends of the way that a link runs now; at least one
     */
    public void shape(Collection<ObjectRef> refs, LinkShape shape, Function<PortRef, List<Point>> bends) {
        change("edit.line." + shape.name(), refs, (port, line) -> {
            if (line.shape() == shape) {
                return line;
            }
            return switch (shape) {
                case STRAIGHT -> LinkLine.STRAIGHT;
                case BENT -> LinkLine.through(bends.apply(port));
                case ORTHOGONAL -> new LinkLine(LinkShape.ORTHOGONAL, line.bends());
            };
        });
    }

    public void removeBends(Collection<ObjectRef> refs) {
        change("edit.line.unbendAll", refs, (_, line) -> line.withoutBends());
    }

    /** @param step the name for one link; with "Many" behind it for several */
    private void change(String step, Collection<ObjectRef> refs, BiFunction<PortRef, LinkLine, LinkLine> change) {
        List<PortRef> ports = refs.stream()
                .filter(PortRef.class::isInstance)
                .map(PortRef.class::cast)
                .toList();
        if (ports.isEmpty()) {
            return;
        }
        Wording name = ports.size() == 1
                ? Wording.of(step, ports.getFirst().name())
                : Wording.of(step + "Many", Integer.toString(ports.size()));
        project.edit(name, design -> {
            Design result = design;
            for (PortRef port : ports) {
                result = result.withLine(port, change.apply(port, design.line(port)));
            }
            return result;
        });
    }
}
