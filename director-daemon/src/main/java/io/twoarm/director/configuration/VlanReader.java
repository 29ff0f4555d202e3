package io.twoarm.director.configuration;

import io.twoarm.config.dpvs.Device;
import io.twoarm.config.dpvs.DpvsConf;
import io.twoarm.config.dpvs.Vlan;
import io.twoarm.director.vlan.TagProtocol;
import io.twoarm.director.vlan.VlanInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the {@code vlan} blocks of a {@code dpvs.conf} without errors. */
final class VlanReader {
    private VlanReader() {}

    /**
     * Reads them.
     *
     * @param present interfaces that there are: those with the same name and tag keep their indexes, for sessions know them
     */
    static List<VlanInterface> read(DpvsConf dpvs, List<VlanInterface> present) {
        List<String> ports = dpvs.ports().stream().map(Device::name).toList();
        List<VlanInterface> taken = new ArrayList<>(present);
        List<VlanInterface> read = new ArrayList<>();
        for (Vlan vlan : dpvs.vlans()) {
            int link = ports.indexOf(vlan.link());
            TagProtocol protocol = TagProtocol.of(vlan.protocol()).orElseThrow();
            Optional<VlanInterface> same = present.stream()
                    .filter(each -> each.name().equals(vlan.name())
                            && each.link() == link
                            && each.protocol() == protocol
                            && each.id() == vlan.id())
                    .findFirst();
            VlanInterface made = same.orElseGet(() -> new VlanInterface(
                    vlan.name(), VlanInterface.freeIndex(ports.size(), taken), link, protocol, vlan.id()));
            if (same.isEmpty()) {
                taken.add(made);
            }
            read.add(made);
        }
        return read;
    }
}
