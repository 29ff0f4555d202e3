package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.desktop.layout.LinkLine;
import io.twoarm.desktop.layout.Point;
import io.twoarm.model.project.LinkShape;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How links run, as something that is edited. */
class LinkLinesTest extends EditedProject {
    @Test
    void bendsGoWithBothEndsOfTheirLinkWithItsNamesAndWithCopies() throws InterruptedException, IOException {
        PortRef port = new PortRef("rs1", "eth0");
        LinkLine bent = LinkLine.through(List.of(new Point(300, 200)));
        model.lines().draw(port, bent);
        saved();
        assertThat(layout()).contains("  rs1:\n    eth0: { shape: bent, bends: [{ x: 300, y: 200 }] }");
        assertThat(undoName()).isEqualTo("bend eth0");

        Map<ObjectRef, Point> moved = new HashMap<>();
        for (ObjectRef end : List.of(new HostRef("rs1"), new SegmentRef("lan"))) {
            moved.put(end, model.project().placesNow().get(end.path()).plus(10, -5));
        }
        model.project().moved(moved);
        assertThat(model.lines().of(port)).isEqualTo(bent.plus(10, -5));
        model.project().moved(Map.of(new HostRef("rs1"), new Point(0, 0)));
        assertThat(model.lines().of(port)).as("one end alone").isEqualTo(bent.plus(10, -5));

        model.edits().rename(new HostRef("rs1"), "web");
        model.edits().rename(new PortRef("web", "eth0"), "nic");
        model.edits().rename(new SegmentRef("lan"), "inner");
        assertThat(model.lines().of(new PortRef("web", "nic"))).isEqualTo(bent.plus(10, -5));

        model.project().selection().selectAll(List.of(new HostRef("web"), new SegmentRef("inner")));
        model.edits().duplicateSelected();
        assertThat(model.lines().of(new PortRef("web2", "nic"))).isEqualTo(bent.plus(50, 35));
        model.project().editing().goTo(0);
        saved();
        assertThat(file.resolveSibling("layout.yaml")).doesNotExist();
    }

    @Test
    void bendsAreGoneWithTheirPortOnAnotherWireAndWithAutomaticLayoutUntilUndo() throws InterruptedException {
        PortRef first = new PortRef("rs1", "eth0");
        PortRef second = new PortRef("rs2", "eth0");
        LinkLine orthogonal = new LinkLine(LinkShape.ORTHOGONAL, List.of(new Point(1, 2)));
        model.lines().draw(first, LinkLine.through(List.of(new Point(300, 200))));
        model.lines().draw(second, orthogonal);

        model.edits().connect(first, new SegmentRef("wan"));
        assertThat(model.lines().of(first)).isEqualTo(LinkLine.STRAIGHT);
        model.project().arrangeAutomatically();
        assertThat(model.lines().of(second)).isEqualTo(new LinkLine(LinkShape.ORTHOGONAL, List.of()));
        model.project().editing().undo();
        assertThat(model.lines().of(second)).isEqualTo(orthogonal);
        model.edits().remove(List.of(new HostRef("rs2")));
        assertThat(model.lines().of(second)).isEqualTo(LinkLine.STRAIGHT);
        model.project().editing().undo();
        assertThat(model.lines().of(second)).isEqualTo(orthogonal);
        saved();
    }

    @Test
    void severalLinksGetAShapeAsOneStepThatPlacesNothing() throws InterruptedException, IOException {
        List<ObjectRef> ports = List.of(new PortRef("rs1", "eth0"), new PortRef("rs2", "eth0"));
        model.lines().shape(ports, LinkShape.ORTHOGONAL, _ -> List.of());
        saved();

        assertThat(undoName()).isEqualTo("draw 2 links orthogonal");
        assertThat(layout()).isEqualTo("""
                        twoarmLayout: 1
                        links:
                          rs1:
                            eth0: { shape: orthogonal }
                          rs2:
                            eth0: { shape: orthogonal }
                        """);
        model.lines()
                .shape(
                        ports,
                        LinkShape.BENT,
                        port -> List.of(new Point(port.host().length(), 7)));
        assertThat(model.lines().of((PortRef) ports.getFirst())).isEqualTo(LinkLine.through(List.of(new Point(3, 7))));
        model.lines().removeBends(ports);
        assertThat(undoName()).isEqualTo("remove all bends of 2 links");
        assertThat(model.project()
                        .editing()
                        .designProperty()
                        .get()
                        .orElseThrow()
                        .lines())
                .isEmpty();
    }
}
