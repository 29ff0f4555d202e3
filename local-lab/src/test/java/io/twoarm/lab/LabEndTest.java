package io.twoarm.lab;

import static io.twoarm.lab.TopologyFixture.kernel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.model.Attachment;
import io.twoarm.model.Port;
import io.twoarm.model.Topology;
import io.twoarm.model.change.ObjectList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However a lab ends, nothing of it is left. */
@Tag("lab")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LabEndTest {
    private static final String NAME = OwnName.of("end");
    private final LocalLab labs = new LocalLab();

    @AfterEach
    void nothingRuns() {
        labs.find(NAME).ifPresent(RunningLab::stop);
    }

    private RunningLab start(LabOptions options) {
        return labs.start(TopologyFixture.single(), options, _ -> {});
    }

    private static void kill(long process) {
        ProcessHandle.of(process).orElseThrow().destroyForcibly();
    }

    private static long only(String path) throws IOException {
        return Long.parseLong(Files.readString(Path.of(path)).strip().split(" ")[0]);
    }

    private static RunDirectory runDirectory() {
        return RunDirectory.of(Machine.current(), NAME);
    }

    /** The janitor is the child of the keeper that is not the pod. */
    private static long janitor() {
        RunDirectory run = runDirectory();
        return ProcessHandle.of(run.keeper())
                .orElseThrow()
                .children()
                .map(ProcessHandle::pid)
                .filter(child -> LabFootprint.commandLine(child).contains("janitor"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aStoppedLabLeavesNothing() {
        RunningLab lab = start(LabOptions.named(NAME));
        LabFootprint footprint = lab.footprint();
        assertThat(footprint.remains()).isNotEmpty();
        lab.stop();
        assertThat(footprint.remains()).isEmpty();
        assertThat(lab.running()).isFalse();
        assertThat(lab.status()).containsEntry("solo", HostStatus.GONE);
    }

    /** The program that passes frames of VLANs does not keep it. */
    @Test
    void aLabWithVlansEndsWithItsLastHost() throws Exception {
        Topology trunk = ObjectList.SEGMENTS.change(
                new TopologyFixture()
                        .director(
                                "director",
                                TopologyFixture.dataplane("dpdk0", "cable"),
                                new Port("dpdk0.7", "wire", List.of(), new Attachment.Vlan("dpdk0")))
                        .topology(),
                "wire",
                segment -> segment.withVlan(OptionalInt.of(7)));
        RunningLab lab = labs.start(trunk, LabOptions.named(NAME), _ -> {});
        LabFootprint footprint = lab.footprint();
        try (Capture capture = lab.capturePort("director", "dpdk0.7", "arp")) {
            capture.end();
            assertThat(capture.pcap().readAllBytes()).hasSizeGreaterThanOrEqualTo(24);
        }

        Ssh.run(lab.hosts().getFirst(), "systemctl poweroff");

        lab.awaitEnd();
        assertThat(footprint.remains()).isEmpty();
    }

    @Test
    void stoppingTwiceIsNoError() {
        RunningLab lab = start(LabOptions.named(NAME));
        lab.stop();
        lab.stop();
    }

    @Test
    void aLabThatAnotherProcessStartedCanBeFoundAndStopped() throws IOException {
        Process owner = LabOwner.start(NAME, "kept");
        owner.getOutputStream().close();
        owner.onExit().join();
        RunningLab lab = labs.find(NAME).orElseThrow();
        assertThat(labs.list()).extracting(RunningLab::name).contains(NAME);
        assertThat(lab.status()).containsEntry("solo", HostStatus.READY);
        LabFootprint footprint = lab.footprint();
        lab.stop();
        assertThat(footprint.remains()).isEmpty();
    }

    @Test
    void anOwnedLabEndsWhenItsProcessEnds() throws IOException {
        Process owner = LabOwner.start(NAME, "owned");
        RunningLab lab = labs.find(NAME).orElseThrow();
        LabFootprint footprint = lab.footprint();
        owner.getOutputStream().close();
        owner.onExit().join();
        lab.awaitEnd();
        assertThat(footprint.remains()).isEmpty();
    }

    @Test
    void anOwnedLabEndsWhenItsProcessIsKilled() throws IOException {
        Process owner = LabOwner.start(NAME, "owned");
        RunningLab lab = labs.find(NAME).orElseThrow();
        LabFootprint footprint = lab.footprint();
        owner.destroyForcibly();
        lab.awaitEnd();
        assertThat(footprint.remains()).isEmpty();
    }

    @Test
    void aLabWhoseProcessIsKilledWhileItStartsDoesNotStayHalfDone() throws IOException {
        Process owner = LabOwner.begin(NAME, "kept");
        LabOwner.awaitLine(owner, "number");
        RunningLab lab = labs.find(NAME).orElseThrow();
        owner.destroyForcibly();
        lab.awaitEnd();
        assertThat(lab.running()).isFalse();
        assertThat(runDirectory().path()).doesNotExist();
    }

    @Test
    void aLabWhoseKeeperIsKilledLeavesNothing() {
        RunningLab lab = start(LabOptions.named(NAME));
        LabFootprint footprint = lab.footprint();
        kill(runDirectory().keeper());
        lab.awaitEnd();
        assertThat(footprint.remains()).isEmpty();
    }

    @Test
    void aLabWhosePodIsKilledLeavesNothing() throws IOException {
        RunningLab lab = start(LabOptions.named(NAME));
        LabFootprint footprint = lab.footprint();
        long outer = runDirectory().pod();
        kill(only("/proc/" + outer + "/task/" + outer + "/children"));
        lab.awaitEnd();
        assertThat(footprint.remains()).isEmpty();
    }

    @Test
    void aLabWhoseParentOfThePodIsKilledLeavesNothing() {
        RunningLab lab = start(LabOptions.named(NAME));
        LabFootprint footprint = lab.footprint();
        kill(runDirectory().pod());
        lab.awaitEnd();
        assertThat(footprint.remains()).isEmpty();
    }

    @Test
    void aLabWhoseJanitorWasKilledStillLeavesNothingWhenItIsStopped() {
        RunningLab lab = start(LabOptions.named(NAME));
        LabFootprint footprint = lab.footprint();
        kill(janitor());
        lab.stop();
        assertThat(footprint.remains()).isEmpty();
    }

    @Test
    void whatIsLeftWhenKeeperAndJanitorAreKilledGoesWithTheNextStart() {
        RunningLab lab = start(LabOptions.named(NAME));
        LabFootprint footprint = lab.footprint();
        RunDirectory run = runDirectory();
        long keeper = run.keeper();
        kill(janitor());
        kill(keeper);
        lab.awaitEnd();
        assertThat(labs.find(NAME)).isEmpty();
        RunningLab other = labs.start(TopologyFixture.single(), LabOptions.ownedLab(OwnName.of("next")), _ -> {});
        assertThat(footprint.remains()).isEmpty();
        other.stop();
    }

    @Test
    void aStartThatFailsHalfWayLeavesNothingAndSaysWhy() {
        Topology topology = new TopologyFixture()
                .client("sound", kernel("eth0", "wire", "10.9.0.1/24"))
                .client("broken", kernel("eth0", "wire", "10.9.0.2/24", "10.9.0.2/24"))
                .topology();
        List<LabFootprint> footprints = new ArrayList<>();
        assertThatThrownBy(() -> labs.start(
                        topology,
                        LabOptions.named(NAME),
                        _ -> labs.find(NAME).map(RunningLab::footprint).ifPresent(footprints::add)))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("host broken ended before it was ready")
                .hasMessageContaining("broken: nics, line");
        assertThat(footprints)
                .isNotEmpty()
                .allSatisfy(footprint -> assertThat(footprint.remains()).isEmpty());
    }

    @Test
    void aHostThatDoesNotComeUpInTimeIsNamedAndNothingIsLeft() {
        List<LabFootprint> footprints = new ArrayList<>();
        LabOptions options = new LabOptions(NAME, false, Duration.ofSeconds(2));
        assertThatThrownBy(() -> labs.start(TopologyFixture.single(), options, event -> {
                    footprints.add(labs.find(NAME).orElseThrow().footprint());
                    if (event instanceof LabEvent.HostChanged(String host, HostStatus status, Duration _)
                            && status == HostStatus.BOOTING) {
                        freeze(host);
                    }
                }))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("not ready within 2 s: solo");
        assertThat(footprints)
                .allSatisfy(footprint -> assertThat(footprint.remains()).isEmpty());
    }

    private static void freeze(String host) {
        try {
            Files.writeString(runDirectory().cgroup().resolve(host).resolve("cgroup.freeze"), "1");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anInterruptedStartLeavesNothing() {
        List<LabFootprint> footprints = new ArrayList<>();
        assertThatThrownBy(() -> labs.start(TopologyFixture.single(), LabOptions.named(NAME), _ -> {
                    footprints.add(labs.find(NAME).orElseThrow().footprint());
                    Thread.currentThread().interrupt();
                }))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("cancelled");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(footprints)
                .hasSize(1)
                .allSatisfy(footprint -> assertThat(footprint.remains()).isEmpty());
    }
}
