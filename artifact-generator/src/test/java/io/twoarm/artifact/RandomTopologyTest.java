package io.twoarm.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.twoarm.config.PrintStyle;
import io.twoarm.config.director.DirectorConfiguration;
import io.twoarm.config.dpvs.DpvsFile;
import io.twoarm.config.keepalived.KeepalivedFile;
import io.twoarm.model.Finding;
import io.twoarm.model.Host;
import io.twoarm.model.SourceMap;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.lint.Lint;
import org.junit.jupiter.api.Test;

class RandomTopologyTest {
    private static final int TOPOLOGIES = 300;

    @Test
    void everyTopologyThatLintPassesGivesFilesThatTheDirectorTakesWithoutAWord() {
        for (long seed = 0; seed < TOPOLOGIES; seed++) {
            Topology topology = RandomTopology.of(seed);
            assertThat(Lint.check(topology, SourceMap.NONE))
                    .as("the test's topology %d is valid", seed)
                    .noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
            for (HostArtifacts host : ArtifactGenerator.generate(topology)) {
                if (topology.host(host.host()).orElseThrow() instanceof Host.Director director) {
                    assertTaken(topology, director, host);
                }
            }
        }
    }

    @Test
    void everyTopologyGivesTheSameBytesAgain() {
        for (long seed = 0; seed < TOPOLOGIES; seed++) {
            assertThat(ArtifactGenerator.generate(RandomTopology.of(seed)))
                    .isEqualTo(ArtifactGenerator.generate(RandomTopology.of(seed)));
        }
    }

    private static void assertTaken(Topology topology, Host.Director director, HostArtifacts artifacts) {
        DpvsFile dpvs = DpvsFile.parse(Topologies.content(artifacts, DirectorArtifacts.DPVS_CONF));
        KeepalivedFile keepalived =
                KeepalivedFile.parse(Topologies.content(artifacts, DirectorArtifacts.KEEPALIVED_CONF));

        assertThat(dpvs.findings()).isEmpty();
        assertThat(keepalived.findings()).isEmpty();
        assertThat(DirectorConfiguration.check(dpvs.conf(), keepalived.conf())).isEmpty();
        assertThat(DpvsFile.parse(dpvs.conf().print(PrintStyle.BARE)).conf()).isEqualTo(dpvs.conf());
        assertThat(KeepalivedFile.parse(keepalived.conf().print(PrintStyle.BARE))
                        .conf())
                .isEqualTo(keepalived.conf());
        assertThat(keepalived.conf().services())
                .extracting(service -> service.vip(), service -> service.port())
                .containsExactlyElementsOf(topology.servicesOf(director)
                        .map((VirtualService service) -> tuple(service.vip(), service.servicePort()))
                        .toList());
        assertThat(dpvs.conf().forwardingWorkers()).hasSize(director.dataplane().workers());
    }
}
