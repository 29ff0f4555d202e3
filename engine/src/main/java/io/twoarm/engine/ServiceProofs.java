package io.twoarm.engine;

import io.twoarm.deploy.SshConnection;
import io.twoarm.deploy.SshConnections;
import io.twoarm.engine.Verification.PingProof;
import io.twoarm.engine.Verification.RoleProof;
import io.twoarm.engine.Verification.ServiceProof;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Proves every service of a running design by traffic from a client, and says what cannot be proven. */
final class ServiceProofs {
    private final Topology topology;
    private final Estate estate;
    private final SshConnections connections;

    ServiceProofs(Topology topology, Estate estate, SshConnections connections) {
        this.topology = topology;
        this.estate = estate;
        this.connections = connections;
    }

    /** @param started since when all of it is counted */
    Verification of(String client, int requests, Instant started) {
        SshConnection from = connections.open(TwoArmEngine.require(estate, client));
        List<RoleProof> roles = new VrrpRoles(topology, estate, connections).settled();
        List<ServiceProof> proofs = new ArrayList<>();
        List<String> notProbed = new ArrayList<>();
        for (VirtualService service : topology.virtualServices()) {
            switch (service.protocol()) {
                case TCP -> proofs.add(prove(from, service, requests));
                case UDP, SCTP ->
                    notProbed.add("%s: what a service of %s answers to is known only to its users"
                            .formatted(service.name(), service.protocol()));
            }
        }
        List<PingProof> pings = topology.virtualServices().stream()
                .map(service -> IpLiteral.format(service.vip()))
                .distinct()
                .map(vip -> TrafficProof.ping(from, vip))
                .toList();
        return new Verification(client, proofs, pings, roles, notProbed, Duration.between(started, Instant.now()));
    }

    private ServiceProof prove(SshConnection from, VirtualService service, int requests) {
        // Of a group any may be master: what all have forwarded is added up.
        List<SshConnection> directors = topology.directorsNamed(service.director()).stream()
                .map(director -> connections.open(TwoArmEngine.require(estate, director.name())))
                .toList();
        Map<String, Long> before = counted(directors, service);
        TrafficProof.Requests sent = TrafficProof.send(from, service, requests);
        Map<String, Long> after = counted(directors, service);
        long expected = topology.realserverPools().stream()
                .filter(pool -> pool.name().equals(service.realservers()))
                .flatMap(pool -> pool.members().stream())
                .filter(member -> member.weight() > 0)
                .count();
        return TrafficProof.proof(
                service, sent, TrafficProof.spread(before, after), (int) Math.min(expected, requests));
    }

    private static Map<String, Long> counted(List<SshConnection> directors, VirtualService service) {
        Map<String, Long> sum = new TreeMap<>();
        directors.forEach(director -> DirectorReport.connections(director, service)
                .forEach((realserver, count) -> sum.merge(realserver, count, Long::sum)));
        return sum;
    }
}
