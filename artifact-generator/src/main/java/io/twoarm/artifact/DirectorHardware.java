package io.twoarm.artifact;

import io.twoarm.model.Attachment;
import io.twoarm.model.DataplaneSettings;
import io.twoarm.model.Host;
import io.twoarm.model.Topology;
import java.util.List;
import java.util.Map;

/**
 * What a director takes from the machine before it starts: NICs, named by their PCI addresses, for vfio-pci, and hugepages.
 *
 * @param nics PCI addresses, in DPDK's order
 * @param megabytes memory in hugepages; 0 for none
 */
record DirectorHardware(Topology topology, Host.Director director, List<String> nics, int megabytes) {
    static final String SCRIPT = "/etc/twoarm/hardware";
    static final String UNIT = "twoarm-hardware.service";

    DirectorHardware {
        nics = List.copyOf(nics);
    }

    static DirectorHardware of(DirectorPlan plan) {
        List<String> nics = plan.nics().stream()
                .map(nic -> nic.attachment() instanceof Attachment.Pci(String address) ? address : "")
                .filter(address -> !address.isEmpty())
                .toList();
        DataplaneSettings settings = plan.director().dataplane();
        return new DirectorHardware(
                plan.topology(), plan.director(), nics, settings.hugepages() ? settings.memoryMegabytes() : 0);
    }

    boolean isEmpty() {
        return nics.isEmpty() && megabytes == 0;
    }

    void addTo(List<HostFile> files, List<Validation> validations, List<HostService> services) {
        String script = TextFile.render(
                "hardware",
                Map.of(
                        "header",
                        FileHeader.lines(
                                topology, director, "Gives NICs and hugepages to the dataplane, and takes them back."),
                        "nics",
                        nics,
                        "megabytes",
                        megabytes));
        String unit = TextFile.render(
                "hardware.service",
                Map.of(
                        "header",
                        FileHeader.lines(
                                topology, director, "Prepares NICs and hugepages before the dataplane starts."),
                        "host",
                        director.name(),
                        "nics",
                        nics,
                        "megabytes",
                        megabytes));
        HostFile unitFile = Units.file(UNIT, unit, "prepares NICs and hugepages");
        files.add(new HostFile(
                SCRIPT,
                0755,
                script,
                "binds NICs to vfio-pci by their PCI addresses, reserves hugepages, and undoes both"));
        files.add(unitFile);
        validations.add(new Validation(List.of("/bin/sh", "-n", Validation.staged(SCRIPT)), "the script can be read"));
        services.add(new HostService(UNIT, List.of(SCRIPT, unitFile.path()), false));
    }
}
