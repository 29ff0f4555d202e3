package io.twoarm.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.viewmodel.CaptureRow;
import io.twoarm.diagnose.capture.JoinedConnection;
import io.twoarm.diagnose.capture.MissingLine;
import java.io.IOException;
import java.nio.file.Path;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking into a running LVS-NAT lab, whose realservers must answer through the director. */
@Tag("lab")
class DiagnoseNatLabTest {
    private static final String VIP = "192.168.2.110";
    private static final String CLIENT = "172.16.0.1";

    @TempDir
    private static Path directory;

    private static LabWindow lab;

    @BeforeAll
    static void deploy() {
        lab = new LabWindow(directory);
        lab.deployed(
                ProjectFixture.starter("lvs-nat-two-networks")
                        .replacing("kind: ipvs", "kind: bundled")
                        .replacing("addresses: [192.168.2.9/24] }", "addresses: [192.168.2.9/24], attach: af_packet }")
                        .replacing("addresses: [192.168.1.9/24] }", "addresses: [192.168.1.9/24], attach: af_packet }"),
                "nat");
    }

    @AfterAll
    static void stop() throws IOException {
        if (lab != null) {
            lab.close();
        }
        Pictures.removeProjects();
    }

    @Test
    void theFirstClickAfterADeploymentIsTaken() {
        lab.driver().click("#perspective-design");
        lab.deploy();
        lab.driver().click("#perspective-diagnose");

        ToggleButton button = lab.driver().find("#perspective-diagnose", ToggleButton.class);
        assertThat(UiDriver.inFx(button::isSelected)).isTrue();
        assertThat(lab.driver().find("#capture-start", Node.class).isVisible()).isTrue();
    }

    @Test
    void theFourLinesOfANatConnectionAreOneGroupInTheOrderOfThePacket() {
        lab.twoConnectionsHaveFourLines("web", VIP);
        // Behind the director, the source is still the client itself.
        assertThat(lab.rows())
                .filteredOn(CaptureRow.Connection.class::isInstance)
                .extracting(row -> ((CaptureRow.Connection) row).joined())
                .extracting(JoinedConnection::translation)
                .allSatisfy(translation -> {
                    assertThat(translation.local()).isEqualTo(translation.client());
                    assertThat(translation.client().address().getHostAddress()).isEqualTo(CLIENT);
                    assertThat(translation.virtual()).hasToString(VIP + ":80");
                    assertThat(translation.realserver().toString()).matches("192\\.168\\.1\\.1[12]:80");
                });
    }

    @Test
    void aRealserverThatAnswersPastTheDirectorIsTheMissingLine() {
        lab.startCaptureOf("web");
        // A neighbour that forwards nothing: the mistake of a realserver whose gateway is not the director.
        lab.run("rs1", "ip route add " + CLIENT + "/32 via 192.168.1.12");
        try {
            lab.run(
                    "client",
                    "for i in 1 2 3 4; do curl -s -o /dev/null --max-time 2 http://" + VIP + "/ & done; wait");
            LabWindow.until(
                    "a line is missing",
                    () -> lab.capture().rows().stream()
                            .anyMatch(row -> row instanceof CaptureRow.Missing missing
                                    && missing.line().step() == MissingLine.Step.DIRECTOR_GETS_ANSWER
                                    && missing.line().cause().contains("rs1")
                                    && missing.line().cause().contains("wrong gateway")));
            lab.stopCapture();
        } finally {
            lab.run("rs1", "ip route del " + CLIENT + "/32 via 192.168.1.12");
        }
        lab.everythingIsUp();
    }

    @Test
    void theWayToTheDirectorIsTracedAndDrawn() {
        lab.wayToTheDirectorIsTraced();
    }
}
