package io.twoarm.director;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.control.ControlException;
import io.twoarm.director.log.DirectorLog;
import io.twoarm.director.port.PortSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sees which addresses the kernel has on its twins of the ports, so that packets to them become the kernel's without being
 * told, and shows the kernel whether the ports have a link.
 */
final class KernelAddressWatch {
    /** Neither the kernel nor the driver is listened to: half a second is soon enough for what a person or keepalived does. */
    private static final long PAUSE_MILLIS = 500;

    private final KernelTwins twins;
    private final RunningDataplane dataplane;
    private final DirectorLog log;
    private final List<Boolean> links = new ArrayList<>();
    private volatile List<OwnAddress> learned = List.of();
    private String told = "";

    KernelAddressWatch(KernelTwins twins, RunningDataplane dataplane, DirectorLog log) {
        this.twins = twins;
        this.dataplane = dataplane;
        this.log = log;
    }

    /** Watches until interrupted; for a thread of its own. */
    void follow() {
        try {
            while (true) {
                look();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        showLinks();
        List<OwnAddress> now = twins.addresses();
        if (now.equals(learned)) {
            return;
        }
        List<OwnAddress> before = learned;
        learned = now;
        try {
            dataplane.change(tables -> tables.withAddresses(joined(tables.addresses().stream()
                    .filter(own -> !before.contains(own))
                    .toList())));
            log.info("addresses of the kernel on its twins of the ports: "
                    + now.stream().map(own -> own.address().toString()).collect(Collectors.joining(", ")));
            told = "";
        } catch (ControlException e) {
            // Tried again after the pause.
            learned = before;
            if (!told.equals(e.getMessage())) {
                told = String.valueOf(e.getMessage());
                log.error("the kernel's addresses could not be taken over: " + told);
            }
        }
    }

    private void showLinks() {
        List<PortSnapshot> ports = dataplane.ports();
        for (int port = 0; port < ports.size(); port++) {
            boolean up = ports.get(port).link().up();
            if (links.size() <= port) {
                links.add(up);
                twins.showLink(port, up);
            } else if (links.get(port) != up) {
                links.set(port, up);
                twins.showLink(port, up);
            }
        }
    }

    /** Own addresses, and those of the kernel that are none of the director's. */
    List<OwnAddress> joined(List<OwnAddress> own) {
        Set<IpAddress> taken = own.stream().map(OwnAddress::address).collect(Collectors.toSet());
        List<OwnAddress> all = new ArrayList<>(own);
        learned.stream().filter(kernel -> !taken.contains(kernel.address())).forEach(all::add);
        return all;
    }
}
