package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.artifact.ArtifactGenerator;
import io.twoarm.artifact.HostArtifacts;
import io.twoarm.deploy.TargetSystem.Names;
import io.twoarm.model.Topology;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.templates.StarterTopologies;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TargetSystemTest {

    @Test
    void aVersionIsNotMistakenForALongerOne() {
        assertThat(TargetSystem.of("rhel", "80", false)).isEmpty();
        assertThat(TargetSystem.of("rhel", "8.10", false)).isPresent();
    }

    private static Set<String> everyPackage() {
        return StarterTopologies.all().stream()
                .map(starter -> ProjectReader.readText(starter.topology(), Path.of("topology.yaml"))
                        .topology()
                        .orElseThrow())
                .flatMap(topology -> artifacts(topology).stream())
                .flatMap(host -> Stream.concat(Stream.of(host), host.withoutBpf().stream()))
                .flatMap(host -> host.packages().stream())
                .collect(Collectors.toSet());
    }

    private static List<HostArtifacts> artifacts(Topology topology) {
        return ArtifactGenerator.generate(topology);
    }

    @Test
    void everyPackageThatADesignNeedsHasANameOrAReasonOnEverySystem() {
        assertThat(TargetSystem.tableNames()).containsAll(everyPackage());
        for (TargetSystem system : TargetSystem.all()) {
            for (String debian : TargetSystem.tableNames()) {
                switch (system.names(debian)) {
                    case Names.Available(List<String> names) ->
                        assertThat(names)
                                .as("%s on %s", debian, system.name())
                                .map(name -> TargetSystem.onHost(name, "6.1.0", "x86_64"))
                                .allMatch(name -> name.matches("[a-z0-9][a-z0-9+.-]+"));
                    case Names.Missing(String reason) ->
                        assertThat(reason)
                                .as(debian)
                                .contains(system.key().startsWith("ubuntu") ? "Ubuntu" : "CentOS 7");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "debian, 12, true, 6.1.0-18-amd64, dkms gcc kmod make linux-headers-6.1.0-18-amd64 linux-headers-amd64",
        "debian, 12, true, 6.1.0-18-arm64, dkms gcc kmod make linux-headers-6.1.0-18-arm64 linux-headers-arm64",
        "ubuntu, 22.04, true, 5.15.0-25-generic, dkms gcc kmod make linux-headers-5.15.0-25-generic linux-headers-generic",
        "ubuntu, 24.04, true, 6.8.0-31-generic, dkms gcc kmod make linux-headers-6.8.0-31-generic linux-headers-generic",
        "rhel, 8.10, false, 4.18.0-553.el8_10.x86_64, gcc kmod elfutils-libelf-devel make kernel-devel-4.18.0-553.el8_10.x86_64",
        "rocky, 9.4, false, 5.14.0-427.el9.x86_64, gcc kmod elfutils-libelf-devel make kernel-devel-5.14.0-427.el9.x86_64",
        "centos, 7, false, 3.10.0-1160.el7.x86_64, gcc kmod elfutils-libelf-devel make kernel-devel-3.10.0-1160.el7.x86_64",
        "sles, 15.6, false, 6.4.0-150600.21-default, gcc kmod libelf-devel make kernel-default-devel"
    })
    void aModuleIsBuiltWithTheSystemsOwnPackages(
            String id, String version, boolean apt, String kernel, String packages) {
        TargetSystem system = TargetSystem.of(id, version, apt).orElseThrow();
        String architecture = kernel.endsWith("arm64") ? "aarch64" : "x86_64";

        List<String> names =
                system
                        .available(List.of("dkms", "gcc", "kmod", "libelf-dev", "make", HostArtifacts.KERNEL_HEADERS))
                        .stream()
                        .map(name -> TargetSystem.onHost(name, kernel, architecture))
                        .toList();

        assertThat(names).containsExactly(packages.split(" "));
    }

    @Test
    void directorsNeedADpdkThatTheDaemonUnderstands() {
        for (TargetSystem system : TargetSystem.all()) {
            String[] version = system.dpdk().split("\\.");
            boolean understood =
                    Integer.parseInt(version[0]) > 22 || system.dpdk().equals("22.11");

            assertThat(system.missing(List.of("librte-ethdev23")).isEmpty())
                    .as(system.name())
                    .isEqualTo(understood);
        }
    }

    @ParameterizedTest
    @EnumSource(PackageManager.class)
    void everyArgumentArrivesAsItIsWhateverIsInIt(PackageManager manager) throws Exception {
        List<String> hostile =
                List.of("a b", "x;touch /tmp/harm", "$(id)", "it's", "`id`", "-rf", "\"q\"", "*", "new\nline");
        List<String> words = manager.install(hostile);
        assertThat(words.subList(words.size() - hostile.size(), words.size())).isEqualTo(hostile);
        assertThat(words.get(words.size() - hostile.size() - 1))
                .as("no name is taken for an option")
                .isEqualTo("--");

        Process shell = new ProcessBuilder(
                        "sh", "-c", "set -- " + RemoteCommand.of(words).line() + "; printf '%s\\0' \"$@\"")
                .start();
        List<String> arrived = new ArrayList<>(
                List.of(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\0")));

        assertThat(arrived).isEqualTo(words);
    }
}
