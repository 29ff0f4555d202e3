package io.twoarm.diagnose.host;

import io.twoarm.deploy.DeployException;
import io.twoarm.deploy.SshConnection;
import io.twoarm.deploy.SshConnections;
import io.twoarm.deploy.SshTarget;
import io.twoarm.model.Topology;
import java.util.List;

/**
 * A topology and the way to its hosts.
 *
 * @param targets of all hosts that can be asked
 * @param connections closed by whoever made them
 */
public record HostAccess(Topology topology, List<SshTarget> targets, SshConnections connections) {
    public HostAccess {
        targets = List.copyOf(targets);
    }

    /**
     * The connection to a host.
     *
     * @throws DiagnoseException when it is not known or not reached
     */
    public SshConnection open(String host) {
        SshTarget target = targets.stream()
                .filter(candidate -> candidate.host().equals(host))
                .findFirst()
                .orElseThrow(() -> new DiagnoseException("there is no host \"%s\"; the hosts are %s"
                        .formatted(
                                host,
                                String.join(
                                        ", ",
                                        targets.stream().map(SshTarget::host).toList()))));
        try {
            return connections.open(target);
        } catch (DeployException e) {
            throw new DiagnoseException(e.getMessage(), e);
        }
    }
}
