package io.twoarm.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.viewmodel.CaptureRecord;
import io.twoarm.desktop.viewmodel.CaptureRow;
import io.twoarm.desktop.viewmodel.MetricsModel.Subject;
import io.twoarm.desktop.viewmodel.ProbeModel;
import io.twoarm.desktop.viewmodel.TraceOverlay;
import io.twoarm.diagnose.capture.MissingLine;
import io.twoarm.diagnose.probe.ProbeFinding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking into a running two-arm FullNAT lab with the window's own views. */
@Tag("lab")
class DiagnoseLabTest {
    private static final double FLOOD_SECONDS = 20;

    @TempDir
    private static Path directory;

    private static LabWindow lab;

    @BeforeAll
    static void deploy() {
        lab = new LabWindow(directory);
        lab.deployed(ProjectFixture.twoArm(), "diagnosed");
    }

    @AfterAll
    static void stop() throws IOException {
        if (lab != null) {
            lab.close();
        }
        Pictures.removeProjects();
    }

    @Test
    void theFourLinesOfAFullNatConnectionAreOneGroupInTheOrderOfThePacket() {
        lab.twoConnectionsHaveFourLines("web", "10.0.96.204");
        selectFirst(CaptureRow.Packet.class);
        lab.pictures("diagnose-capture");
        lab.driver().click("#capture-packets");
        LabWindow.until(
                "all packets are listed",
                () -> lab.capture().rows().size()
                        == lab.capture().countProperty().get().orElseThrow().kept());
        lab.driver().click("#capture-connections");
    }

    private static void selectFirst(Class<? extends CaptureRow> kind) {
        LabWindow.until("there is one", () -> lab.capture().rows().stream().anyMatch(kind::isInstance));
        TableView<?> table = lab.driver().find("#capture-table", TableView.class);
        UiDriver.doInFx(() -> {
            List<CaptureRow> rows = List.copyOf(lab.capture().rows());
            int index = rows.indexOf(
                    rows.stream().filter(kind::isInstance).findFirst().orElseThrow());
            table.getSelectionModel().select(index);
            table.scrollTo(Math.max(0, index - 1));
        });
        UiDriver.nextPulse();
    }

    @Test
    void aWrongGatewayOfARealserverIsTheMissingLineAndTheProbeNamesIt() {
        lab.startCaptureOf("web");
        lab.run("rs1", "ip route add 192.168.229.204/32 via 192.168.229.2");
        try {
            lab.run(
                    "client",
                    "for i in 1 2 3 4; do curl -s -o /dev/null --max-time 2 http://10.0.96.204/ & done; wait");
            LabWindow.until(
                    "a line is missing",
                    () -> lab.capture().rows().stream()
                            .anyMatch(row -> row instanceof CaptureRow.Missing missing
                                    && missing.line().step() == MissingLine.Step.DIRECTOR_GETS_ANSWER
                                    && missing.line().cause().contains("wrong gateway")));
            lab.stopCapture();
            selectFirst(CaptureRow.Missing.class);
            lab.pictures("diagnose-missing");

            lab.show(Page.PROBE);
            lab.driver().click("#probe-start");
            ProbeModel probe = lab.window().model().probe();
            LabWindow.until("the probe runs", () -> probe.runningProperty().get());
            LabWindow.until(
                    "the probe has ended", () -> !probe.runningProperty().get());
            ProbeFinding broken = UiDriver.inFx(() -> probe.broken().orElseThrow());
            assertThat(broken.host()).isEqualTo("rs1");
            assertThat(broken.evidence()).contains("wrong gateway");
            assertThat(broken.fix()).hasValueSatisfying(fix -> assertThat(fix).contains("ip route"));
            lab.pictures("diagnose-probe");
        } finally {
            lab.run("rs1", "ip route del 192.168.229.204/32 via 192.168.229.2");
        }
        lab.everythingIsUp();
    }

    @Test
    void aTraceIsDrawnHopByHopBesideThePrediction() {
        TraceOverlay overlay = lab.wayToTheDirectorIsTraced();
        assertThat(overlay.steps()).allMatch(TraceOverlay.Step::asDesigned);
        assertThat(lab.window().canvas().lookup("#trace-step-2")).isNotNull();
        lab.pictures("diagnose-trace");

        lab.driver().click("#trace-clear");
        assertThat(UiDriver.inFx(() -> lab.window().canvas().lookupAll(".trace-line")))
                .isEmpty();
    }

    @Test
    void routesChartsAndFactsOfTheRunningHostsAreShown() {
        lab.show(Page.METRICS);
        lab.run("client", "for i in $(seq 200); do curl -s -o /dev/null http://10.0.96.204/; done");
        var metrics = lab.window().model().metrics();
        LabWindow.until(
                "packets of the service are on a chart",
                () -> metrics.chartsProperty().get().stream()
                        .anyMatch(chart -> chart.subject() == Subject.SERVICE_PACKETS && chart.largest() > 5));
        lab.pictures("diagnose-charts");

        lab.show(Page.INSPECT);
        var inspect = lab.window().model().inspect();
        UiDriver.doInFx(() -> {
            inspect.towardsProperty().set("10.0.96.204");
            inspect.read("client");
        });
        LabWindow.until(
                "the tables of the client", () -> inspect.foundProperty().get().isPresent());
        assertThat(UiDriver.inFx(() ->
                        inspect.foundProperty().get().orElseThrow().tables().way()))
                .hasValueSatisfying(way -> assertThat(way).contains("via 172.16.0.254"));
        lab.pictures("diagnose-inspect");

        lab.show(Page.HOSTS);
        var hosts = lab.window().model().hosts();
        UiDriver.doInFx(() -> {
            hosts.ask();
            hosts.list("rs1", "/etc/nginx/conf.d");
        });
        LabWindow.until("facts", () -> hosts.factsProperty().get().isPresent());
        LabWindow.until("files", () -> hosts.directoryProperty().get().isPresent());
        UiDriver.doInFx(() -> hosts.open(
                hosts.directoryProperty().get().orElseThrow().entries().getFirst()));
        LabWindow.until("a file", () -> hosts.contentProperty().get().isPresent());
        assertThat(UiDriver.inFx(
                        () -> hosts.contentProperty().get().orElseThrow().text()))
                .contains("listen");
        lab.pictures("diagnose-hosts");
    }

