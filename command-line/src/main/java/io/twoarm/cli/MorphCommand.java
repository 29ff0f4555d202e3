package io.twoarm.cli;

import io.twoarm.engine.EngineException;
import io.twoarm.model.Topology;
import io.twoarm.model.morph.Morph;
import io.twoarm.model.morph.MorphRefusedException;
import io.twoarm.model.morph.Morphed;
import io.twoarm.model.project.ProjectWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One kind of design made of another one. */
@Command(
        name = "morph",
        description = {
            "Makes one kind of design of another one: ha-pair, two-arm, dual-stack, nat64, bonded, ecmp-cluster.",
            "Writes topology.yaml anew, with its comments, and says what was done."
        },
        mixinStandardHelpOptions = true)
final class MorphCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "The project: a directory with topology.yaml.")
    private Path directory;

    @Option(
            names = "--to",
            paramLabel = "KIND",
            required = true,
            completionCandidates = Kinds.class,
            description = "${COMPLETION-CANDIDATES}")
    private String kind;

    @Option(names = "--dry-run", description = "Says what would be done and writes nothing.")
    private boolean dryRun;

    /** The words for shells and help. */
    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Morph.words().iterator();
        }
    }

    MorphCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Morph morph = Morph.of(kind)
                .orElseThrow(() -> new EngineException("there is no morph to \"%s\".%n        allowed: %s"
                        .formatted(
                                kind,
                                Arrays.stream(Morph.values())
                                        .map(it -> it.word() + " (" + it.about() + ")")
                                        .collect(Collectors.joining("\n                 ")))));
        Topology topology = DesignFile.topology(directory);
        Morphed morphed = morphed(morph, topology);
        morphed.steps().forEach(terminal::line);
        if (!dryRun) {
            try {
                ProjectWriter.write(directory, morphed.after()).forEach(finding -> terminal.line(finding.text()));
            } catch (IOException e) {
                throw new EngineException("the project cannot be written to %s: %s".formatted(directory, e), e);
            }
        }
        return 0;
    }

    private static Morphed morphed(Morph morph, Topology topology) {
        try {
            return morph.apply(topology);
        } catch (MorphRefusedException refused) {
            throw new EngineException(
                    "this design cannot become " + morph.word() + ": " + refused.getMessage(), refused);
        }
    }
}
