package io.twoarm.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.model.Host;
import io.twoarm.model.VirtualService;
import java.nio.file.Path;
import java.util.Optional;
import javafx.geometry.Bounds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A design that begins with nothing. */
class EmptyDesignGesturesTest {
    @TempDir
    private Path directory;

    private OpenWindow window;
    private HandDrawing drawing;

    @BeforeEach
    void open() {
        window = OpenWindow.withoutBundle(directory);
        drawing = new HandDrawing(window).begun(directory.resolve("mine"));
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void theFirstHostStandsWhereItWasLetGoAndTheNextOneBesideIt() {
        window.driver().dragTo("#palette-client", window.canvas(), 380, 60);
        window.driver().dragTo("#palette-director", window.canvas(), 380, 230);
        UiDriver.waitUntil(
                "the first problem has made the drawing lower",
                () -> window.canvas().getHeight() < 500);
        UiDriver.nextPulse();

        assertMiddle("client", 380, 60);
        assertMiddle("director", 380, 230);
    }

    private void assertMiddle(String host, double x, double y) {
        Bounds bounds =
                UiDriver.inFx(() -> window.canvas().boundsOf(new HostRef(host)).orElseThrow());
        assertThat(bounds.contains(x, y)).as(host + " in " + bounds).isTrue();
        assertThat(bounds.getCenterX()).as(host).isBetween(x - 15, x + 15);
        assertThat(bounds.getCenterY()).as(host).isBetween(y - 15, y + 15);
    }

    @Test
    void aTwoArmDesignIsDrawnAndHasNothingMoreToMend() {
        drawing.draw();

        assertThat(drawing.topology().hosts())
                .extracting(Host::name)
                .containsExactly("client", "director", "rs1", "rs2");
        assertThat(drawing.topology().virtualServices()).singleElement().satisfies(service -> {
            assertThat(service.mode()).isEqualTo(VirtualService.ForwardingMode.FULLNAT);
            assertThat(service.port()).isEqualTo("dpdk0");
            assertThat(service.localAddresses()).isEqualTo(Optional.of("lips"));
        });
        assertThat(drawing.topology().localAddressPools().getFirst().port()).isEqualTo("dpdk1");
    }
}
