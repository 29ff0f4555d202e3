package io.twoarm.cli;

import io.twoarm.artifact.HostArtifacts;
import io.twoarm.artifact.HostFile;
import io.twoarm.artifact.explain.Cause;
import io.twoarm.artifact.explain.Provenance;
import io.twoarm.engine.Engine;
import io.twoarm.engine.EngineException;
import io.twoarm.engine.OpenProject;
import io.twoarm.model.ObjectPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Why a line of a generated file is there, or which lines an object makes. */
@Command(
        name = "explain",
        description = {
            "Says which values and objects of the project a line of a generated file follows from.",
            "With --object it prints the lines that follow from an object."
        },
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    private static final Pattern FILE_AND_LINE = Pattern.compile("(.*):([1-9][0-9]{0,6})");

    private final Engine engine;
    private final Terminal terminal;

    @Parameters(
            index = "0..*",
            arity = "1..2",
            paramLabel = "[FILE:LINE] DIR",
            description = "A line as in out/lb1/etc/dpvs.conf:12 or lb1/etc/dpvs.conf:12, and the project.")
    private List<String> places;

    @Option(
            names = "--object",
            paramLabel = "OBJECT",
            description = "An object or field, for example virtualServices.web.scheduler.")
    private Optional<String> object = Optional.empty();

    @Option(names = "--json", description = "Prints an array for other programs.")
    private boolean json;

    ExplainCommand(Engine engine, Terminal terminal) {
        this.engine = engine;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        boolean oneLine = object.isEmpty();
        if (places.size() != (oneLine ? 2 : 1)) {
            throw new EngineException("""
                    what to explain is not said.
                            fix:     twoarm explain out/lb1/etc/dpvs.conf:12 DIR
                                     twoarm explain --object virtualServices.web DIR""");
        }
        OpenProject project = engine.open(Path.of(places.getLast()));
        if (!project.deployable()) {
            project.findings().forEach(finding -> terminal.line(finding.text()));
            throw new EngineException("the project has errors, so nothing is generated from it.");
        }
        if (oneLine) {
            line(project, places.getFirst());
        } else {
            lines(project, path(object.orElseThrow()));
        }
        return 0;
    }

    private record Found(String host, HostFile file) {}

    private void line(OpenProject project, String place) {
        Matcher matcher = FILE_AND_LINE.matcher(place);
        if (!matcher.matches()) {
            throw new EngineException(
                    "\"%s\" names no line.%n        fix:     write FILE:LINE, as in lb1/etc/dpvs.conf:12"
                            .formatted(place));
        }
        Found found = find(project, matcher.group(1));
        int number = Integer.parseInt(matcher.group(2));
        List<String> text = found.file().content().lines().toList();
        if (number > text.size()) {
            throw new EngineException(
                    "%s of %s has %d lines, not %d.".formatted(found.file().path(), found.host(), text.size(), number));
        }
        List<Cause> causes = Provenance.of(project.topology().orElseThrow(), found.host())
                .causes(found.file().path(), number);
        if (json) {
            terminal.line(Json.lines(causes.stream()
                    .map(cause -> Json.object(
                            "object", cause.object().toString(),
                            "kind", cause.kind().name().toLowerCase(Locale.ROOT),
                            "meaning", cause.meaning(),
                            "lines", cause.lines()))
                    .toList()));
            return;
        }
        terminal.line("%s %s:%d".formatted(found.host(), found.file().path(), number));
        terminal.line("    " + text.get(number - 1).strip());
        if (causes.isEmpty()) {
            terminal.line("follows from nothing in the project: it is the same for every host of this kind");
        } else {
            causes.forEach(cause -> terminal.line("follows from " + cause.text()));
        }
        terminal.line("the file " + found.file().reason());
    }

    /** The generated file that a path means: its end is HOST/PATH, or only one host has such a file. */
    private Found find(OpenProject project, String place) {
        String wanted = "/" + place.replaceFirst("^/+", "");
        List<Found> all = new ArrayList<>();
        List<Found> exact = new ArrayList<>();
        for (HostArtifacts host : engine.generate(project)) {
            for (HostFile file : host.files()) {
                Found found = new Found(host.host(), file);
                if (wanted.endsWith("/" + host.host() + file.path())) {
                    exact.add(found);
                } else if (wanted.equals(file.path())) {
                    all.add(found);
                }
            }
        }
        if (exact.size() == 1 || exact.isEmpty() && all.size() == 1) {
            return exact.isEmpty() ? all.getFirst() : exact.getFirst();
        }
        throw new EngineException(
                all.size() > 1
                        ? "several hosts have %s.%n        fix:     put the host before it, as in %s%s"
                                .formatted(wanted, all.getFirst().host(), wanted)
                        : "no host of the project has a generated file %s.%n        fix:     write HOST/PATH, as in the"
                                        .formatted(place)
                                + " folder that twoarm generate writes");
    }

    private static ObjectPath path(String text) {
        try {
            return ObjectPath.parse(text);
        } catch (IllegalArgumentException none) {
            throw new EngineException(
                    "%s.%n        fix:     write it as virtualServices.web.scheduler".formatted(none.getMessage()),
                    none);
        }
    }

    private void lines(OpenProject project, ObjectPath wanted) {
        List<Object> found = new ArrayList<>();
        for (HostArtifacts host : engine.generate(project)) {
            Provenance provenance = Provenance.of(project.topology().orElseThrow(), host.host());
            for (Provenance.Line line : provenance.lines(wanted)) {
                String text = provenance
                        .file(line.path())
                        .orElseThrow()
                        .content()
                        .lines()
                        .toList()
                        .get(line.number() - 1);
                if (json) {
                    found.add(
                            Json.object("host", host.host(), "path", line.path(), "line", line.number(), "text", text));
                } else {
                    terminal.line("%s%s:%d: %s".formatted(host.host(), line.path(), line.number(), text.strip()));
                    found.add(line);
                }
            }
        }
        if (json) {
            terminal.line(Json.lines(found));
        } else if (found.isEmpty()) {
            terminal.line("no line of any file follows from " + wanted);
        }
    }
}
