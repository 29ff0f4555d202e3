package io.twoarm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.deploy.HostNeeds;
import io.twoarm.deploy.HostNeeds.VirtualRouter;
import io.twoarm.model.Topology;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.templates.StarterTopologies;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MachineNeedsTest {
    private final Topology pair = ProjectReader.readText(
                    StarterTopologies.named("keepalived-pair").orElseThrow().topology(), Path.of("topology.yaml"))
            .topology()
            .orElseThrow();

    @Test
    void aDirectorNeedsItsNicsItsHugepagesAndAVridOfItsOwn() {
        assertThat(MachineNeeds.of(pair, "lb1"))
                .isEqualTo(new HostNeeds(
                        List.of("0000:3b:00.0", "0000:3b:00.1", "0000:5e:00.0", "0000:5e:00.1"),
                        8192,
                        List.of(new VirtualRouter(201, "bond2.kni", Set.of("10.0.96.200", "10.0.96.199")))));
    }

    @Test
    void othersNeedNothing() {
        assertThat(MachineNeeds.of(pair, "rs1")).isEqualTo(HostNeeds.NONE);
    }
}
