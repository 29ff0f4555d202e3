package io.twoarm.director.command;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.control.ControlException;
import io.twoarm.director.control.DirectorView;
import io.twoarm.director.forward.ForwardingTables;
import java.util.ArrayList;
import java.util.List;

/** What {@code dpip} says about the kernel's twins of ports: routes of scope {@code kni_host}, and {@code forward2kni}. */
final class DpipKernel {
    static final String SCOPE = "kni_host";

    private static final int WRONG = 1;

    private DpipKernel() {}

    /** Whether a route of that scope is meant. */
    static boolean isMeant(DpipWords words) {
        return words.value("scope").filter(SCOPE::equals).isPresent();
    }

    private static IpAddress address(DpipWords words) throws ToolFailure {
        Prefix prefix = Prefix.parse(words.subject("an address"));
        if (prefix.length() != prefix.address().width()) {
            throw new ToolFailure(
                    WRONG, "invalid parameter: " + prefix + " is a network; scope kni_host is for one address");
        }
        return prefix.address();
    }

    /**
     * {@code link set DEVICE forward2kni on|off}: the kernel's twin of a port gets copies of what the port receives.
     *
     * @param device a port of the director
     */
    static void forward(String device, boolean on, DirectorView.Running director)
            throws ToolFailure, ControlException, InterruptedException {
        requireTwin(director, device);
        director.forwardToKernel(device, on);
    }

    private static void requireTwin(DirectorView.Running director, String device) throws ToolFailure {
        if (director.twins().stream().noneMatch(twin -> twin.port().equals(device))) {
            throw new ToolFailure(
                    WRONG, "no such device: the kernel has no interface beside " + device + "; give it a kni_name");
        }
    }

    static ForwardingTables add(DpipWords words, DirectorView.Running director) throws ToolFailure {
        IpAddress address = address(words);
        String device = words.required("dev");
        int port = DpipDevices.port(director, device, WRONG);
        requireTwin(director, device);
        ForwardingTables tables = director.tables();
        if (tables.addresses().stream().anyMatch(own -> own.address().equals(address))) {
            throw new ToolFailure(WRONG, "already exist: " + address);
        }
        List<OwnAddress> addresses = new ArrayList<>(tables.addresses());
        addresses.add(new OwnAddress(address, port, OwnAddress.Role.KERNEL));
        return tables.withAddresses(addresses);
    }

    static ForwardingTables delete(DpipWords words, DirectorView.Running director) throws ToolFailure {
        IpAddress address = address(words);
        ForwardingTables tables = director.tables();
        List<OwnAddress> left = tables.addresses().stream()
                .filter(own ->
                        own.role() != OwnAddress.Role.KERNEL || !own.address().equals(address))
                .toList();
        if (left.size() == tables.addresses().size()) {
            throw new ToolFailure(WRONG, "not exist: " + address);
        }
        return tables.withAddresses(left);
    }
}
