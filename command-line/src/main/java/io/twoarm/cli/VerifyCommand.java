package io.twoarm.cli;

import io.twoarm.engine.Engine;
import io.twoarm.engine.OpenProject;
import io.twoarm.engine.Verification;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description = "Proves the design with traffic from a client through every virtual service.",
        mixinStandardHelpOptions = true)
final class VerifyCommand extends ProjectCommand {
    static final String DEFAULT_REQUESTS = "100";

    @Mixin
    private HostOptions options;

    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = DEFAULT_REQUESTS,
            description = "Requests per virtual service (default: ${DEFAULT-VALUE}).")
    private int requests;

    VerifyCommand(Engine engine, Terminal terminal) {
        super(engine, terminal);
    }

    @Override
    public Integer call() {
        OpenProject project = deployableProject();
        Verification verification = engine.verify(project, estate(project, options), requests);
        print(terminal, verification);
        return verification.passed() ? 0 : TwoArm.FAILED;
    }

    static void print(Terminal terminal, Verification verification) {
        for (Verification.ServiceProof proof : verification.services()) {
            String spread = proof.perRealserver().entrySet().stream()
                    .map(entry -> entry.getKey() + " answered " + entry.getValue())
                    .collect(Collectors.joining(", "));
            String detail = "%s: %d of %d requests answered; %s"
                    .formatted(proof.endpoint(), proof.answered(), proof.requests(), spread);
            if (proof.passed()) {
                terminal.done(proof.service(), detail, verification.elapsed());
                terminal.faint("  the realserver saw " + proof.seenByRealserver());
            } else {
                terminal.failed(proof.service(), detail);
                proof.failures().forEach(failure -> terminal.line("    " + failure));
            }
        }
        verification.notProbed().forEach(service -> terminal.line("- not probed: " + service));
        for (Verification.RoleProof role : verification.roles()) {
            String detail = role.instance() + ": "
                    + role.states().entrySet().stream()
                            .map(state -> state.getKey() + " " + state.getValue())
                            .collect(Collectors.joining(", "));
            if (role.passed()) {
                terminal.line("✓ vrrp          " + detail);
            } else {
                terminal.failed("vrrp", detail);
            }
        }
        for (Verification.PingProof ping : verification.pings()) {
            String detail =
                    "%d of %d replies from %s; %s".formatted(ping.received(), ping.sent(), ping.vip(), ping.detail());
            if (ping.passed()) {
                terminal.line("✓ ping          " + detail);
            } else {
                terminal.failed("ping", detail);
            }
        }
    }
}
