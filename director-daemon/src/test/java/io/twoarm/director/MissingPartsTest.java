package io.twoarm.director;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that lacks something: taken away in a mount namespace of the director's own. */
@Tag("lab")
class MissingPartsTest {
    @TempDir
    Path folder;

    private DirectorProcess startWithout(String takeAway, List<String> ealArguments) throws Exception {
        DirectorFiles.twoArm().writeTo(folder);
        List<String> wrapper = List.of("unshare", "--mount", "sh", "-c", takeAway + " && exec \"$0\" \"$@\"");
        return DirectorProcess.start(folder, wrapper, ealArguments, Map.of());
    }

    @Test
    void withoutDpdksLibrariesThePackagesAreNamed() throws Exception {
        String takeAway = "for f in $(ldconfig -p | sed -n 's/.*librte_eal.so.* => //p');"
                + " do mount --bind /dev/null \"$f\" || exit; done";
        try (DirectorProcess director = startWithout(takeAway, DirectorProcess.RING_PORTS)) {
            assertThat(director.awaitExit()).isEqualTo(1);
            assertThat(director.output())
                    .contains("DPDK's libraries are missing")
                    .contains("missing:   librte_eal.so.23")
                    .contains("fix: apt-get install librte-ethdev23 librte-mempool-ring23");
        }
    }

    @Test
    void withoutHugePagesBothWaysOutAreNamed() throws Exception {
        List<String> arguments = List.of("--no-pci", "--vdev=net_ring0", "--vdev=net_ring1");
        try (DirectorProcess director = startWithout("mount -t tmpfs none /sys/kernel/mm/hugepages", arguments)) {
            assertThat(director.awaitExit()).isEqualTo(1);
            assertThat(director.output())
                    .contains("there are no free huge pages")
                    .contains("/proc/sys/vm/nr_hugepages")
                    .contains("--no-huge");
        }
    }

    @Test
    void withoutTheRightToOpenAnInterfaceTheRightIsNamed() throws Exception {
        DirectorFiles.twoArm().writeTo(folder);
        List<String> wrapper = List.of("setpriv", "--bounding-set=-net_raw", "--inh-caps=-net_raw", "--no-new-privs");
        List<String> arguments = List.of("--no-huge", "--no-pci", "--vdev=net_af_packet0,iface=lo", "--vdev=net_ring0");
        try (DirectorProcess director = DirectorProcess.start(folder, wrapper, arguments, Map.of())) {
            assertThat(director.awaitExit()).isEqualTo(1);
            assertThat(director.output()).contains("DPDK has 1 ports").contains("CAP_NET_RAW");
        }
    }
}
