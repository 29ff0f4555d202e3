package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.artifact.ArtifactGenerator;
import io.twoarm.artifact.HostArtifacts;
import io.twoarm.artifact.HostFile;
import io.twoarm.deploy.DeployReport.Outcome;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.templates.StarterTopologies;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The kernel module's way to a host with a real systemd, compiler and DKMS. The host says that it runs the kernel whose
 * headers are there, and keeps a list of what would be loaded: a lab shares the machine's kernel, which must not get it.
 */
@Tag("lab")
@Tag("long")
@Timeout(600)
class ToaModuleLabTest {
    private static final String UNIT = "twoarm-toa-module.service";
    private static final String PLAY_KERNEL = """
            kernel=$(ls -d /lib/modules/*/build | tail -n 1 | cut -d / -f 4)
            [ -e /usr/bin/uname.real ] || cp /usr/bin/uname /usr/bin/uname.real
            printf '#!/bin/sh\\n[ "$1" = -r ] && echo %s || exec /usr/bin/uname.real "$@"\\n' "$kernel" >/run/uname
            install -m 755 /run/uname /usr/bin/uname
            rm -f /usr/sbin/modprobe /run/loaded
            printf '#!/bin/sh\\necho "$@" >>/run/loaded\\n' >/usr/sbin/modprobe
            chmod 755 /usr/sbin/modprobe
            """;
    private static final String BUILT = "find /lib/modules -name 'twoarm_toa.ko*'; dkms status twoarm-toa";
    private static final String FILES =
            "find /etc /usr/src/twoarm-toa-1 /usr/local/sbin /var/lib/twoarm-toa ! -type d \\( -name 'twoarm-toa*' -o -name toa.c \\); true";

    private static LabHosts lab;

    private ProbeHost alpha;

    @BeforeAll
    static void startLab() {
        lab = LabHosts.start("t-module");
    }

    @AfterAll
    static void stopLab() {
        lab.close();
    }

    @BeforeEach
    void connect() {
        alpha = ProbeHost.clean(lab.target("alpha"));
        alpha.sh(PLAY_KERNEL);
    }

    @AfterEach
    void disconnect() {
        alpha.close();
    }

    @Test
    void itIsBuiltByDkmsLoadedAndRemovedAgain() {
        DeployReport first = deploy(module("192.168.229.204"));

        assertThat(first.succeeded()).as(first.toString()).isTrue();
        assertThat(alpha.sh("systemctl is-active " + UNIT)).isEqualTo("active\n");
        assertThat(alpha.sh("cat /run/loaded")).isEqualTo("twoarm_toa\n");
        assertThat(alpha.sh(BUILT)).contains("/updates/dkms/twoarm_toa.ko").contains("installed");
        assertThat(alpha.sh("cat /etc/modprobe.d/twoarm-toa.conf"))
                .contains("options twoarm_toa trusted=192.168.229.204\n");

        assertThat(deploy(module("192.168.229.204")).hosts().getFirst().outcome())
                .isInstanceOf(Outcome.Unchanged.class);

        DeployReport other = deploy(module("192.168.229.205"));
        assertThat(((Outcome.Changed) other.hosts().getFirst().outcome()).units())
                .as("whom to trust is taken over without building anew")
                .containsExactly("reload-or-restart " + UNIT);

        alpha.deployed(ProbeDesign.standard());
        assertThat(alpha.sh(BUILT)).isEmpty();
        assertThat(alpha.sh(FILES)).isEmpty();
    }

    @Test
    void whatTheKernelRefusesIsTakenBack() {
        alpha.sh("printf '#!/bin/sh\\necho Key was rejected by service >&2\\nexit 1\\n' >/usr/sbin/modprobe");

        Outcome outcome = deploy(module("192.168.229.204")).hosts().getFirst().outcome();

        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed) outcome).failure().getMessage())
                .contains("Key was rejected by service")
                .contains("mokutil --import");
        assertThat(alpha.sh(BUILT)).isEmpty();
        assertThat(alpha.sh(FILES)).isEmpty();
    }

    @Test
    void whatDoesNotCompileChangesNothing() {
        HostArtifacts module = module("192.168.229.204");
        HostArtifacts broken = new HostArtifacts(
                module.host(),
                module.packages(),
                false,
                module.files().stream()
                        .map(file -> file.path().endsWith("clients.c")
                                ? new HostFile(
                                        file.path(),
                                        file.mode(),
                                        file.content().replace("vzalloc(", "no_such_function("),
                                        file.reason())
                                : file)
                        .toList(),
                module.validations(),
                module.services());

        Outcome outcome = deploy(broken).hosts().getFirst().outcome();

        assertThat(((Outcome.Failed) outcome).step()).isEqualTo(DeployEvent.Step.VALIDATE);
        assertThat(((Outcome.Failed) outcome).failure().getMessage())
                .contains("the module compiles for the host's kernel")
                .contains("no_such_function");
        assertThat(alpha.sh(BUILT)).isEmpty();
        assertThat(alpha.sh(FILES)).isEmpty();
    }

    private DeployReport deploy(HostArtifacts artifacts) {
        return new Deployer(alpha.deploying())
                .deploy(List.of(new HostDeployment(alpha.target(), artifacts, Optional.empty())), _ -> {});
    }

    /** What a realserver gets for the module, without its routes and servers. */
    private static HostArtifacts module(String lip) {
        String yaml = StarterTopologies.named("two-arm-fullnat")
                .orElseThrow()
                .topology()
                .replace("192.168.229.204", lip);
        HostArtifacts realserver = ArtifactGenerator.generate(
                        ProjectReader.readText(yaml, Path.of("topology.yaml"))
                                .topology()
                                .orElseThrow(),
                        "rs1")
                .withoutBpf()
                .orElseThrow();
        return new HostArtifacts(
                "alpha",
                realserver.packages().stream()
                        .filter(name -> !name.equals("nginx"))
                        .toList(),
                false,
                realserver.files().stream()
                        .filter(file -> file.path().contains("twoarm-toa"))
                        .toList(),
                realserver.validations().stream()
                        .filter(check -> check.command().contains("probe"))
                        .toList(),
                realserver.services().stream()
                        .filter(unit -> unit.unit().equals(UNIT))
                        .toList());
    }
}
