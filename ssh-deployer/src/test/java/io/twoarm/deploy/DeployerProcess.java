package io.twoarm.deploy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A deployer in a process of its own, so that it can be killed. */
final class DeployerProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private DeployerProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Deploys the standard design with {@code text} in the file of the first probe, or one of {@link TwoDesigns} with its
     * daemon, and tells its events line by line. The host waits for the confirmation for as many seconds as the argument
     * after that says.
     */
    public static void main(String[] arguments) {
        SshTarget target = new SshTarget(
                arguments[0],
                arguments[1],
                Integer.parseInt(arguments[2]),
                "root",
                Path.of(arguments[3]),
                Path.of(arguments[4]));
        Optional<Path> bundle =
                Optional.of(arguments[7]).filter(name -> !name.isEmpty()).map(Path::of);
        ProbeDesign design = bundle.isPresent()
                ? TwoDesigns.design(Integer.parseInt(arguments[5]))
                : ProbeDesign.standard().service("one", arguments[5]);
        HostDeployment deployment = new HostDeployment(target, design.artifacts(target.host()), bundle);
        try (SshConnections connections = new SshConnections()) {
            new Deployer(connections, Duration.ofSeconds(Long.parseLong(arguments[6])))
                    .deploy(List.of(deployment), event -> {
                        System.out.println(
                                switch (event) {
                                    case DeployEvent.StepStarted started -> "step " + started.step();
                                    case DeployEvent.Log log -> "log " + log.line();
                                    case DeployEvent.HostFinished finished -> "finished";
                                    case DeployEvent.HostFailed failed -> "failed " + failed.message();
                                    case DeployEvent.StepFinished finished -> "done " + finished.step();
                                });
                        System.out.flush();
                    });
        }
    }

    static DeployerProcess start(SshTarget target, String text) throws IOException {
        return start(target, text, Deployer.CONFIRM_WITHIN);
    }

    static DeployerProcess start(SshTarget target, String text, Duration confirmWithin) throws IOException {
        return start(target, text, confirmWithin, "");
    }

    /** @param design number of one of {@link TwoDesigns} */
    static DeployerProcess start(SshTarget target, int design, Path bundle) throws IOException {
        return start(target, Integer.toString(design), Duration.ofSeconds(3), bundle.toString());
    }

    private static DeployerProcess start(SshTarget target, String design, Duration confirmWithin, String bundle)
            throws IOException {
        return new DeployerProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DeployerProcess.class.getName(),
                        target.host(),
                        target.address(),
                        Integer.toString(target.port()),
                        target.identity().toString(),
                        target.knownHosts().toString(),
                        design,
                        Long.toString(confirmWithin.toSeconds()),
                        bundle)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Waits until the deployer says a line that begins so. */
    void awaitLine(String beginning) throws IOException {
        List<String> said = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(beginning)) {
                return;
            }
            said.add(line);
        }
        throw new AssertionError("the deployer ended without saying " + beginning + ", but: " + said);
    }

    /** Ends it as the kernel does, without any goodbye. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
