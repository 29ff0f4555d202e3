package io.twoarm.artifact.existing;

import io.twoarm.artifact.HostArtifacts;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.Topology;
import io.twoarm.model.change.Difference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a host's files say differently from those that a project generates. Files of directors are compared by what they
 * mean, all others by their lines without comments.
 */
public final class ArtifactDifference {
    private ArtifactDifference() {}

    /**
     * Differences from the given files to the generated ones.
     *
     * @param given texts by absolute path on the host
     */
    public static List<Difference> between(Topology topology, Map<String, String> given, HostArtifacts generated) {
        Map<String, String> wanted = new LinkedHashMap<>();
        generated.files().forEach(file -> wanted.put(file.path(), file.content()));
        List<Difference> differences = new ArrayList<>();
        Optional<DirectorKind> kind = topology.director(generated.host()).map(director -> director.kind());
        Predicate<String> meaningful = path -> false;
        if (kind.isPresent()) {
            differences.addAll(Meaning.differences(
                    director(generated.host(), given, kind.get()), director(generated.host(), wanted, kind.get())));
            meaningful = path -> carriesMeaning(path, wanted, given);
        }
        Set<String> paths = new TreeSet<>(wanted.keySet());
        for (String path : paths) {
            if (!meaningful.test(path)) {
                lines(path, given.get(path), wanted.get(path)).ifPresent(differences::add);
            }
        }
        return differences.stream()
                .map(it -> new Difference(
                        "host " + generated.host() + ": " + it.object(), it.field(), it.before(), it.after()))
                .toList();
    }

    private static ExistingDirector director(String name, Map<String, String> files, DirectorKind kind) {
        List<ExistingFile> read = files.entrySet().stream()
                .map(entry -> new ExistingFile(entry.getKey(), entry.getValue()))
                .toList();
        return ExistingDirectorReader.read(name, read, Optional.of(kind));
    }

    private static boolean carriesMeaning(String path, Map<String, String> wanted, Map<String, String> given) {
        String text = wanted.getOrDefault(path, given.getOrDefault(path, ""));
        return ExistingDirectorReader.matters(new ExistingFile(path, text)) || path.endsWith("/dpvs-network");
    }

    private static Optional<Difference> lines(String path, String before, String after) {
        if (before == null) {
            return Optional.of(new Difference("file " + path, "", Optional.empty(), Optional.of(path)));
        }
        List<String> old = significant(before);
        List<String> current = significant(after);
        if (old.equals(current)) {
            return Optional.empty();
        }
        List<String> gone = new ArrayList<>(old);
        current.forEach(gone::remove);
        List<String> come = new ArrayList<>(current);
        old.forEach(come::remove);
        return Optional.of(
                new Difference("file " + path, "lines", Optional.of(summary(gone)), Optional.of(summary(come))));
    }

    private static String summary(List<String> lines) {
        if (lines.isEmpty()) {
            return "none";
        }
        return "\"" + lines.getFirst() + "\"" + (lines.size() > 1 ? " and " + (lines.size() - 1) + " more" : "");
    }

    private static List<String> significant(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith("!"))
                .toList();
    }
}
