package io.twoarm.engine;

import io.twoarm.deploy.CommandResult;
import io.twoarm.deploy.RemoteCommand;
import io.twoarm.deploy.SshConnection;
import io.twoarm.engine.Verification.PingProof;
import io.twoarm.engine.Verification.ServiceProof;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.VirtualService;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Traffic from a client through one virtual service.
 *
 * <p>Every request is an HTTP request on a connection of its own. A realserver that speaks something else still proves the
 * path: what counts is that it accepted the connection and said something.
 */
final class TrafficProof {
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(5);
    private static final int PINGS = 5;

    // curl's exit codes for a peer that answered, but not in HTTP as expected: unsupported protocol, weird reply, empty
    // reply.
    private static final Set<String> ANSWERED_OTHERWISE = Set.of("1", "8", "52");
    private static final Pattern REPORT = Pattern.compile("^@twoarm (\\d+) (\\d+) ?(.*)$");
    private static final Pattern PING_SUMMARY =
            Pattern.compile("(\\d+) packets transmitted, (\\d+) received", Pattern.MULTILINE);

    private TrafficProof() {}

    /** What the client saw. */
    record Requests(int sent, int answered, String lastBody, List<String> failures) {}

    static Requests send(SshConnection client, VirtualService service, int requests) {
        RemoteCommand command = RemoteCommand.of(
                        "curl",
                        "--silent",
                        "--max-time",
                        Long.toString(REQUEST_LIMIT.toSeconds()),
                        "--header",
                        "Connection: close",
                        "--write-out",
                        "\\n@twoarm %{exitcode} %{http_code} %{errormsg}\\n",
                        "http://" + endpoint(service) + "/?request=[1-" + requests + "]")
                .withLimit(REQUEST_LIMIT.multipliedBy(requests).plusSeconds(10));
        return read(client.run(command), requests);
    }

    /** Reads curl's output: per request its body, and a line with exit code, HTTP status and error. */
    static Requests read(CommandResult result, int requests) {
        int answered = 0;
        int reported = 0;
        String body = "";
        String lastBody = "";
        Set<String> failures = new LinkedHashSet<>();
        for (String line : result.stdout().split("\n", -1)) {
            Matcher report = REPORT.matcher(line);
            if (!report.matches()) {
                body = line.isBlank() ? body : line.strip();
                continue;
            }
            reported++;
            if (report.group(1).equals("0") || ANSWERED_OTHERWISE.contains(report.group(1))) {
                answered++;
                lastBody = body;
            } else {
                failures.add(report.group(3).isBlank() ? "curl ended with status " + report.group(1) : report.group(3));
            }
        }
        if (reported < requests) {
            failures.add("%d requests were not made: %s"
                    .formatted(
                            requests - reported,
                            result.stderr().isBlank()
                                    ? result.stdout().strip()
                                    : result.stderr().strip()));
        }
        return new Requests(requests, answered, lastBody, List.copyOf(failures));
    }

    static PingProof ping(SshConnection client, String address) {
        CommandResult result = client.run(
                RemoteCommand.of("ping", "-n", "-c", Integer.toString(PINGS), "-i", "0.2", "-W", "1", address));
        return readPing(address, result.stdout(), result.stderr());
    }

    static PingProof readPing(String address, String output, String error) {
        Matcher summary = PING_SUMMARY.matcher(output);
        if (!summary.find()) {
            return new PingProof(address, PINGS, 0, error.isBlank() ? output.strip() : error.strip());
        }
        String times = output.lines()
                .filter(line -> line.startsWith("rtt "))
                .findFirst()
                .orElse("no reply");
        return new PingProof(address, Integer.parseInt(summary.group(1)), Integer.parseInt(summary.group(2)), times);
    }

    /** Requests per realserver: what the director counted after the traffic less what it had counted before. */
    static Map<String, Long> spread(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> spread = new TreeMap<>();
        after.forEach((realserver, count) -> spread.put(realserver, count - before.getOrDefault(realserver, 0L)));
        return spread;
    }

    static ServiceProof proof(VirtualService service, Requests requests, Map<String, Long> spread, int expected) {
        List<String> failures = new ArrayList<>(requests.failures());
        return new ServiceProof(
                service.name(),
                endpoint(service),
                requests.sent(),
                requests.answered(),
                spread,
                requests.lastBody(),
                failures,
                expected);
    }

    /** {@code address:port}, an IPv6 address in brackets. */
    static String endpoint(VirtualService service) {
        String address = IpLiteral.format(service.vip());
        return (service.vip() instanceof Inet6Address ? "[" + address + "]" : address) + ":" + service.servicePort();
    }
}
