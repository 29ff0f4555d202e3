package io.twoarm.director.command;

import io.twoarm.director.control.DirectorView;
import io.twoarm.director.port.PortSnapshot;
import io.twoarm.director.vlan.VlanInterface;
import java.util.List;

/** Devices by name: ports of {@code dpvs.conf}, and VLAN interfaces. */
final class DpipDevices {
    private DpipDevices() {}

    static List<String> names(DirectorView.Running director) {
        return director.interfaces().stream().map(PortSnapshot::name).toList();
    }

    /** The device as it is now, by its index. */
    static PortSnapshot snapshot(DirectorView.Running director, int port) {
        String name = director.portName(port);
        return director.interfaces().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Index of a device's port.
     *
     * @param status exit status when there is none
     */
    static int port(DirectorView.Running director, String name, int status) throws ToolFailure {
        List<String> names = names(director);
        int place = names.indexOf(name);
        int port = place < director.ports().size()
                ? place
                : director.tables().vlans().stream()
                        .filter(vlan -> vlan.name().equals(name))
                        .mapToInt(VlanInterface::port)
                        .findFirst()
                        .orElse(-1);
        if (port < 0) {
            throw new ToolFailure(status, "no such device: " + name + "; there are " + String.join(", ", names));
        }
        return port;
    }
}
