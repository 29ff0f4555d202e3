package io.twoarm.diagnose.trace;

import io.twoarm.deploy.CommandResult;
import io.twoarm.deploy.CommandStream;
import io.twoarm.deploy.DeployException;
import io.twoarm.deploy.RemoteCommand;
import io.twoarm.deploy.SshConnection;
import io.twoarm.diagnose.host.AddressNames;
import io.twoarm.diagnose.host.DiagnoseException;
import io.twoarm.diagnose.host.HostAccess;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService.Protocol;
import io.twoarm.model.walk.Flow;
import io.twoarm.model.walk.FlowPath;
import io.twoarm.model.walk.Hop;
import io.twoarm.model.walk.PacketWalk;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** Traces from hosts of a topology. */
public final class PathTrace {
    private final HostAccess hosts;

    public PathTrace(HostAccess hosts) {
        this.hosts = hosts;
    }

    /**
     * Traces once. Blocks until it has ended; interrupting the thread ends it, on the host too.
     *
     * @param live gets each hop when it is found, on another thread
     * @throws DiagnoseException when the host cannot be reached
     */
    public Trace run(TraceRequest request, Consumer<TraceHop> live) {
        SshConnection host = hosts.open(request.from());
        TraceOutput output = new TraceOutput(new AddressNames(hosts.topology()), predicted(hosts.topology(), request));
        List<TraceHop> hops = new ArrayList<>();
        Consumer<String> lines = line -> output.hop(line).ifPresent(hop -> {
            synchronized (hops) {
                hops.add(hop);
            }
            live.accept(hop);
        });
        try (CommandStream stream = host.stream(command(request), lines)) {
            CommandResult result = stream.ended().get();
            synchronized (hops) {
                boolean reached = !hops.isEmpty()
                        && hops.getLast().address().filter(request.to()::equals).isPresent();
                Optional<String> failure = result.succeeded()
                        ? Optional.empty()
                        : Optional.of(
                                result.stderr().isBlank()
                                        ? "traceroute failed"
                                        : result.stderr().strip());
                return new Trace(request, hops, reached, failure);
            }
        } catch (ExecutionException | DeployException e) {
            throw new DiagnoseException("the trace from " + request.from() + " broke off: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DiagnoseException("the trace from " + request.from() + " was cancelled", e);
        }
    }

    private static RemoteCommand command(TraceRequest request) {
        List<String> words = new ArrayList<>(List.of("traceroute", "-n", "-q", "1", "-N", "1"));
        words.addAll(List.of(
                "-w", String.format(Locale.ROOT, "%.1f", request.patience().toMillis() / 1000.0)));
        words.addAll(List.of("-m", Integer.toString(request.mostHops())));
        switch (request.method()) {
            case UDP -> words.addAll(List.of("-U", "-p", Integer.toString(request.port())));
            case ICMP -> words.add("-I");
            case TCP -> words.addAll(List.of("-T", "-p", Integer.toString(request.port())));
        }
        words.add(IpLiteral.format(request.to()));
        return RemoteCommand.of(words);
    }

    /** What people are told while a trace is repeated. Called on several threads, one call at a time. */
    public interface Progress {
        /** @param round from 1 */
        default void begins(int round) {}

        default void hop(int round, TraceHop hop) {}

        default void ended(int round, Trace trace) {}
    }

    /**
     * What repeated traces found.
     *
     * @param last the last trace
     * @param learnt what the host was taught meanwhile, a sentence for people; empty when nothing
     * @param route how the host's kernel sends to the destination now
     */
    public record Repeated(Trace last, Optional<String> learnt, Optional<RouteChoice> route) {}

    /**
     * Traces several times, with plain packets between: a redirect is learnt by the first packets and shown by the later
     * trace.
     *
     * @param times from 1
     */
    public Repeated repeat(TraceRequest request, int times, Progress progress) {
        Trace first = round(request, 1, progress);
        Trace last = first;
        int round = 1;
        while (round < times) {
            sendPlainPackets(request);
            last = round(request, ++round, progress);
        }
        Optional<RouteChoice> route = route(request);
        // The trace that taught the host did not yet go the new way itself.
        if (route.map(RouteChoice::redirected).orElse(false)
                && last.hops().size() == first.hops().size()) {
            last = round(request, ++round, progress);
        }
        return new Repeated(last, learnt(first, last), route);
    }

    private Trace round(TraceRequest request, int round, Progress progress) {
        progress.begins(round);
        Trace trace = run(request, hop -> progress.hop(round, hop));
        progress.ended(round, trace);
        return trace;
    }

    /**
     * Sends plain packets to the destination, as a program would. A router that has just told that a packet's time is
     * exceeded sends that host no redirect for a while, so that a trace alone may never be taught one.
     */
    public void sendPlainPackets(TraceRequest request) {
        // Whether they are answered does not matter.
        hosts.open(request.from()).run("ping", "-n", "-c", "2", "-i", "0.2", "-W", "1", IpLiteral.format(request.to()));
    }

    /** How the host's kernel would send to the destination. */
    public Optional<RouteChoice> route(TraceRequest request) {
        CommandResult result =
                hosts.open(request.from()).run("ip", "-j", "route", "get", IpLiteral.format(request.to()));
        return result.succeeded() ? RouteChoice.ofJson(result.stdout()) : Optional.empty();
    }

    /** The hosts that the design lets answer a trace, in order: every forwarder, and who has the address. */
    public static List<String> predicted(Topology topology, TraceRequest request) {
        Optional<FlowPath> path = topology.host(request.from())
                .flatMap(from -> Flow.to(
                        topology,
                        from,
                        request.to(),
                        request.port(),
                        request.method() == TraceRequest.Method.UDP ? Protocol.UDP : Protocol.TCP))
                .map(flow -> PacketWalk.of(topology, flow));
        List<String> predicted = new ArrayList<>();
        for (Hop hop : path.map(FlowPath::hops).orElse(List.of())) {
            boolean under =
                    hop.direction() == Hop.Direction.REQUEST && !hop.host().equals(request.from());
            if (under) {
                predicted.add(hop.host());
                if (hop.rule() != Hop.Rule.FORWARD) {
                    break;
                }
            }
        }
        return predicted;
    }

    /**
     * What the second of two equal traces has learnt: a redirect shortens the way past a host that forwarded before.
     *
     * @return a sentence for people; empty when both went the same way
     */
    public static Optional<String> learnt(Trace before, Trace after) {
        boolean shorter = before.reached()
                && after.reached()
                && after.hops().size() < before.hops().size();
        if (!shorter) {
            return Optional.empty();
        }
        String past =
                before.hops().getFirst().owner().map(AddressNames.Owner::host).orElse("the first hop");
        return Optional.of("%d hops, then %d: an ICMP redirect of %s taught %s a way past it. On %s: sysctl -w"
                        .formatted(
                                before.hops().size(),
                                after.hops().size(),
                                past,
                                before.request().from(),
                                past)
                + " net.ipv4.conf.all.send_redirects=0, and the same for the device; then ip route flush cache on "
                + before.request().from());
    }
}
