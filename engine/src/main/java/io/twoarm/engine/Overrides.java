package io.twoarm.engine;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Patch;
import io.twoarm.artifact.HostArtifacts;
import io.twoarm.artifact.HostFile;
import io.twoarm.model.project.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What people changed in generated files by hand: for each file a unified diff at {@code overrides/HOST/PATH.patch} in the
 * project. It is applied to the file whenever that is generated, so that the change stays while the design goes on. A diff
 * that fits nowhere any more stops the generation; nothing is dropped in silence.
 *
 * @param project the directory of the project
 */
public record Overrides(Path project) {
    public static final String FOLDER = "overrides";
    private static final String SUFFIX = ".patch";
    private static final int CONTEXT = 3;
    /** So many lines of the context around a change may be others than they were. */
    private static final int FUZZ = 2;

    /** Where the change of a file is kept. */
    public Path patchOf(String host, String path) {
        return project.resolve(FOLDER).resolve(host).resolve(path.substring(1) + SUFFIX);
    }

    public boolean has(String host, String path) {
        return Files.isRegularFile(patchOf(host, path));
    }

    /**
     * The files of all hosts with the changes in them.
     *
     * @param generated those of all hosts
     * @throws EngineException when a change no longer fits, belongs to no file any more, or cannot be read
     */
    public List<HostArtifacts> applied(List<HostArtifacts> generated) {
        if (!Files.isDirectory(project.resolve(FOLDER))) {
            return generated;
        }
        requireAllUsed(generated);
        return generated.stream().map(this::applied).toList();
    }

    private HostArtifacts applied(HostArtifacts host) {
        return new HostArtifacts(
                host.host(),
                host.packages(),
                host.daemonBundle(),
                host.files().stream().map(file -> applied(host.host(), file)).toList(),
                host.validations(),
                host.services(),
                host.withoutBpf().map(this::applied));
    }

    private void requireAllUsed(List<HostArtifacts> generated) {
        Set<Path> used = generated.stream()
                .flatMap(host -> Stream.concat(Stream.of(host), host.withoutBpf().stream()))
                .flatMap(host -> host.files().stream().map(file -> patchOf(host.host(), file.path())))
                .collect(Collectors.toSet());
        try (Stream<Path> kept = Files.walk(project.resolve(FOLDER))) {
            kept.filter(file -> file.toString().endsWith(SUFFIX) && !used.contains(file))
                    .min(Comparator.naturalOrder())
                    .ifPresent(unused -> {
                        throw new EngineException("%s belongs to no file that the design generates%n".formatted(unused)
                                + "        cause:   its host has another name now, or has no such file any more\n"
                                + "        fix:     move it to %s/HOST/PATH%s, or delete it"
                                        .formatted(project.resolve(FOLDER), SUFFIX));
                    });
        } catch (IOException e) {
            throw new EngineException(
                    "%s cannot be read: %s%n        fix:     see that this user may read it"
                            .formatted(project.resolve(FOLDER), e.getMessage()),
                    e);
        }
    }

    private HostFile applied(String host, HostFile file) {
        Path patch = patchOf(host, file.path());
        if (!Files.isRegularFile(patch)) {
            return file;
        }
        try {
            Patch<String> change = UnifiedDiffUtils.parseUnifiedDiff(Files.readAllLines(patch));
            String content = joined(applied(change, lines(file.content())));
            return new HostFile(
                    file.path(),
                    file.mode(),
                    content,
                    file.reason() + " Changed by hand in " + project.relativize(patch) + ".");
        } catch (DoesNotFitException e) {
            throw new EngineException(
                    ("%s no longer fits the file that the design generates: %s%n"
                                    + "        fix:     change %s of %s again, or delete the patch to take the file as generated")
                            .formatted(patch, e.getMessage(), file.path(), host),
                    e);
        } catch (IOException | IndexOutOfBoundsException e) {
            throw new EngineException(
                    "%s cannot be read as a unified diff: %s%n        fix:     delete it to take the file as generated"
                            .formatted(patch, e.getMessage()),
                    e);
        }
    }

    /** A part of a change has no place in a text. */
    private static final class DoesNotFitException extends Exception {
        private static final long serialVersionUID = 1;

        DoesNotFitException(String line) {
            super("nothing there is like \"" + line + "\" with what stands around it");
        }
    }

    /** Puts each part of a change where its lines stand now, which may be elsewhere than they stood. */
    private static List<String> applied(Patch<String> change, List<String> text) throws DoesNotFitException {
        List<String> result = new ArrayList<>(text);
        int shift = 0;
        for (AbstractDelta<String> part : change.getDeltas()) {
            List<String> before = part.getSource().getLines();
            List<String> after = part.getTarget().getLines();
            int wanted = part.getSource().getPosition() + shift;
            int at = -1;
            int start = 0;
            int end = 0;
            for (int fuzz = 0; fuzz <= FUZZ && at < 0; fuzz++) {
                start = Math.min(fuzz, common(before, after));
                end = Math.min(fuzz, common(before.reversed(), after.reversed()));
                at = nearest(result, before.subList(start, Math.max(start, before.size() - end)), wanted + start);
            }
            if (at < 0) {
                throw new DoesNotFitException(before.isEmpty() ? "" : before.getFirst());
            }
            List<String> replaced = result.subList(at, at + Math.max(0, before.size() - start - end));
            replaced.clear();
            result.addAll(at, after.subList(start, Math.max(start, after.size() - end)));
            shift = at - start - part.getSource().getPosition() + after.size() - before.size();
        }
        return result;
    }

    /** How many lines two texts begin with alike. */
    private static int common(List<String> one, List<String> other) {
        int same = 0;
        while (same < one.size() && same < other.size() && one.get(same).equals(other.get(same))) {
            same++;
        }
        return same;
    }

    /** Where lines stand in a text, as near to a place as can be; -1 when they do not. */
    private static int nearest(List<String> text, List<String> lines, int wanted) {
        if (lines.isEmpty() && !text.isEmpty()) {
            return -1; // nothing to know the place by
        }
        int best = -1;
        for (int at = 0; at + lines.size() <= text.size(); at++) {
            boolean here = text.subList(at, at + lines.size()).equals(lines);
            if (here && (best < 0 || Math.abs(at - wanted) < Math.abs(best - wanted))) {
                best = at;
            }
        }
        return best;
    }

    /**
     * Keeps a file as somebody wants it.
     *
     * @param generated the file without any change
     * @param wanted the whole text; that of the generated file takes the change back
     */
    public void keep(String host, HostFile generated, String wanted) throws IOException {
        Path patch = patchOf(host, generated.path());
        List<String> before = lines(generated.content());
        List<String> after = lines(wanted);
        if (before.equals(after)) {
            Files.deleteIfExists(patch);
            return;
        }
        String name = generated.path().substring(1);
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(
                "generated/" + name, "wanted/" + name, before, DiffUtils.diff(before, after), CONTEXT);
        Files.createDirectories(patch.getParent());
        WholeFile.replace(patch, joined(diff));
    }

    /** The change of a file as it is kept. */
    public Optional<String> textOf(String host, String path) throws IOException {
        return has(host, path) ? Optional.of(Files.readString(patchOf(host, path))) : Optional.empty();
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    private static String joined(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