    @Test
    void aDoubleClickOnAHostOpensATerminalThatOneCanTypeIn() {
        lab.driver().click("#perspective-design");
        lab.driver().doubleClickOnce(lab.driver().find("#hosts-rs1 .card", Node.class));
        var terminals = lab.window().model().terminals();
        LabWindow.until("a terminal", () -> terminals.open().size() == 1);
        assertThat(UiDriver.inFx(() -> terminals.open().getFirst().host())).isEqualTo("rs1");
        UiDriver.nextPulse();
        lab.driver().type("ip addr; touch typed-here");
        lab.driver().keys(KeyCode.ENTER);
        LabWindow.until(
                "what was typed is done",
                () -> !lab.run("rs1", "ls typed-here 2>/dev/null").isEmpty());
        lab.pictures("diagnose-terminal");
        UiDriver.doInFx(() -> terminals.close(terminals.open().getFirst()));
        LabWindow.until("it is closed", () -> terminals.open().isEmpty());
    }

    @Test
    void aCableIsImpairedCutAndRepairedFromItsMenu() {
        lab.driver().click("#perspective-design");
        lab.driver().rightClick("#hosts-rs2-ports-eth0 .link-grip");
        lab.driver().clickMenu("#running-impair");
        TextField delay = lab.driver().find("#impair-delay", TextField.class);
        UiDriver.doInFx(() -> delay.setText("20"));
        lab.driver().keys(KeyCode.ENTER);
        PortRef port = new PortRef("rs2", "eth0");
        var impair = lab.window().model().impair();
        LabWindow.until("the cable is impaired", () -> !impair.of(port).isNone());
        assertThat(roundTrip()).isBetween(40.0, 400.0);
        lab.pictures("diagnose-impaired");

        lab.driver().rightClick("#hosts-rs2-ports-eth0 .link-grip");
        lab.driver().clickMenu("#running-cut");
        LabWindow.until("the cable is cut", () -> impair.of(port).cut());
        assertThat(lab.run("rs2", "cat /sys/class/net/eth0/carrier").strip()).isEqualTo("0");

        lab.driver().rightClick("#hosts-rs2-ports-eth0 .link-grip");
        lab.driver().clickMenu("#running-repair");
        LabWindow.until("the cable is whole", () -> impair.of(port).isNone());
        LabWindow.until("it carries again", () -> roundTrip() > 0 && roundTrip() < 40);
        lab.everythingIsUp();
    }

    /** Milliseconds between the realservers; 0 without an answer. */
    private static double roundTrip() {
        String line = lab.run("rs1", "ping -n -c 3 -i 0.2 -W 1 192.168.229.2 | tail -n 1");
        return line.contains("/") ? Double.parseDouble(line.split("/")[4]) : 0;
    }

    @Test
    void twentyThousandPacketsASecondFromFourHostsAreAllListedAndTheWindowGoesOn() {
        lab.show(Page.CAPTURE);
        lab.driver().click("#capture-packets");
        UiDriver.doInFx(() -> {
            lab.capture()
                    .target()
                    .choose(lab.capture().target().allPlaces().stream()
                            .filter(place -> Flood.TARGETS.containsKey(place.host())
                                    && place.device().equals("eth0"))
                            .toList());
            lab.capture().target().filterProperty().set("udp port 9");
        });
        lab.startCapture();
        long sent;
        try (Flood flood = new Flood(lab);
                PulseWatch pulses = new PulseWatch()) {
            long first = count().seen();
            LabWindow.until("the flood has lasted", () -> pulses.seconds() > FLOOD_SECONDS);
            double rate = (count().seen() - first) / pulses.seconds();
            sent = flood.stop();
            System.getLogger(DiagnoseLabTest.class.getName())
                    .log(
                            System.Logger.Level.INFO,
                            "{0} packets a second; pauses of the window: half below {1} ms, 99 % below {2} ms, longest {3} ms",
                            Math.round(rate),
                            pulses.millisOf(0.5),
                            pulses.millisOf(0.99),
                            pulses.millisOf(1));
            assertThat(rate).as("packets listed a second").isGreaterThan(0.9 * Flood.SIGHTINGS_A_SECOND);
            // 0.9 seconds with ten others waiting for two processors.
            assertThat(pulses.millisOf(1)).as("longest pause of the window").isLessThan(5_000);
        }
        lab.stopCapture();
        assertThat(count().lost()).isEmpty();
        assertThat(count().seen())
                .as("each packet where it is sent and where it arrives")
                .isEqualTo(2 * sent);
        lab.pictures("diagnose-packets");
        lab.driver().click("#capture-connections");
        UiDriver.doInFx(() -> lab.window().model().project().select(java.util.Optional.of(new HostRef("rs1"))));
    }

    private static CaptureRecord.Count count() {
        return UiDriver.inFx(() -> lab.capture().countProperty().get().orElseThrow());
    }
}
