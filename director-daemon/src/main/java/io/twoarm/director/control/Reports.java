package io.twoarm.director.control;

import io.twoarm.director.exception.TwinStatus;
import io.twoarm.director.forward.ForwardingView;
import io.twoarm.director.neighbour.NeighbourStatus;
import io.twoarm.director.port.BondStatus;
import io.twoarm.director.port.DeviceCounters;
import io.twoarm.director.port.PortSnapshot;
import io.twoarm.director.redundancy.VrrpStatus;
import io.twoarm.director.report.Counter;
import io.twoarm.director.service.RealserverStatus;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.service.ServiceStatus;
import io.twoarm.director.session.SessionStatus;
import io.twoarm.director.worker.WorkerStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the daemon tells, as JSON. The members are described in {@code docs/control-protocol.md}. */
final class Reports {
    private Reports() {}

    static Json status(DirectorView director) {
        Json.ObjectBuilder status = Json.object()
                .put("state", director.phase().name().toLowerCase(Locale.ROOT))
                .put("version", director.version())
                .put("dpdk", director.dpdkVersion())
                .put("pid", ProcessHandle.current().pid())
                .put("uptime_seconds", director.uptimeMillis() / 1000.0);
        if (!director.vrrp().isEmpty()) {
            status.put("vrrp", vrrpOf(director));
        }
        try {
            DirectorView.Running running = director.running();
            if (!running.twins().isEmpty()) {
                status.put("twins", running.twins().stream().map(Reports::twin).toList());
            }
            status.put("sessions", running.forwarder().sessionCount())
                    .put("session_capacity", running.forwarder().sessionCapacity())
                    .put(
                            "workers",
                            running.workers().stream().map(Reports::worker).toList())
                    .put("buffers", running.buffers())
                    .put("buffers_in_use", running.buffersInUse());
        } catch (ControlException e) {
            // Starting or stopping: the state says so.
        }
        return status.build();
    }

    static List<Json> vrrpOf(DirectorView director) {
        return director.vrrp().stream().map(Reports::vrrp).toList();
    }

    private static Json vrrp(VrrpStatus instance) {
        return Json.object()
                .put("name", instance.name())
                .put("state", instance.state().name())
                .put("changes", instance.changes())
                .put("addresses", instance.addresses().stream().map(Json::of).toList())
                .build();
    }

    private static Json twin(TwinStatus twin) {
        return Json.object()
                .put("port", twin.port())
                .put("name", twin.name())
                .put("to_kernel", twin.toKernel())
                .put("from_kernel", twin.fromKernel())
                .put("refused", twin.refused())
                .put("lost", twin.lost())
                .build();
    }

    private static Json worker(WorkerStatus worker) {
        return Json.object()
                .put("name", worker.name())
                .put("thread", worker.threadId())
                .put("turns", worker.turns())
                .put("busy_turns", worker.busyTurns())
                .put("sleeps", worker.sleeps())
                .put("longest_turn_us", worker.longestTurnNanos() / 1000)
                .put("turns_over_1ms", worker.longTurns())
                .build();
    }

    static Json counters(DirectorView.Running running) {
        Json.ObjectBuilder kinds = Json.object();
        Map<Counter, Long> values = running.forwarder().counters();
        for (Counter.Kind kind : Counter.Kind.values()) {
            Json.ObjectBuilder ofKind = Json.object();
            values.forEach((counter, value) -> {
                if (counter.kind() == kind) {
                    ofKind.put(counter.label(), value);
                }
            });
            kinds.put(kind.name().toLowerCase(Locale.ROOT), ofKind.build());
        }
        return Json.object().put("counters", kinds.build()).build();
    }

    static Json ports(DirectorView.Running running) {
        return Json.object()
                .put("ports", running.interfaces().stream().map(Reports::port).toList())
                .build();
    }

    private static Json port(PortSnapshot port) {
        DeviceCounters counters = port.counters();
        Json.ObjectBuilder described = Json.object()
                .put("name", port.name())
                .put("device", port.device())
                .put("driver", port.driver())
                .put("mac", mac(port.macAddress()))
                .put("mtu", port.mtu())
                .put("link_up", port.link().up())
                .put("speed_mbps", port.link().megabitsPerSecond())
                .put("received_packets", counters.receivedPackets())
                .put("received_bytes", counters.receivedBytes())
                .put("sent_packets", counters.sentPackets())
                .put("sent_bytes", counters.sentBytes())
                .put("missed", counters.missed())
                .put("no_buffer", counters.noBuffer())
                .put("receive_errors", counters.receiveErrors())
                .put("send_errors", counters.sendErrors())
                .put("refused", port.refused());
        port.bond().ifPresent(bond -> described.put("bond", bond(bond)));
        return described.build();
    }

