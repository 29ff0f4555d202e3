package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.deploy.HostChange.UnitAction;
import io.twoarm.deploy.HostDesign.WantedFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The change of a host whose systemd and coreutils are as old as those of CentOS 7. */
@Timeout(300)
class OldToolsTest {
    private static final String ID = "20260101T000000-1";
    private static final int KEPT_JOURNALS = 20;

    @TempDir
    private Path folder;

    private HostChange change(String unit) {
        return new HostChange(
                List.of(WantedFile.of(folder.resolve("dpvs.conf").toString(), 0644, "new\n", "for the test")),
                List.of(),
                Optional.empty(),
                List.of(),
                true,
                List.of(unit),
                List.of(new UnitAction("start", unit, "it is inactive")),
                List.of(unit));
    }

    @Test
    void aChangeIsMadeByAUnitFileAndConfirmed() throws Exception {
        ImitatedHost host = ImitatedHost.in(Files.createDirectory(folder.resolve("host")));

        host.launch(ID, change("dpvs.service"));

        assertThat(host.await(ID)).contains("log start dpvs.service\n").endsWith("result waiting\n");
        assertThat(host.transaction(ID, "confirm")).isEqualTo("committed\n");
        assertThat(folder.resolve("dpvs.conf")).hasContent("new\n");
        Path unit = folder.resolve("host/units/twoarm-apply-%s.service".formatted(ID));
        assertThat(unit).content().contains("ExecStopPost=/bin/sh ", "TimeoutStopSec=600");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(unit)))
                .isEqualTo("rw-r--r--");
        Process verify = new ProcessBuilder(
                        "systemd-analyze", "verify", "--man=no", "--recursive-errors=no", unit.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(verify.waitFor()).isZero();
    }

    @Test
    void aUnitFileGoesWithItsJournal() throws Exception {
        ImitatedHost host = ImitatedHost.in(Files.createDirectory(folder.resolve("host")));
        List<Path> units = new ArrayList<>();
        for (int minute = 0; minute < KEPT_JOURNALS; minute++) {
            String id = "20250101T00%02d00-1".formatted(minute);
            Files.createDirectories(host.journal(id));
            units.add(Files.createFile(folder.resolve("host/units/twoarm-apply-%s.service".formatted(id))));
        }

        host.launch(ID, change("dpvs.service"));
        assertThat(host.await(ID)).endsWith("result waiting\n");
        assertThat(host.transaction(ID, "confirm")).isEqualTo("committed\n");

        assertThat(host.journal("20250101T000000-1")).doesNotExist();
        assertThat(units.getFirst()).doesNotExist();
        assertThat(units.subList(1, units.size()))
                .allSatisfy(unit -> assertThat(unit).exists());
    }

    @Test
    void aUnitThatDoesNotStartIsTakenBackAndItsJournalIsShown() throws Exception {
        ImitatedHost host = ImitatedHost.in(Files.createDirectory(folder.resolve("host")));
        Files.writeString(folder.resolve("dpvs.conf"), "old\n");

        host.launch(ID, change("broken.service"));

        assertThat(host.await(ID))
                .contains(
                        "result restored\n",
                        "reason broken.service did not start (state inactive, result success)\n",
                        "output the journal of broken.service\n");
        assertThat(folder.resolve("dpvs.conf")).hasContent("old\n");
    }
}
