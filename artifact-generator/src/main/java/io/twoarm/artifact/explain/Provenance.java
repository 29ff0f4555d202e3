package io.twoarm.artifact.explain;

import io.twoarm.artifact.ArtifactGenerator;
import io.twoarm.artifact.GenerationException;
import io.twoarm.artifact.HostArtifacts;
import io.twoarm.artifact.HostFile;
import io.twoarm.model.Host;
import io.twoarm.model.ObjectPath;
import io.twoarm.model.Topology;
import io.twoarm.model.project.Variants;
import io.twoarm.model.project.Variants.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every line of a host's files with what it follows from, and the other way round.
 *
 * <p>A line follows from a thing of the design when it is not there, or another one, once the thing is changed or left
 * out. Lines that follow from nothing are the same for every such host.
 */
public final class Provenance {
    private final HostArtifacts artifacts;
    private final Map<Line, List<Cause>> causes;

    private Provenance(HostArtifacts artifacts, Map<Line, List<Cause>> causes) {
        this.artifacts = artifacts;
        this.causes = causes;
    }

    /**
     * A line of a file on the host.
     *
     * @param number from 1
     */
    public record Line(String path, int number) {}

    private record Follower(ObjectPath path, Kind kind, Set<Line> lines) {}

    /**
     * Finds out about all files of a host.
     *
     * @throws GenerationException when the topology gives the host no files
     * @throws java.util.concurrent.CancellationException when the thread is interrupted
     */
    public static Provenance of(Topology topology, String host) {
        HostArtifacts artifacts = ArtifactGenerator.generate(topology, host);
        Map<String, List<String>> original = texts(artifacts);
        Map<Line, List<Cause>> causes = new LinkedHashMap<>();
        List<Follower> followers = new ArrayList<>();
        Variants.each(topology, variant -> {
            boolean itself = variant.path().equals(ObjectPath.of("hosts", host));
            if (itself && variant.kind() == Kind.ABSENCE) {
                return; // everything would follow from it
            }
            String name = itself && variant.kind() == Kind.NAME ? host + "x" : host;
            Set<Line> lines = changed(original, variant.topology(), name);
            if (!lines.isEmpty()) {
                followers.add(new Follower(variant.path(), variant.kind(), lines));
            }
        });
        for (Follower follower : followers) {
            Cause cause =
                    new Cause(follower.path(), follower.kind(), follower.lines().size());
            follower.lines()
                    .forEach(line ->
                            causes.computeIfAbsent(line, _ -> new ArrayList<>()).add(cause));
        }
        causes.values().forEach(list -> list.sort(NEAREST_FIRST));
        return new Provenance(artifacts, causes);
    }

    private static final Comparator<Cause> NEAREST_FIRST = Comparator.comparingInt(Cause::lines)
            .thenComparing(Cause::kind)
            .thenComparing(Comparator.comparingInt(
                            (Cause cause) -> cause.object().steps().size())
                    .reversed());

    /** What a line follows from, the nearest cause first; empty for a line that is the same for every such host. */
    public List<Cause> causes(String path, int number) {
        return causes.getOrDefault(new Line(path, number), List.of());
    }

    /** The lines that follow from an object, or from anything below it, in the order of the files. */
    public List<Line> lines(ObjectPath object) {
        List<Line> lines = new ArrayList<>();
        for (HostFile file : artifacts.files()) {
            int count = (int) file.content().lines().count();
            for (int number = 1; number <= count; number++) {
                boolean follows = causes(file.path(), number).stream()
                        .anyMatch(cause -> cause.object().isWithin(object));
                if (follows) {
                    lines.add(new Line(file.path(), number));
                }
            }
        }
        return List.copyOf(lines);
    }

    /** The file on the host. */
    public Optional<HostFile> file(String path) {
        return artifacts.files().stream()
                .filter(file -> file.path().equals(path))
                .findFirst();
    }

    private static Map<String, List<String>> texts(HostArtifacts artifacts) {
        return artifacts.files().stream()
                .collect(Collectors.toMap(
                        HostFile::path, file -> file.content().lines().toList(), (one, _) -> one, LinkedHashMap::new));
    }

    private static Set<Line> changed(Map<String, List<String>> original, Topology variant, String name) {
        Map<String, List<String>> other;
        try {
            Optional<Host> host = variant.host(name);
            if (host.isEmpty()) {
                return Set.of();
            }
            other = texts(ArtifactGenerator.generate(variant, name));
        } catch (GenerationException | IllegalStateException | IllegalArgumentException cannotBe) {
            return Set.of(); // a design that cannot be says nothing about its lines
        }
        Set<Line> lines = new LinkedHashSet<>();
        original.forEach((path, text) -> {
            List<String> changed = other.getOrDefault(path, List.of());
            if (!text.equals(changed)) {
                CommonLines.missing(text, changed).forEach(number -> lines.add(new Line(path, number)));
            }
        });
        return lines;
    }
}
