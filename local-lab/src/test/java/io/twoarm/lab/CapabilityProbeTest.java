package io.twoarm.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.lab.Capabilities.Missing;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CapabilityProbeTest {

    private static Machine bareMachine(int userId) {
        return new Machine(
                "6.1.0-56-amd64",
                userId,
                "nobody-known",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static List<String> fixes(Machine machine) {
        return new CapabilityProbe(machine)
                .probe().missing().stream().map(Missing::fix).toList();
    }

    @Test
    @Tag("lab")
    void rootOnThisMachineHasAllThatALabNeeds() {
        Capabilities capabilities = new LocalLab().probe();
        assertThat(capabilities.mode()).isEqualTo(LabMode.ROOT);
        assertThat(capabilities.missing()).noneMatch(Missing::required);
        assertThat(capabilities.sufficient()).isTrue();
    }

    @Test
    void everyMissingProgramIsNamedWithThePackageThatHasIt() {
        assertThat(fixes(bareMachine(0)))
                .contains(
                        "sudo apt-get install --no-install-recommends iproute2",
                        "sudo apt-get install --no-install-recommends util-linux",
                        "sudo apt-get install --no-install-recommends openssh-client",
                        "sudo apt-get install --no-install-recommends tcpdump");
    }

    @Test
    void aUserWithoutPlaceNumbersAndCgroupIsToldHowToGetThem() {
        assertThat(fixes(bareMachine(4711)))
                .anyMatch(fix -> fix.contains("XDG_RUNTIME_DIR=/run/user/4711"))
                .anyMatch(fix -> fix.matches("sudo usermod --add-subuids \\d+-\\d+ nobody-known"))
                .anyMatch(fix -> fix.matches("sudo usermod --add-subgids \\d+-\\d+ nobody-known"))
                .anyMatch(fix -> fix.contains("mount -t cgroup2"))
                .contains("sudo apt-get install --no-install-recommends uidmap");
    }

    @Test
    void whatIsIndispensableComesFirst() {
        List<Boolean> required = new CapabilityProbe(bareMachine(0))
                .probe().missing().stream().map(Missing::required).toList();
        assertThat(required).startsWith(true).endsWith(false);
        assertThat(required.indexOf(false)).isEqualTo(required.lastIndexOf(true) + 1);
    }

    @Test
    void aStartWithoutTheIndispensableNamesAllOfItAndEveryCommand() {
        Capabilities capabilities = new CapabilityProbe(bareMachine(0)).probe();
        assertThatThrownBy(capabilities::require)
                .isInstanceOf(LabException.class)
                .hasMessageContaining("ethtool")
                .hasMessageContaining("cgroup2")
                .hasMessageContaining("sudo apt-get install --no-install-recommends ethtool\n")
                .hasMessageNotContaining("tcpdump");
    }

    @Test
    void aKernelThatCannotKillACgroupIsNotEnough() {
        Machine old = new Machine(
                "5.10.0-30-amd64", 0, "root", Optional.empty(), Optional.empty(), Optional.empty(), List.of());
        assertThat(old.killsCgroups()).isFalse();
        assertThat(new CapabilityProbe(old).probe().missing())
                .anyMatch(one -> one.what().contains("5.10.0-30-amd64"));
        assertThat(bareMachine(0).killsCgroups()).isTrue();
        assertThat(Machine.current().killsCgroups()).isTrue();
    }

    @Test
    void subordinateNumbersCountForTheUserOnly() {
        SubordinateNumbers numbers = SubordinateNumbers.parse(List.of(
                "other:100000:65536", "me:165536:100", "1000:300000:65536", "# comment", "broken:line", "x:1:y", ""));
        assertThat(numbers.largestRangeOf("me", 1)).isEqualTo(100);
        assertThat(numbers.largestRangeOf("me", 1000)).isEqualTo(65536);
        assertThat(numbers.largestRangeOf("stranger", 7)).isZero();
        assertThat(numbers.firstFree()).isEqualTo(365536);
        assertThat(SubordinateNumbers.parse(List.of()).firstFree()).isEqualTo(100000);
    }

    @Test
    void theCgroupMountIsFoundOnUnifiedAndOnHybridMachines() {
        assertThat(Machine.cgroupMount(List.of("cgroup2 /sys/fs/cgroup cgroup2 rw,nosuid 0 0")))
                .contains(Path.of("/sys/fs/cgroup"));
        assertThat(Machine.cgroupMount(List.of(
                        "tmpfs /sys/fs/cgroup tmpfs rw 0 0",
                        "cgroup /sys/fs/cgroup/cpu cgroup rw,cpu 0 0",
                        "cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0")))
                .contains(Path.of("/sys/fs/cgroup/unified"));
        assertThat(Machine.cgroupMount(List.of("proc /proc proc rw 0 0"))).isEmpty();
        assertThat(Machine.ownCgroup(
                        Path.of("/sys/fs/cgroup"),
                        List.of("9:cpu:/", "0::/user.slice/user-1000.slice/session-2.scope")))
                .contains(Path.of("/sys/fs/cgroup/user.slice/user-1000.slice/session-2.scope"));
    }
}
