package io.twoarm.cli;

import io.twoarm.diagnose.Diagnosis;
import io.twoarm.diagnose.host.AddressNames;
import io.twoarm.diagnose.packet.Endpoint;
import io.twoarm.diagnose.trace.PathTrace;
import io.twoarm.diagnose.trace.Trace;
import io.twoarm.diagnose.trace.TraceHop;
import io.twoarm.diagnose.trace.TraceRequest;
import io.twoarm.diagnose.trace.TraceRequest.Method;
import io.twoarm.engine.Engine;
import io.twoarm.engine.EngineException;
import io.twoarm.engine.OpenProject;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Topology;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "trace",
        description =
                "Traces the way from a host to an address, hop by hop with the names of the design, and beside it "
                        + "the way that the design predicts. The exit status is 0 when the destination answered.",
        mixinStandardHelpOptions = true)
final class TraceCommand extends ProjectCommand {
    @Mixin
    private HostOptions options;

    @Option(names = "--from", paramLabel = "HOST", required = true, description = "The host that sends.")
    private String from;

    @Option(
            names = "--to",
            paramLabel = "ADDRESS[:PORT]",
            required = true,
            description = "An address, or the name of a service; [ADDRESS]:PORT for IPv6.")
    private String to;

    /** Which packets. */
    private static final class Packets {
        @Option(names = "--tcp", description = "With SYNs to the port (the default when there is one).")
        private boolean tcp;

        @Option(names = "--udp", description = "With UDP.")
        private boolean udp;

        @Option(names = "--icmp", description = "With echo requests.")
        private boolean icmp;
    }

    @ArgGroup
    private Packets packets = new Packets();

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "2",
            description = "How often; a redirect is learnt by the first and shown by the second "
                    + "(default: ${DEFAULT-VALUE}).")
    private int times;

    @Option(
            names = "--hops",
            paramLabel = "N",
            defaultValue = "12",
            description = "Most hops (default: ${DEFAULT-VALUE}).")
    private int hops;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "Patience with each hop (default: ${DEFAULT-VALUE}).")
    private double patience;

    TraceCommand(Engine engine, Terminal terminal) {
        super(engine, terminal);
    }

    @Override
    public Integer call() {
        OpenProject project = deployableProject();
        TraceRequest request = request(project.topology().orElseThrow());
        try (Diagnosis diagnosis = engine.diagnose(project, estate(project, options))) {
            PathTrace.Repeated found = diagnosis.traces().repeat(request, times, new Printing(request));
            found.learnt().ifPresent(learnt -> terminal.failed("redirect", learnt));
            found.route().ifPresent(choice -> terminal.line("%s sends %s".formatted(request.from(), choice.text())));
            return found.last().reached() ? 0 : TwoArm.FAILED;
        }
    }

    /** Every round with a heading, its hops while they are found, and its end. */
    private final class Printing implements PathTrace.Progress {
        private final TraceRequest request;

        Printing(TraceRequest request) {
            this.request = request;
        }

        @Override
        public void begins(int round) {
            terminal.heading("from %s to %s by %s"
                    .formatted(from, to, request.method().name().toLowerCase(Locale.ROOT)));
        }

        @Override
        public void hop(int round, TraceHop hop) {
            print(hop);
        }

        @Override
        public void ended(int round, Trace trace) {
            trace.failure().ifPresent(terminal::error);
            terminal.line(trace.reached() ? "reached in " + trace.hops().size() + " hops" : "not reached");
        }
    }

    private void print(TraceHop hop) {
        String who = hop.address().map(IpLiteral::format).orElse("*");
        String owner = hop.owner()
                .map(AddressNames.Owner::toString)
                .orElse(hop.address().isPresent() ? "unknown" : "");
        String time = hop.address().isPresent() ? String.format(Locale.ROOT, "%.3f ms", hop.millis()) : "";
        String prediction = hop.predicted()
                .map(host -> hop.surprising()
                        ? "the design has " + host + " here"
                        : hop.address().isEmpty() ? "the design has " + host + " here" : "as designed")
                .orElse(hop.surprising() ? "the design has nothing here" : "");
        terminal.line(String.format(
                        Locale.ROOT,
                        "%3d  %-24s %-26s %12s  %s %s",
                        hop.number(),
                        who,
                        owner,
                        time,
                        hop.mark(),
                        prediction)
                .stripTrailing());
    }

    private TraceRequest request(Topology topology) {
        Optional<Method> method = packets.udp
                ? Optional.of(Method.UDP)
                : packets.icmp ? Optional.of(Method.ICMP) : packets.tcp ? Optional.of(Method.TCP) : Optional.empty();
        Endpoint destination;
        try {
            destination = TraceRequest.destination(topology, to);
        } catch (IllegalArgumentException e) {
            throw new EngineException("--to is neither a service nor an address: " + e.getMessage(), e);
        }
        try {
            return TraceRequest.to(from, destination, method, hops, Duration.ofMillis((long) (patience * 1000)));
        } catch (IllegalArgumentException e) {
            throw new EngineException(e.getMessage(), e);
        }
    }
}
