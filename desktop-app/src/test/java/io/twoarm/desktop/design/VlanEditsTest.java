package io.twoarm.desktop.design;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.model.Attachment;
import io.twoarm.model.Host;
import io.twoarm.model.Port;
import io.twoarm.model.SourceMap;
import io.twoarm.model.Topology;
import io.twoarm.model.lint.Lint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VlanEditsTest {
    private static final PortRef NIC = new PortRef("director", "dpdk0");

    private final Design design =
            new Design(ProjectFixture.starter("two-arm-one-nic").topology(), Map.of());

    @Test
    void vlansFollowTheNameOfThePortBelow() {
        Topology renamed = Renaming.rename(design, NIC, "nic0").topology();

        assertThat(director(renamed).ports())
                .extracting(Port::attachment)
                .containsExactly(
                        new Attachment.AfPacket("dpdk0"), new Attachment.Vlan("nic0"), new Attachment.Vlan("nic0"));
        assertThat(Lint.check(renamed, SourceMap.NONE)).isEmpty();
    }

    @Test
    void vlansAndWhatTheyOfferGoWithThePortBelow() {
        Topology without = Removal.remove(design, List.of(NIC)).topology();

        assertThat(director(without).ports()).isEmpty();
        assertThat(director(without).routes()).isEmpty();
        assertThat(without.virtualServices()).isEmpty();
        assertThat(without.localAddressPools()).isEmpty();
    }

    private static Host director(Topology topology) {
        return topology.host("director").orElseThrow();
    }
}
