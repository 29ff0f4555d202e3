package io.twoarm.engine;

import io.twoarm.artifact.DaemonBundle;
import io.twoarm.deploy.CommandResult;
import io.twoarm.deploy.DeployException;
import io.twoarm.deploy.DeployFailure;
import io.twoarm.deploy.RemoteCommand;
import io.twoarm.deploy.SshConnection;
import io.twoarm.deploy.SshConnections;
import io.twoarm.engine.Verification.RoleProof;
import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import io.twoarm.model.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Asks the bundled directors of each VRRP group which instances they are master of. */
final class VrrpRoles {
    private static final JsonMapper JSON = new JsonMapper();

    /** A director that has died takes some seconds to start, and its keepalived listens before it becomes anything. */
    private static final Duration SETTLING = Duration.ofSeconds(20);

    /** A director tells nobody of a change of its role: it is asked again. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Topology topology;
    private final Estate estate;
    private final SshConnections connections;

    VrrpRoles(Topology topology, Estate estate, SshConnections connections) {
        this.topology = topology;
        this.estate = estate;
        this.connections = connections;
    }

    /** The states, asked for until every instance has one master, for as long as that may take after a start. */
    List<RoleProof> settled() {
        long limit = System.nanoTime() + SETTLING.toNanos();
        List<RoleProof> proofs = ask();
        while (!proofs.stream().allMatch(RoleProof::passed) && System.nanoTime() < limit) {
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return proofs;
            }
            proofs = ask();
        }
        return proofs;
    }

    private List<RoleProof> ask() {
        List<RoleProof> proofs = new ArrayList<>();
        for (DirectorGroup group : topology.directorGroups()) {
            List<Host.Director> directors = topology.directorsNamed(group.name()).stream()
                    .filter(director -> director.kind() == DirectorKind.BUNDLED)
                    .toList();
            if (!directors.isEmpty()) {
                Map<String, Map<String, String>> told = new LinkedHashMap<>();
                directors.forEach(director -> told.put(director.name(), states(director.name())));
                group.instances().forEach(instance -> proofs.add(proof(instance.name(), told)));
            }
        }
        return proofs;
    }

    private static RoleProof proof(String instance, Map<String, Map<String, String>> told) {
        Map<String, String> states = new LinkedHashMap<>();
        told.forEach((director, ofDirector) -> states.put(
                director,
                ofDirector.getOrDefault(instance, ofDirector.getOrDefault("", "does not know the instance"))));
        return new RoleProof(instance, states);
    }

    /** States by instance; under an empty name why there are none. */
    private Map<String, String> states(String director) {
        try {
            SshConnection connection = connections.open(estate.target(director).orElseThrow());
            CommandResult answer = connection.run(RemoteCommand.of(DaemonBundle.CONTROL_COMMAND, "status", "--json"));
            if (!answer.succeeded()) {
                return Map.of("", "the director does not answer");
            }
            return DirectorReport.vrrp(JSON.readTree(answer.stdout()));
        } catch (DeployException e) {
            if (e.failure() instanceof DeployFailure.Cancelled) {
                throw e;
            }
            // A member that is down is what a pair is for: the others tell who took over.
            return Map.of("", e.getMessage().lines().findFirst().orElse("it cannot be reached"));
        }
    }
}
