package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.lab.LabFootprint;
import io.twoarm.lab.LabHost;
import io.twoarm.lab.LabOptions;
import io.twoarm.lab.LocalLab;
import io.twoarm.lab.RunningLab;
import io.twoarm.model.Attachment;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.Port;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Two hosts with real systemd and OpenSSH, {@code alpha} and {@code beta}, that end with this process. */
final class LabHosts implements AutoCloseable {
    private final RunningLab lab;

    private LabHosts(RunningLab lab) {
        this.lab = lab;
    }

    /** @param name unique among the labs of this machine */
    static LabHosts start(String name) {
        return new LabHosts(new LocalLab().start(topology(), LabOptions.ownedLab(name), event -> {}));
    }

    private static Topology topology() {
        List<Host> hosts = Stream.of(host("alpha", "10.9.0.1/24"), host("beta", "10.9.0.2/24"))
                .toList();
        return new Topology(
                "deploy",
                "Deploy",
                "",
                List.of(new Segment("wire", List.of())),
                hosts,
                List.of(),
                List.of(),
                List.of());
    }

    private static Host host(String name, String address) {
        Port port = new Port("eth0", "wire", List.of(InterfaceAddress.parse(address)), new Attachment.Kernel());
        return new Host.Client(name, List.of(port), List.of(), Optional.empty());
    }

    SshTarget target(String name) {
        LabHost host = lab.host(name).orElseThrow();
        return new SshTarget(name, host.address(), host.sshPort(), host.user(), host.identity(), host.knownHosts());
    }

    @Override
    public void close() {
        LabFootprint footprint = lab.footprint();
        lab.stop();
        assertThat(footprint.remains()).isEmpty();
    }
}
