package io.twoarm.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Labs of an ordinary user, who may do nothing as root. */
@Tag("lab")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RootlessLabTest {
    private static final String USER = OwnName.of("user");
    private static final String NAME = OwnName.of("rootless");

    private static RunningLab up(ThrowAwayUser user, Process owner) throws IOException {
        try {
            LabOwner.awaitLine(owner, "up");
        } catch (IOException e) {
            throw new AssertionError(
                    String.join("\n", owner.errorReader().lines().toList()), e);
        }
        return user.labs().find(NAME).orElseThrow();
    }

    @Test
    void anOrdinaryUserGetsTheSameHosts() throws Exception {
        try (ThrowAwayUser user = new ThrowAwayUser(USER, true)) {
            Process owner = user.own(NAME, true);
            RunningLab lab = up(user, owner);
            LabFootprint footprint = lab.footprint();
            LabHost host = lab.hosts().getFirst();
            assertThat(lab.mode()).isEqualTo(LabMode.ROOTLESS);
            assertThat(Ssh.output(host, "systemctl is-system-running --wait; id -u; ip -brief -4 address show eth0"))
                    .startsWith("running\n0\n")
                    .contains("10.9.0.1/24");
            assertThat(Ssh.output(host, "touch /usr/local/bin/t /opt/t /etc/t && echo written"))
                    .isEqualTo("written");
            assertThat(Ssh.run(host, "date --set 2001-01-01").succeeded()).isFalse();
            try (Capture capture = lab.capturePort("solo", "eth0", "")) {
                capture.end();
                assertThat(capture.pcap().readAllBytes()).hasSizeGreaterThanOrEqualTo(24);
            }
            owner.getOutputStream().close();
            owner.onExit().join();
            lab.awaitEnd();
            assertThat(footprint.remains()).isEmpty();
            assertThat(Files.list(user.runtime())).isEmpty();
        }
    }

    @Test
    void aLabOfAnOrdinaryUserEndsWhenItsProcessIsKilled() throws Exception {
        try (ThrowAwayUser user = new ThrowAwayUser(USER, true)) {
            Process owner = user.own(NAME, true);
            RunningLab lab = up(user, owner);
            LabFootprint footprint = lab.footprint();
            owner.destroyForcibly();
            lab.awaitEnd();
            assertThat(footprint.remains()).isEmpty();
        }
    }

    @Test
    void aLabOfAnOrdinaryUserEndsWithItsKeeper() throws Exception {
        try (ThrowAwayUser user = new ThrowAwayUser(USER, true)) {
            Process owner = user.own(NAME, true);
            RunningLab lab = up(user, owner);
            LabFootprint footprint = lab.footprint();
            long keeper = Long.parseLong(Files.readString(user.runtime().resolve("twoarm/lab/" + NAME + "/keeper"))
                    .strip());
            ProcessHandle.of(keeper).orElseThrow().destroyForcibly();
            lab.awaitEnd();
            assertThat(footprint.remains()).isEmpty();
            owner.destroyForcibly().onExit().join();
        }
    }

    @Test
    void theUsersOwnSystemdGivesTheCgroupOfALab() throws Exception {
        try (ThrowAwayUser user = new ThrowAwayUser(USER, true)) {
            Process owner = user.ownBesideManager(NAME);
            RunningLab lab = up(user, owner);
            LabFootprint footprint = lab.footprint();
            assertThat(footprint.cgroup().toString())
                    .contains("/app.slice/run-")
                    .endsWith("/twoarm-lab-" + NAME);
            assertThat(Ssh.output(lab.hosts().getFirst(), "systemctl is-system-running --wait"))
                    .isEqualTo("running");
            owner.getOutputStream().close();
            lab.awaitEnd();
            assertThat(footprint.remains()).isEmpty();
            owner.onExit().join();
        }
    }

    @Test
    void whatAnOrdinaryUserLacksIsNamedWithTheCommandThatProvidesIt() throws Exception {
        try (ThrowAwayUser user = new ThrowAwayUser(USER, false)) {
            Process owner = user.own(NAME, false);
            List<String> said = owner.errorReader().lines().toList();
            assertThat(String.join("\n", said))
                    .contains("a line for " + USER + " in /etc/subuid")
                    .containsPattern("sudo usermod --add-subuids \\d+-\\d+ " + USER)
                    .containsPattern("sudo usermod --add-subgids \\d+-\\d+ " + USER)
                    .contains("a delegated cgroup")
                    .containsPattern("sudo (chown -R|loginctl enable-linger) " + USER);
            assertThat(Files.list(user.runtime())).isEmpty();
        }
    }
}
