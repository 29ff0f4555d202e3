package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.artifact.HostArtifacts;
import io.twoarm.artifact.HostFile;
import io.twoarm.artifact.HostService;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From what a host says of itself and a design to the plan. */
class HostChangeTest {
    private static final String RUNNING =
            "LoadState=loaded ActiveState=active UnitFileState=enabled Type=notify RemainAfterExit=no Result=success"
                    + " ExecMainExitTimestampMonotonic=0 NeedDaemonReload=no ";

    private final HostDesign design = design("/etc/one", "/etc/systemd/system/one.service");

    private static HostDesign design(String... paths) {
        List<HostFile> files = Arrays.stream(paths)
                .map(path -> new HostFile(path, 0640, "text\n", "for the test"))
                .toList();
        HostService service = new HostService("one.service", List.of("/etc/one"), true);
        return HostDesign.of(
                new HostArtifacts("rs1", List.of(), false, files, List.of(), List.of(service)), Optional.empty());
    }

    /** What a host says on which everything is as designed, apart from one line. */
    private HostFacts facts(String instead, String... more) {
        StringBuilder text =
                new StringBuilder("facts\nsystem\tDebian\t6.1\tx86_64\trunning\nrelease\td\t1\tapt\ncurrent\tnone\n");
        for (HostDesign.WantedFile file : design.files()) {
            text.append("file\t%s\tregular\t%s\troot:root\t%s\n"
                    .formatted(file.path(), file.octalMode(), file.digest().hex()));
        }
        text.append("unit\tone.service\t").append(RUNNING).append('\n');
        text.append(instead).append('\n');
        for (String line : more) {
            text.append(line).append('\n');
        }
        return HostFacts.parse("rs1", text + "end\n");
    }

    private String plan(String instead, String... more) {
        return HostChange.between(facts(instead, more), design).plan();
    }

    @Test
    void aHostThatIsAsDesignedNeedsNothing() {
        assertThat(HostChange.between(facts("release\tdebian\t12\tapt"), design).isEmpty())
                .isTrue();
    }

    @Test
    void aDifferentFileIsPutAndItsUnitReloaded() {
        assertThat(plan("file\t/etc/one\tregular\t640\troot:root\t00"))
                .isEqualTo("put\t/etc/one\t640\nreload-or-restart\tone.service\nrunning\tone.service\n");
    }

    @Test
    void aDifferentModeOrOwnerOrKindIsPutRight() {
        String digest = design.files().getFirst().digest().hex();

        assertThat(plan("file\t/etc/one\tregular\t644\troot:root\t" + digest)).startsWith("put\t/etc/one\t640\n");
        assertThat(plan("file\t/etc/one\tregular\t640\tnobody:root\t" + digest)).startsWith("put\t/etc/one\t640\n");
        assertThat(plan("file\t/etc/one\tlink")).startsWith("put\t/etc/one\t640\n");
        assertThat(plan("file\t/etc/one\tabsent")).startsWith("put\t/etc/one\t640\n");
    }

    @Test
    void aDifferentUnitFileIsReadAnewAndRestartsTheUnit() {
        assertThat(plan("file\t/etc/systemd/system/one.service\tabsent"))
                .isEqualTo("put\t/etc/systemd/system/one.service\t640\ndaemon-reload\tunits\nenable\tone.service\n"
                        + "restart\tone.service\nrunning\tone.service\n");
    }

    @Test
    void aUnitThatIsDownIsStartedAndOneThatIsNotEnabledIsEnabled() {
        assertThat(plan("unit\tone.service\t"
                        + RUNNING.replace("=active", "=failed").replace("=enabled", "=disabled")))
                .isEqualTo("enable\tone.service\nstart\tone.service\nrunning\tone.service\n");
    }

    @Test
    void aUnitThatDidItsWorkAndEndedIsUp() {
        String done =
                RUNNING.replace("ActiveState=active", "ActiveState=inactive").replace("notify", "oneshot");

        assertThat(plan("unit\tone.service\t" + done.replace("Monotonic=0", "Monotonic=123456")))
                .doesNotContain("start");
        assertThat(plan("unit\tone.service\t" + done)).contains("start\tone.service");
    }

    @Test
    void whatTheLastDeploymentBroughtAndNobodyWantsGoes() {
        assertThat(plan(
                        "deployed\tfile\t/etc/two\t644\tabc",
                        "deployed\tunit\ttwo.service",
                        "deployed\tfile\t/etc/one\t640\tabc"))
                .isEqualTo("stop\ttwo.service\nremove\t/etc/two\nrunning\tone.service\n");
    }

    @Test
    void aDaemonThatNobodyWantsGoes() {
        assertThat(plan("current\t0123456789abcdef")).contains("bundle\tnone\n");
    }

    @Test
    void factsThatBreakOffAreNotBelieved() {
        assertThatThrownBy(() -> HostFacts.parse("rs1", "facts\nsystem\tDebian\t6.1\tx86_64\trunning\n"))
                .hasMessageContaining("before all facts were told");
    }
}