    private static Json bond(BondStatus bond) {
        return Json.object()
                .put("mode", bond.mode())
                .put("transmit_policy", bond.transmitPolicy())
                .put(
                        "members",
                        bond.members().stream()
                                .map(member -> Json.object()
                                        .put("name", member.name())
                                        .put("mac", mac(member.macAddress()))
                                        .put("active", member.active())
                                        .put("primary", member.primary())
                                        .build())
                                .toList())
                .build();
    }

    static Json services(DirectorView.Running running) {
        return Json.object().put("services", servicesOf(running)).build();
    }

    static List<Json> servicesOf(DirectorView.Running running) {
        return running.forwarder().services().stream()
                .map(service -> service(service, running))
                .toList();
    }

    private static Json service(ServiceStatus service, DirectorView.Running running) {
        ServiceDefinition definition = service.definition();
        Json.ObjectBuilder json = Json.object();
        definition.match().ifPresent(match -> json.put("match", match.text(running::portName)));
        service.tableDigest().ifPresent(digest -> json.put("table_digest", digest));
        service.sorryServer().ifPresent(sorry -> json.put("sorry_server", realserver(sorry)));
        return json.put("protocol", definition.protocol().name().toLowerCase(Locale.ROOT))
                .put("address", definition.address().toString())
                .put("port", definition.port())
                .put("scheduler", definition.policy().scheduler().keyword())
                .put("connections", service.total(RealserverStatus::connections))
                .put("active_sessions", service.total(RealserverStatus::activeSessions))
                .put("inactive_sessions", service.total(RealserverStatus::inactiveSessions))
                .put("packets_in", service.total(RealserverStatus::packetsIn))
                .put("bytes_in", service.total(RealserverStatus::bytesIn))
                .put("packets_out", service.total(RealserverStatus::packetsOut))
                .put("bytes_out", service.total(RealserverStatus::bytesOut))
                .put(
                        "local_addresses",
                        definition.localAddresses().stream()
                                .map(address -> Json.of(address.toString()))
                                .toList())
                .put(
                        "realservers",
                        service.realservers().stream().map(Reports::realserver).toList())
                .build();
    }

    private static Json realserver(RealserverStatus realserver) {
        return Json.object()
                .put("address", realserver.definition().address().toString())
                .put("port", realserver.definition().port())
                .put("mode", realserver.definition().mode().keyword())
                .put("up", realserver.up())
                .put("weight", realserver.weight())
                .put("configured_weight", realserver.definition().weight())
                .put("full", realserver.full())
                .put("checked", realserver.definition().check().isPresent())
                .put("connections", realserver.connections())
                .put("active_sessions", realserver.activeSessions())
                .put("inactive_sessions", realserver.inactiveSessions())
                .put("packets_in", realserver.packetsIn())
                .put("bytes_in", realserver.bytesIn())
                .put("packets_out", realserver.packetsOut())
                .put("bytes_out", realserver.bytesOut())
                .build();
    }

    static Json sessions(DirectorView.Running running, int limit) {
        ForwardingView forwarder = running.forwarder();
        return Json.object()
                .put("total", forwarder.sessionCount())
                .put(
                        "sessions",
                        forwarder.sessions(limit, running.nowMicros()).stream()
                                .map(Reports::session)
                                .toList())
                .build();
    }

    private static Json session(SessionStatus session) {
        return Json.object()
                .put("protocol", session.protocol().name().toLowerCase(Locale.ROOT))
                .put("state", session.state().name())
                .put("expires_seconds", session.expiresIn().toMillis() / 1000.0)
                .put("client", session.client().withPort(session.clientPort()))
                .put("virtual", session.virtual().withPort(session.virtualPort()))
                .put("local", session.local().withPort(session.localPort()))
                .put("realserver", session.realserver().withPort(session.realserverPort()))
                .build();
    }

    static Json neighbours(DirectorView.Running running) {
        return Json.object()
                .put(
                        "neighbours",
                        running.forwarder().neighbours().stream()
                                .map(neighbour -> neighbour(neighbour, running))
                                .toList())
                .build();
    }

    private static Json neighbour(NeighbourStatus neighbour, DirectorView.Running running) {
        return Json.object()
                .put("address", neighbour.address().toString())
                .put("port", running.portName(neighbour.port()))
                .put("mac", neighbour.mac() == 0 ? "" : mac(neighbour.mac()))
                .put("state", neighbour.state().name())
                .put("configured", neighbour.given())
                .put("sessions", neighbour.sessions())
                .put("waiting", neighbour.waiting())
                .build();
    }

    static Json lines(List<String> lines) {
        return Json.object().put("lines", lines.stream().map(Json::of).toList()).build();
    }

    /** Two digits per byte, with colons. */
    private static String mac(long address) {
        return String.format("%012x", address).replaceAll("..(?!$)", "$0:");
    }
}
