package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.twoarm.artifact.HostArtifacts;
import io.twoarm.artifact.HostFile;
import io.twoarm.artifact.HostService;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostDesignTest {
    private static HostDesign design(List<HostFile> files, List<String> packages, List<HostService> services) {
        return HostDesign.of(new HostArtifacts("rs1", packages, false, files, List.of(), services), Optional.empty());
    }

    private static HostFile file(String path) {
        return new HostFile(path, 0644, "text\n", "for the test");
    }

    private static void refused(String named, Runnable design) {
        assertThatThrownBy(design::run)
                .hasMessageContaining("rs1")
                .hasMessageContaining(named)
                .hasMessageContaining("allowed: ")
                .asInstanceOf(type(DeployException.class))
                .extracting(DeployException::failure)
                .isInstanceOf(DeployFailure.ArtifactsUnusable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "etc/relative",
                "/etc/",
                "/etc//double",
                "/etc/../shadow",
                "/etc/./here",
                "/etc/tab\there",
                "/etc/line\nbreak",
                "/etc/blank ",
                "/etc/blank /file",
                "/",
                "/var/lib/twoarm/deployed.txt"
            })
    void aPathThatIsNotPlainIsNamed(String path) {
        refused(path, () -> design(List.of(file(path)), List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/a b", "/etc/it's", "/etc/..hidden", "/etc/systemd/system/foo@eth0\\x2d1.service"})
    void anyOtherPathIsTaken(String path) {
        assertThat(design(List.of(file(path)), List.of(), List.of()).fileCount())
                .isEqualTo(1);
    }

    @Test
    void aPathThatComesTwiceIsNamed() {
        refused("/etc/twice", () -> design(List.of(file("/etc/twice"), file("/etc/twice")), List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "-rf.service", "a b.service", "x.service\nstop"})
    void aNameThatIsNoUnitIsNamed(String unit) {
        refused(unit, () -> design(List.of(), List.of(), List.of(new HostService(unit, List.of(), false))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-o=x", "Nginx", "nginx;reboot", ""})
    void aNameThatIsNoPackageIsNamed(String name) {
        refused("package", () -> design(List.of(), List.of(name), List.of()));
    }

    @Test
    void aModeBeyondPermissionBitsIsNamed() {
        HostFile odd = new HostFile("/etc/odd", 0100644, "", "for the test");

        refused("100644", () -> design(List.of(odd), List.of(), List.of()));
    }
}
