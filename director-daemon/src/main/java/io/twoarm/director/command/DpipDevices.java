package io.twoarm.director.command;

import io.twoarm.director.control.DirectorView;
import io.twoarm.director.port.PortSnapshot;
import java.util.List;

/** Devices by the names of {@code dpvs.conf}. */
final class DpipDevices {
    private DpipDevices() {}

    static List<String> names(DirectorView.Running director) {
        return director.ports().stream().map(PortSnapshot::name).toList();
    }

    /**
     * Index of a device's port.
     *
     * @param status exit status when there is none
     */
    static int port(DirectorView.Running director, String name, int status) throws ToolFailure {
        List<String> names = names(director);
        int port = names.indexOf(name);
        if (port < 0) {
            throw new ToolFailure(status, "no such device: " + name + "; there are " + String.join(", ", names));
        }
        return port;
    }
}
