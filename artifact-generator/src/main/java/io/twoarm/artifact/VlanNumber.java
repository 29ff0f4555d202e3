package io.twoarm.artifact;

import io.twoarm.model.Host;
import io.twoarm.model.Port;
import io.twoarm.model.Topology;

/** The number that the frames of a VLAN carry, 1 to 4094 (IEEE 802.1Q). */
final class VlanNumber {
    private VlanNumber() {}

    /** @throws GenerationException when the VLAN's segment has none */
    static int of(Topology topology, Host host, Port vlan) {
        return topology.vlanOf(vlan)
                .orElseThrow(() -> new GenerationException(
                        "segments." + vlan.segment() + ".vlan",
                        "VLAN " + vlan.name() + " of " + host.name() + " needs the number of segment "
                                + vlan.segment()));
    }
}
