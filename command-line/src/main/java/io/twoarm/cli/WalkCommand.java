package io.twoarm.cli;

import io.twoarm.engine.EngineException;
import io.twoarm.model.Host;
import io.twoarm.model.InvalidLiteralException;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.VirtualService.Protocol;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.model.project.ProjectReading;
import io.twoarm.model.walk.Flow;
import io.twoarm.model.walk.FlowPath;
import io.twoarm.model.walk.Outcome;
import io.twoarm.model.walk.PacketWalk;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The predicted way of packets, there and back. */
@Command(
        name = "walk",
        description = {
            "Predicts the way of a flow's packets, host by host, there and back; nothing is sent.",
            "Exit status 0 when no flow is blocked."
        },
        mixinStandardHelpOptions = true)
final class WalkCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "The project: a directory with topology.yaml.")
    private Path directory;

    @Option(names = "--from", paramLabel = "CLIENT", description = "The host that sends; every client if left out.")
    private Optional<String> from = Optional.empty();

    @Option(
            names = "--service",
            paramLabel = "VIP:PORT",
            description = "Where to: a service's address and port, or any other. Every service if left out.")
    private Optional<String> service = Optional.empty();

    @Option(names = "--director", paramLabel = "NAME", description = "The member of a group that serves.")
    private Optional<String> director = Optional.empty();

    @Option(
            names = "--realserver",
            paramLabel = "NAME",
            description = "The realserver that is chosen, or the host that has the outside port of a NAT gateway.")
    private Optional<String> realserver = Optional.empty();

    @Option(names = "--json", description = "Prints the paths as one JSON array.")
    private boolean json;

    WalkCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ProjectReading reading = ProjectReader.read(directory);
        if (reading.topology().isEmpty()) {
            reading.findings().forEach(finding -> terminal.line(finding.text()));
            throw new EngineException("the project cannot be read.");
        }
        Topology topology = reading.topology().get();
        List<FlowPath> paths = flows(topology).stream()
                .map(this::narrowed)
                .map(flow -> PacketWalk.of(topology, reading.sources(), flow))
                .toList();
        if (json) {
            terminal.line(WalkText.json(paths));
        } else {
            paths.forEach(path -> WalkText.print(path, terminal));
        }
        boolean blocked = paths.stream().anyMatch(path -> path.outcome() instanceof Outcome.Blocked);
        return blocked ? TwoArm.FAILED : 0;
    }

    private Flow narrowed(Flow flow) {
        Flow served = director.map(flow::servedBy).orElse(flow);
        return realserver.map(served::answeredBy).orElse(served);
    }

    private List<Flow> flows(Topology topology) {
        director.ifPresent(name -> require(
                topology.director(name).isPresent(),
                "there is no director called " + name,
                topology.directors().map(Host::name).toList()));
        List<String> ends = topology.hosts().stream()
                .filter(host -> host instanceof Host.Realserver || hasMappedPorts(topology, host))
                .map(Host::name)
                .toList();
        realserver.ifPresent(name -> require(
                ends.contains(name),
                "there is no realserver called " + name + ", and no host of this name has ports of a NAT gateway",
                ends));
        List<Host> senders = from.map(name -> List.of(sender(topology, name)))
                .orElseGet(() -> topology.clients().map(Host.class::cast).toList());
        List<Flow> flows = new ArrayList<>();
        for (Host sender : senders) {
            for (Target target : targets(topology)) {
                Flow.to(topology, sender, target.address(), target.port(), target.protocol())
                        .ifPresent(flows::add);
            }
        }
        if (flows.isEmpty()) {
            throw new EngineException("there is no flow to follow: no client has an address of a service's family."
                    + System.lineSeparator() + "        fix:     name both ends with --from and --service");
        }
        return flows;
    }

    private static boolean hasMappedPorts(Topology topology, Host host) {
        return topology.natGateways().stream()
                .anyMatch(gateway -> gateway.mappedAddressOf(host).isPresent());
    }

    private static Host sender(Topology topology, String name) {
        return topology.host(name)
                .orElseThrow(() -> new EngineException("there is no host called %s.%n        allowed: %s"
                        .formatted(
                                name,
                                String.join(
                                        ", ",
                                        topology.hosts().stream()
                                                .map(Host::name)
                                                .toList()))));
    }

    private static void require(boolean holds, String problem, List<String> allowed) {
        if (!holds) {
            throw new EngineException("%s.%n        allowed: %s".formatted(problem, String.join(", ", allowed)));
        }
    }

    private record Target(InetAddress address, int port, Protocol protocol) {
        static Target of(VirtualService service) {
            return new Target(service.vip(), service.servicePort(), service.protocol());
        }
    }

    private List<Target> targets(Topology topology) {
        if (service.isEmpty()) {
            return topology.virtualServices().stream().map(Target::of).toList();
        }
        Target wanted = target(service.get());
        List<Target> served = topology.virtualServices().stream()
                .map(Target::of)
                .filter(it -> it.address().equals(wanted.address()) && it.port() == wanted.port())
                .toList();
        return served.isEmpty() ? List.of(wanted) : served;
    }

    /** Reads {@code 10.0.96.204:80} or {@code [2001:db8::1]:80}. */
    private static Target target(String text) {
        int colon = text.lastIndexOf(':');
        String address = colon < 0 ? "" : text.substring(0, colon);
        boolean bracketed = address.startsWith("[") && address.endsWith("]");
        String bare = bracketed ? address.substring(1, address.length() - 1) : address;
        String digits = text.substring(colon + 1);
        if (address.isEmpty() || bare.contains(":") != bracketed || !digits.matches("[1-9][0-9]{0,4}")) {
            throw notATarget(text, "");
        }
        try {
            int port = Integer.parseInt(digits);
            if (port > 65535) {
                throw notATarget(text, " Ports are 1 to 65535.");
            }
            return new Target(IpLiteral.parse(bare), port, Protocol.TCP);
        } catch (InvalidLiteralException problem) {
            throw notATarget(text, " " + problem.getMessage());
        }
    }

    private static EngineException notATarget(String text, String why) {
        return new EngineException("--service: \"%s\" is no address and port.%s%n        fix:     %s"
                .formatted(text, why, "write it as 10.0.96.204:80 or [2001:db8::1]:80"));
    }
}
