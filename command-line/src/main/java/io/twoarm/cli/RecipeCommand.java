package io.twoarm.cli;

import io.twoarm.artifact.GenerationException;
import io.twoarm.artifact.Recipe;
import io.twoarm.artifact.Recipes;
import io.twoarm.engine.EngineException;
import io.twoarm.model.Host;
import io.twoarm.model.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Texts that a person puts into place. */
@Command(
        name = "recipe",
        description = "Writes texts for what TwoArm does not manage itself: switches, one's own nginx, interfaces.",
        mixinStandardHelpOptions = true)
final class RecipeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "The recipe; without it, all of them are listed.")
    private Optional<String> name = Optional.empty();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DIR",
            description = "The project: a directory with topology.yaml.")
    private Optional<Path> directory = Optional.empty();

    @Option(names = "--host", paramLabel = "HOST", description = "For that host only.")
    private Optional<String> host = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Writes files, one folder per host, instead of printing.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--patched-nginx", description = "Realservers run nginx with DPVS's patch for NAT64.")
    private boolean patchedNginx;

    RecipeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (name.isEmpty()) {
            for (Recipe recipe : Recipe.values()) {
                terminal.line("%-15s %s".formatted(recipe.word(), recipe.about()));
            }
            return 0;
        }
        Recipe recipe = Recipe.of(name.get())
                .orElseThrow(() -> new EngineException(
                        "there is no recipe \"%s\".\n        allowed: %s\n        fix:     choose one of them; twoarm recipe says what each does"
                                .formatted(name.get(), String.join(", ", Recipe.words()))));
        Path project = directory.orElseThrow(() -> new EngineException(
                "the project is not said.\n        fix:     twoarm recipe " + recipe.word() + " DIR"));
        Topology topology = DesignFile.topology(project);
        host.filter(it -> topology.host(it).isEmpty()).ifPresent(it -> {
            throw new EngineException(
                    "there is no host \"%s\" in %s.\n        allowed: %s\n        fix:     --host with one of them, or leave it out for all"
                            .formatted(
                                    it,
                                    project,
                                    topology.hosts().stream().map(Host::name).collect(Collectors.joining(", "))));
        });
        List<Recipes.Text> texts = texts(project, topology, recipe);
        if (texts.isEmpty()) {
            terminal.error("the recipe " + recipe.word() + " concerns no host here: it " + recipe.about() + ".");
            return TwoArm.FAILED;
        }
        for (Recipes.Text text : texts) {
            if (out.isPresent()) {
                write(out.get().resolve(text.host()).resolve(text.file()), text);
            } else {
                if (texts.size() > 1) {
                    terminal.line("==== " + text.host() + " " + text.file());
                }
                text.content().lines().forEach(terminal::line);
            }
        }
        return 0;
    }

    private List<Recipes.Text> texts(Path project, Topology topology, Recipe recipe) {
        try {
            return Recipes.of(topology, recipe, host, patchedNginx);
        } catch (GenerationException e) {
            throw new EngineException(
                    e.getMessage() + ".\n        fix:     what twoarm lint " + project + " says about it", e);
        }
    }

    private void write(Path file, Recipes.Text text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.content());
            Files.setPosixFilePermissions(
                    file,
                    PosixFilePermissions.fromString(
                            text.mode() == 0755 ? "rwxr-xr-x" : text.mode() == 0600 ? "rw-------" : "rw-r--r--"));
        } catch (IOException e) {
            throw new EngineException(
                    "%s cannot be written: %s\n        fix:     --out with a folder that you may write to"
                            .formatted(file, e),
                    e);
        }
        terminal.line("made " + file);
    }
}
