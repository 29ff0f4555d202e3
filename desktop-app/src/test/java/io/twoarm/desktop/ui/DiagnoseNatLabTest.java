package io.twoarm.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.viewmodel.CaptureModel;
import io.twoarm.diagnose.capture.Leg;
import io.twoarm.model.IpLiteral;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The capture view on a running LVS-NAT lab, where only the destination is replaced. */
@Tag("lab")
class DiagnoseNatLabTest {
    @TempDir
    private Path directory;

    private LabWindow lab;

    @AfterEach
    void stop() throws IOException {
        if (lab != null) {
            lab.close();
        }
        Pictures.removeProjects();
    }

    @Test
    void theFourLinesOfANatConnectionAreOneGroupInTheOrderOfThePacket() {
        lab = new LabWindow(directory);
        lab.deployed(ProjectFixture.starter("lvs-nat-two-networks"), "nat");
        lab.driver().click("#perspective-diagnose");
        CaptureModel capture = lab.window().model().capture();
        var service = UiDriver.inFx(() -> lab.window()
                .model()
                .project()
                .topologyProperty()
                .get()
                .orElseThrow()
                .virtualServices()
                .getFirst());
        UiDriver.doInFx(() -> capture.chooseService(service.name()));
        lab.driver().click("#capture-start");
        LabWindow.until("frames are taken", () -> capture.stateProperty().get() == CaptureModel.State.RUNNING);
        lab.run(
                "client",
                "curl -s --max-time 5 http://" + IpLiteral.format(service.vip()) + ":" + service.servicePort() + "/");
        LabWindow.until("a connection with all lines", () -> CaptureGroups.whole(capture.rows()) >= 1);
        lab.driver().click("#capture-start");
        LabWindow.until("the capture has ended", () -> capture.stateProperty().get() == CaptureModel.State.IDLE);

        assertThat(UiDriver.inFx(() -> CaptureGroups.directorsLines(List.copyOf(capture.rows()))))
                .isNotEmpty()
                .allSatisfy(lines -> assertThat(lines.subList(0, 4))
                        .containsExactly(
                                Leg.CLIENT_TO_VIRTUAL, Leg.TO_REALSERVER, Leg.FROM_REALSERVER, Leg.VIRTUAL_TO_CLIENT));
    }
}
