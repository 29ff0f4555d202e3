package io.twoarm.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.Port;
import io.twoarm.model.Topology;
import io.twoarm.templates.StarterTopologies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The files of every starter before the programs that will read them, each host's in a network namespace with
 * interfaces of the names and addresses that the host has.
 */
@Tag("lab")
class StarterFilesLabTest {
    @TempDir
    Path root;

    static List<String> starters() {
        return StarterTopologies.all().stream()
                .map(StarterTopologies.Starter::name)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("starters")
    void everyProgramAcceptsItsFiles(String starter) throws IOException {
        requireTools();
        judge(EveryStarterTest.topology(starter));
    }

    @Test
    void birdAcceptsTheClustersFilesToo() throws IOException {
        requireTools();
        Topology topology = Topologies.read(StarterTopologies.named("ecmp-cluster")
                .orElseThrow()
                .topology()
                .replace("daemon: frr", "daemon: bird"));

        assertThat(judge(topology)).contains("/usr/sbin/bird");
    }

    @Test
    void birdReadsItsFileAsTheUserAsWhomItsUnitRuns() throws IOException {
        requireTools();
        HostArtifacts director = Topologies.artifacts(
                Topologies.read(StarterTopologies.named("ecmp-cluster")
                        .orElseThrow()
                        .topology()
                        .replace("daemon: frr", "daemon: bird")),
                "lb1");
        // Below the system's own folder of temporary files, whose parents everybody may enter.
        Path folder = Files.createDirectory(
                root.resolve("readable"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        HostFile conf = file(director, BgpSpeaker.BIRD_CONF);
        Path written = Files.writeString(folder.resolve("bird.conf"), conf.content());
        Tool.run(List.of("/usr/bin/chmod", Integer.toOctalString(conf.mode()), written.toString()));
        String start = file(director, BgpSpeaker.BIRD_DROP_IN)
                .content()
                .lines()
                .filter(line -> line.startsWith("ExecStart=/"))
                .findFirst()
                .orElseThrow()
                .replace("ExecStart=", "")
                .replace(BgpSpeaker.BIRD_CONF, written.toString())
                .replace(" -f ", " -p ");

        assertThat(Tool.run(List.of(start.split(" "))))
                .extracting(Tool.Result::status, Tool.Result::output)
                .containsExactly(0, "");
    }

    private static HostFile file(HostArtifacts artifacts, String path) {
        return artifacts.files().stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theNatGatewayPairIsAcceptedByKeepalivedConntrackdAndNft() throws IOException {
        requireTools();

        assertThat(judge(EveryStarterTest.topology("nat-gateway-pair")))
                .contains("/usr/sbin/keepalived", "/usr/sbin/conntrackd", "/usr/sbin/nft");
    }

    @Test
    void theOtherReleasesOfDpvsGetFilesAsWell() throws IOException {
        requireTools();
        for (String release : List.of("v1.8", "v1.9")) {
            judge(Topologies.read(StarterTopologies.named("keepalived-pair")
                    .orElseThrow()
                    .topology()
                    .replace("    kind: dpvs\n", "    kind: dpvs\n    release: " + release + "\n")));
        }
    }

    @Test
    void aKernelPairWithNatIsAcceptedByKeepalived() throws IOException {
        requireTools();
        Topology topology = Topologies.read(KernelPair.text());

        assertThat(judge(topology)).contains("/usr/sbin/keepalived");
    }

    @Test
    void aMistakeInAFileFailsItsValidation() throws IOException {
        requireTools();
        Topology pair = Topologies.read(KernelPair.text());
        assertThat(judgedAfter(pair, "lb1", IpvsArtifacts.KEEPALIVED_CONF, "lb_algo", "lb_alga"))
                .contains("lb_alga");
        Topology cluster = EveryStarterTest.topology("ecmp-cluster");
        assertThat(judgedAfter(cluster, "gateway", BgpSpeaker.FRR_CONF, "maximum-paths", "maximum-pats"))
                .contains("maximum-pats");
    }

    /** What the validation of a file says, which must fail, after one word of the file was replaced. */
    private String judgedAfter(Topology topology, String name, String file, String word, String mistake)
            throws IOException {
        HostArtifacts artifacts = Topologies.artifacts(topology, name);
        StagedHost staged = StagedHost.of(artifacts, root.resolve(name));
        Files.writeString(staged.path(file), Files.readString(staged.path(file)).replace(word, mistake));
        Validation validation = artifacts.validations().stream()
                .filter(candidate -> candidate.command().contains("{" + file + "}"))
                .findFirst()
                .orElseThrow();
        Tool.Result result =
                Tool.run(inNamespace(topology.host(name).orElseThrow(), staged.staged(validation.command())));
        assertThat(result.status()).isNotZero();
        return result.output();
    }

    /** Runs every validation of every host; returns the programs that judged. */
    private List<String> judge(Topology topology) throws IOException {
        List<String> programs = new ArrayList<>();
        for (HostArtifacts artifacts : ArtifactGenerator.generate(topology)) {
            Host host = topology.host(artifacts.host()).orElseThrow();
            StagedHost staged = StagedHost.of(artifacts, root.resolve(artifacts.host()));
            replaceMissingPrograms(staged);
            for (Validation validation : artifacts.validations()) {
                if (validation.command().getFirst().equals(DaemonBundle.COMMAND)) {
                    continue; // the daemon judges its own files in the daemon's tests
                }
                Tool.Result result = Tool.run(inNamespace(host, staged.staged(validation.command())));
                assertThat(result.status())
                        .as("%s on %s: %s", validation.reason(), host.name(), result.output())
                        .isZero();
                programs.add(validation.command().getFirst());
            }
            if (Files.exists(staged.path(ConnectionSync.CONF))) {
                Tool.Result result = runConntrackd(host, staged.path(ConnectionSync.CONF));
                assertThat(result.status())
                        .as("%s: %s", host.name(), result.output())
                        .isZero();
                programs.add("/usr/sbin/conntrackd");
            }
            if (Files.exists(staged.path(KernelSettings.CONF))) {
                Tool.Result result = Tool.run(inNamespace(
                        host,
                        List.of(
                                "/usr/sbin/sysctl",
                                "-p",
                                staged.path(KernelSettings.CONF).toString())));
                assertThat(result)
                        .as(host.name())
                        .extracting(Tool.Result::status)
                        .isEqualTo(0);
            }
        }
        return programs;
    }

    /** conntrackd has no way to check a file but to start with it; its socket and lock are in a /run of their own. */
    private static Tool.Result runConntrackd(Host host, Path conf) {
        return Tool.run(inNamespace(
                host, List.of("/usr/bin/unshare", "--mount", "/bin/sh", "-euc", """
                        mount -t tmpfs tmpfs /run
                        mkdir /run/lock
                        conntrackd -d -C "$1"
                        trap 'conntrackd -C "$1" -k' EXIT
                        conntrackd -C "$1" -s
                        """, "judge", conf.toString())));
    }

    /** DPVS is built from source and not here; everything else about its units is judged. */
    private static void replaceMissingPrograms(StagedHost staged) throws IOException {
        for (String unit : List.of(DpvsArtifacts.DPVS_UNIT, DpvsArtifacts.KEEPALIVED_UNIT)) {
            Path path = staged.path("/etc/systemd/system/" + unit);
            if (Files.exists(path)) {
                Files.writeString(
                        path, Files.readString(path).replaceAll("=" + DpvsArtifacts.PROGRAMS + "\\w+", "=/bin/true"));
                assertThat(Tool.run(List.of(
                                "/usr/bin/systemd-analyze",
                                "verify",
                                "--man=no",
                                "--recursive-errors=no",
                                path.toString())))
                        .isEqualTo(new Tool.Result(0, ""));
            }
        }
    }

    private static List<String> inNamespace(Host host, List<String> command) {
        StringBuilder script = new StringBuilder("set -e\nip link set lo up\n");
        for (Port port : host.ports()) {
            addInterface(script, port.name(), port.addresses());
            if (KernelTwin.isUsed(port)) {
                addInterface(script, KernelTwin.name(port.name()), port.kernelAddresses());
            }
        }
        script.append("exec \"$@\"\n");
        return Stream.concat(
                        Stream.of("/usr/bin/unshare", "--net", "/bin/sh", "-c", script.toString(), "judge"),
                        command.stream())
                .toList();
    }

    private static void addInterface(StringBuilder script, String name, List<InterfaceAddress> addresses) {
        script.append("ip link add ").append(name).append(" type veth\n");
        addresses.forEach(address -> script.append("ip addr add ")
                .append(address)
                .append(" dev ")
                .append(name)
                .append('\n'));
        script.append("ip link set ").append(name).append(" up\n");
    }

    private static void requireTools() {
        Tool.require("/usr/sbin/keepalived", "keepalived");
        Tool.require("/usr/bin/vtysh", "frr");
        Tool.require("/usr/sbin/bird", "bird2");
        Tool.require("/usr/sbin/nginx", "nginx");
        Tool.require("/usr/sbin/nft", "nftables");
        Tool.require("/usr/sbin/conntrackd", "conntrackd");
        Tool.require("/usr/bin/systemd-analyze", "systemd");
        Tool.require("/usr/sbin/sysctl", "procps");
    }
}
