package io.twoarm.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.config.ConfigFinding;
import io.twoarm.config.director.DirectorConfiguration;
import io.twoarm.config.dpvs.DpvsFile;
import io.twoarm.config.keepalived.KeepalivedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated files before the programs that will read them. */
class GeneratedFilesTest {
    @TempDir
    Path root;

    @Test
    void theDirectorsFilesHaveNoFindings() throws IOException {
        StagedHost director = staged("director");
        DpvsFile dpvs = DpvsFile.parse(Files.readString(director.path("/etc/twoarm/dpvs.conf")));
        KeepalivedFile keepalived =
                KeepalivedFile.parse(Files.readString(director.path("/etc/twoarm/keepalived.conf")));

        assertThat(dpvs.findings()).isEmpty();
        assertThat(keepalived.findings()).isEmpty();
        assertThat(DirectorConfiguration.check(dpvs.conf(), keepalived.conf()))
                .extracting(ConfigFinding::rule)
                .isEmpty();
    }

    @Test
    void systemdReadsEveryUnit() throws IOException {
        Tool.require("/usr/bin/systemd-analyze", "systemd");
        for (String host : List.of("client", "gateway", "director", "rs1")) {
            StagedHost staged = staged(host);
            assertThat(staged.validate("systemd-analyze")).as(host).isEqualTo(new Tool.Result(0, ""));
        }
    }

    @Test
    void systemdReadsTheDirectorsUnitOnceItsProgramExists() throws IOException {
        Tool.require("/usr/bin/systemd-analyze", "systemd");
        Path unit = staged("director").path("/etc/systemd/system/twoarm-director.service");
        Files.writeString(unit, Files.readString(unit).replace(DaemonBundle.COMMAND, "/bin/true"));

        assertThat(Tool.run(List.of(
                        "/usr/bin/systemd-analyze", "verify", "--man=no", "--recursive-errors=no", unit.toString())))
                .isEqualTo(new Tool.Result(0, ""));
    }

    @Test
    void aUnitWithAMistakeFailsItsValidation() throws IOException {
        Tool.require("/usr/bin/systemd-analyze", "systemd");
        StagedHost client = staged("client");
        Path unit = client.path("/etc/systemd/system/twoarm-routes.service");
        Files.writeString(unit, Files.readString(unit).replace("Type=oneshot", "Type=onehsot"));

        assertThat(client.validate("systemd-analyze").status()).isNotZero();
    }

    @Test
    void theShellReadsThePortsScript() throws IOException {
        assertThat(staged("director").validate("/bin/sh -n")).isEqualTo(new Tool.Result(0, ""));
    }

    @Test
    void nginxAcceptsTheEchoServerBesideDebiansDefaultSite() throws IOException {
        Tool.require("/usr/sbin/nginx", "nginx");

        assertThat(staged("rs1").validate("nginx")).isEqualTo(new Tool.Result(0, ""));
    }

    @Test
    void anEchoServerWithAMistakeFailsItsValidation() throws IOException {
        Tool.require("/usr/sbin/nginx", "nginx");
        StagedHost realserver = staged("rs1");
        Path conf = realserver.path("/etc/nginx/conf.d/twoarm-echo.conf");
        Files.writeString(conf, Files.readString(conf).replace("listen 80;", "listen 80 defualt;"));

        Tool.Result result = realserver.validate("nginx");

        assertThat(result.status()).isNotZero();
        assertThat(result.output()).contains("defualt");
    }

    private StagedHost staged(String name) throws IOException {
        return StagedHost.of(Topologies.artifacts(Topologies.twoArm(), name), root.resolve(name));
    }
}
