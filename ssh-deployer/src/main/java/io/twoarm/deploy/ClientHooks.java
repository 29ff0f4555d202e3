package io.twoarm.deploy;

import io.twoarm.artifact.HostArtifacts;
import io.twoarm.deploy.DeployFailure.HostUnsuitable.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a host's kernel lacks of what can show servers the clients behind directors.
 *
 * @param kernel its release
 * @param bpfLacks what the BPF programs need; empty when they can be used
 * @param moduleLacks what a kernel module needs
 * @param headers whether those of the kernel that runs are there
 */
record ClientHooks(String kernel, List<String> bpfLacks, List<String> moduleLacks, boolean headers) {
    ClientHooks {
        bpfLacks = List.copyOf(bpfLacks);
        moduleLacks = List.copyOf(moduleLacks);
    }

    /** @param step for the plan, with the reason; empty when nothing special was chosen */
    record Choice(HostArtifacts artifacts, Optional<PlannedStep> step) {}

    /**
     * What the host is to have; it is asked only where that depends on its kernel.
     *
     * @throws DeployException with {@link DeployFailure.HostUnsuitable} when the kernel can be used in neither way
     */
    static Choice choose(SshConnection connection, HostArtifacts artifacts) {
        return artifacts.withoutBpf().isEmpty()
                ? new Choice(artifacts, Optional.empty())
                : ask(connection).choose(artifacts);
    }

    private static ClientHooks ask(SshConnection connection) {
        String host = connection.target().host();
        return parse(
                host, connection.run(RemoteScript.HOOKS.command("")).orThrow().stdout());
    }

    static ClientHooks parse(String host, String text) {
        String kernel = null;
        boolean headers = false;
        List<String> bpf = new ArrayList<>();
        List<String> module = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] field = line.split("\t", -1);
            if (field[0].equals("hooks") && field.length == 2) {
                kernel = field[1];
            } else if (kernel != null) {
                switch (field[0]) {
                    case "bpf" -> bpf.add(field[1]);
                    case "module" -> module.add(field[1]);
                    case "headers" -> headers = true;
                    case "end" -> {
                        return new ClientHooks(kernel, bpf, module, headers);
                    }
                    default -> throw new IllegalStateException("the hooks script printed: " + line);
                }
            }
        }
        throw new DeployException(new DeployFailure.CommandFailed(
                host, "hooks.sh", "ended before all was told", text.isBlank() ? "no output" : text));
    }

    /** BPF programs where the kernel has the hooks; else the module. */
    Choice choose(HostArtifacts artifacts) {
        if (bpfLacks.isEmpty()) {
            return new Choice(artifacts, Optional.empty());
        }
        HostArtifacts byModule = artifacts.withoutBpf().orElseThrow();
        if (!moduleLacks.isEmpty()) {
            throw new DeployException(new DeployFailure.HostUnsuitable(artifacts.host(), List.of(neither())));
        }
        PlannedStep step = PlannedStep.of(
                "show servers their clients by a kernel module, compiled on the host",
                "its kernel %s lacks what BPF programs need: %s".formatted(kernel, String.join(", ", bpfLacks)));
        return new Choice(headers ? withoutHeaders(byModule) : byModule, Optional.of(step));
    }

    private Finding neither() {
        return new Finding(
                "kernel %s lacks %s for BPF programs, and %s for a module"
                        .formatted(kernel, String.join(", ", bpfLacks), String.join(", ", moduleLacks)),
                "one of both, to show servers the clients behind directors",
                "start a kernel of 5.10 or later on the host, or give its services clientAddress: proxy_v2");
    }

    /** A kernel that somebody built has headers, but no package of them. */
    private static HostArtifacts withoutHeaders(HostArtifacts artifacts) {
        return new HostArtifacts(
                artifacts.host(),
                artifacts.packages().stream()
                        .filter(name -> !name.equals(HostArtifacts.KERNEL_HEADERS))
                        .toList(),
                artifacts.daemonBundle(),
                artifacts.files(),
                artifacts.validations(),
                artifacts.services());
    }
}
