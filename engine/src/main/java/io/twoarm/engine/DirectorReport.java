package io.twoarm.engine;

import io.twoarm.artifact.DaemonBundle;
import io.twoarm.deploy.RemoteCommand;
import io.twoarm.deploy.SshConnection;
import io.twoarm.engine.LiveSnapshot.DirectorState;
import io.twoarm.engine.LiveSnapshot.PortState;
import io.twoarm.engine.LiveSnapshot.RealserverState;
import io.twoarm.engine.LiveSnapshot.ServiceState;
import io.twoarm.model.VirtualService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a director tells over its control socket, read from JSON (see {@code docs/control-protocol.md}). */
final class DirectorReport {
    private static final JsonMapper JSON = new JsonMapper();

    private DirectorReport() {}

    /** Connections since start per realserver of one virtual service, by {@code RIP:RPORT}. */
    static Map<String, Long> connections(SshConnection director, VirtualService service) {
        String answer = director.run(RemoteCommand.of(DaemonBundle.CONTROL_COMMAND, "services", "--json"))
                .orThrow()
                .stdout();
        Map<String, Long> connections = new TreeMap<>();
        for (ServiceState state : services(JSON.readTree(answer))) {
            if (state.endpoint().equals(endpoint(service))) {
                state.realservers().forEach(server -> connections.put(server.endpoint(), server.connections()));
            }
        }
        return connections;
    }

    /** One line of {@code watch}. */
    static DirectorState live(String director, String line) {
        JsonNode report = JSON.readTree(line);
        List<PortState> ports = new ArrayList<>();
        for (JsonNode port : report.path("ports")) {
            ports.add(new PortState(
                    port.path("name").asString(),
                    port.path("received_packets_per_second").asDouble(),
                    port.path("sent_packets_per_second").asDouble(),
                    port.path("received_bytes_per_second").asDouble(),
                    port.path("sent_bytes_per_second").asDouble()));
        }
        Map<String, Long> drops = new TreeMap<>();
        report.path("drops")
                .propertyStream()
                .forEach(entry -> drops.put(entry.getKey(), entry.getValue().asLong()));
        return new DirectorState(
                director,
                report.path("uptime_seconds").asLong(),
                report.path("sessions").asLong(),
                List.copyOf(ports),
                services(report),
                drops,
                vrrp(report));
    }

    /** States of a {@code status} or of a line of {@code watch} by the name of the instance, in their order. */
    static Map<String, String> vrrp(JsonNode report) {
        Map<String, String> states = new LinkedHashMap<>();
        for (JsonNode instance : report.path("vrrp")) {
            states.put(instance.path("name").asString(), instance.path("state").asString());
        }
        return states;
    }

    private static List<ServiceState> services(JsonNode report) {
        List<ServiceState> services = new ArrayList<>();
        for (JsonNode service : report.path("services")) {
            List<RealserverState> realservers = new ArrayList<>();
            for (JsonNode server : service.path("realservers")) {
                realservers.add(new RealserverState(
                        endpoint(server),
                        server.path("weight").asInt(),
                        server.path("up").asBoolean(),
                        server.path("connections").asLong(),
                        server.path("active_sessions").asLong()));
            }
            services.add(new ServiceState(
                    service.path("protocol").asString().toLowerCase(Locale.ROOT) + " " + endpoint(service),
                    realservers.stream().mapToLong(RealserverState::connections).sum(),
                    realservers.stream()
                            .mapToLong(RealserverState::activeConnections)
                            .sum(),
                    List.copyOf(realservers)));
        }
        return List.copyOf(services);
    }

    /** Address and port; which flows a service is for that has none. */
    private static String endpoint(JsonNode object) {
        if (object.has("match")) {
            return object.path("match").asString();
        }
        String address = object.path("address").asString();
        return (address.contains(":") ? "[" + address + "]" : address) + ":"
                + object.path("port").asInt();
    }

    /** {@code tcp 10.0.96.204:80}, as the director names it. */
    static String endpoint(VirtualService service) {
        return service.protocol().name().toLowerCase(Locale.ROOT) + " " + TrafficProof.endpoint(service);
    }
}
