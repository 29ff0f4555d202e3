package io.twoarm.artifact;

import io.twoarm.model.Port;
import java.util.List;
import java.util.Map;

/**
 * VRRP beside a bundled director: the distribution's keepalived finds out on the kernel's interface beside the port who is
 * master, and tells the director through a named pipe.
 */
final class BundledVrrp {
    /** Beside keepalived's own unit, which the distribution brings. */
    static final String DROP_IN = "/etc/systemd/system/keepalived.service.d/twoarm.conf";

    private final DirectorPlan plan;

    BundledVrrp(DirectorPlan plan) {
        this.plan = plan;
    }

    /** Nothing for a director without a VRRP group. */
    void addTo(List<HostFile> files, List<HostService> services, List<Validation> validations) {
        if (plan.vrrp().isEmpty()) {
            return;
        }
        files.add(new HostFile(
                IpvsArtifacts.KEEPALIVED_CONF,
                0644,
                new KeepalivedProgramText(plan.topology(), plan.director(), KeepalivedProgramText.Dialect.BUNDLED)
                        .print(),
                "which director has the virtual addresses"));
        String folder = DirectorArtifacts.NOTIFY_FIFO.substring(0, DirectorArtifacts.NOTIFY_FIFO.lastIndexOf('/'));
        files.add(new HostFile(
                DROP_IN,
                0644,
                TextFile.render(
                        "keepalived-vrrp.conf",
                        Map.of(
                                "header",
                                FileHeader.lines(
                                        plan.topology(), plan.director(), "keepalived for VRRP beside the director."),
                                "director",
                                DirectorArtifacts.DIRECTOR_UNIT,
                                "folder",
                                folder,
                                "twins",
                                plan.ports().stream()
                                        .filter(KernelTwin::isUsed)
                                        .map(Port::name)
                                        .map(KernelTwin::name)
                                        .toList())),
                "runs keepalived for VRRP only, with the director"));
        services.add(
                new HostService(IpvsArtifacts.KEEPALIVED_UNIT, List.of(IpvsArtifacts.KEEPALIVED_CONF, DROP_IN), true));
        validations.add(new Validation(
                List.of(
                        "/usr/sbin/keepalived",
                        "--config-test",
                        "--use-file",
                        Validation.staged(IpvsArtifacts.KEEPALIVED_CONF)),
                "keepalived accepts its file"));
    }
}
