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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
     * A change that could not be made.
     *
     * @param path of the file on its host that it is about, which the design need not generate
     * @param message names the patch, its line, what was found there and the fix
     */
    public record Misfit(String host, String path, String message) {}

    /**
     * The files of all hosts with the changes that fit.
     *
     * @param hosts a file whose change does not fit is there as it is generated
     * @param misfits by their patches' names
     */
    public record Attempt(List<HostArtifacts> hosts, List<Misfit> misfits) {
        public Attempt {
            hosts = List.copyOf(hosts);
            misfits = List.copyOf(misfits);
        }
    }

    /**
     * The files of all hosts with the changes in them.
     *
     * @param generated those of all hosts
     * @throws EngineException when a change no longer fits, belongs to no file any more, or cannot be read
     */
    public List<HostArtifacts> applied(List<HostArtifacts> generated) {
        Attempt attempt = attempt(generated);
        attempt.misfits().stream().findFirst().ifPresent(misfit -> {
            throw new EngineException(misfit.message());
        });
        return attempt.hosts();
    }

    /** The same for those who look at files: a change that does not fit keeps nobody from seeing the others. */
    public Attempt attempt(List<HostArtifacts> generated) {
        if (!Files.isDirectory(project.resolve(FOLDER))) {
            return new Attempt(generated, List.of());
        }
        SortedMap<Path, Misfit> misfits = new TreeMap<>();
        findUnused(generated, misfits);
        List<HostArtifacts> hosts =
                generated.stream().map(host -> applied(host, misfits)).toList();
        return new Attempt(hosts, List.copyOf(misfits.values()));
    }

    private HostArtifacts applied(HostArtifacts host, Map<Path, Misfit> misfits) {
        return new HostArtifacts(
                host.host(),
                host.packages(),
                host.daemonBundle(),
                host.files().stream()
                        .map(file -> applied(host.host(), file, misfits))
                        .toList(),
                host.validations(),
                host.services(),
                host.withoutBpf().map(other -> applied(other, misfits)));
    }

    private void findUnused(List<HostArtifacts> generated, Map<Path, Misfit> misfits) {
        Set<Path> used = generated.stream()
                .flatMap(host -> Stream.concat(Stream.of(host), host.withoutBpf().stream()))
                .flatMap(host -> host.files().stream().map(file -> patchOf(host.host(), file.path())))
                .collect(Collectors.toSet());
        try (Stream<Path> kept = Files.walk(project.resolve(FOLDER))) {
            kept.filter(file -> file.toString().endsWith(SUFFIX) && !used.contains(file))
                    .forEach(unused -> misfits.put(unused, unused(unused)));
        } catch (IOException e) {
            throw new EngineException(
                    "%s cannot be read: %s%n        fix:     see that this user may read it"
                            .formatted(project.resolve(FOLDER), e.getMessage()),
                    e);
        }
    }

    private Misfit unused(Path patch) {
        Path below = project.resolve(FOLDER).relativize(patch);
        String path = below.getNameCount() < 2
                ? ""
                : "/" + below.subpath(1, below.getNameCount()).toString().replaceFirst(SUFFIX + "$", "");
        return new Misfit(
                below.getName(0).toString(),
                path,
                "%s belongs to no file that the design generates%n".formatted(patch)
                        + "        cause:   its host has another name now, or has no such file any more\n"
                        + "        fix:     move it to %s/HOST/PATH%s, or delete it"
                                .formatted(project.resolve(FOLDER), SUFFIX));
    }

    private HostFile applied(String host, HostFile file, Map<Path, Misfit> misfits) {
        Path patch = patchOf(host, file.path());
        if (!Files.isRegularFile(patch)) {
            return file;
        }
        try {
            List<String> diff = Files.readAllLines(patch);
            String content = joined(applied(diff, lines(file.content())));
            return new HostFile(
                    file.path(),
                    file.mode(),
                    content,
                    file.reason() + " Changed by hand in " + project.relativize(patch) + ".");
        } catch (DoesNotFitException e) {
            misfits.put(
                    patch,
                    new Misfit(
                            host,
                            file.path(),
                            ("%s:%d no longer fits the file that the design generates: %s%n"
                                            + "        fix:     change %s of %s again, or delete the patch to take the file as generated")
                                    .formatted(patch, e.line, e.getMessage(), file.path(), host)));
        } catch (IOException | IndexOutOfBoundsException e) {
            misfits.put(
                    patch,
                    new Misfit(
                            host,
                            file.path(),
                            "%s cannot be read as a unified diff: %s%n        fix:     delete it to take the file as generated"
                                    .formatted(patch, e.getMessage())));
        }
        return file;
    }

    /** A part of a change has no place in a text. */
    private static final class DoesNotFitException extends Exception {
        private static final long serialVersionUID = 1;

        /** Of the part in its patch, from 1. */
        private final int line;

        DoesNotFitException(int line, String text) {
            super("nothing there is like \"" + text + "\" with what stands around it");
            this.line = line;
        }
    }

    /** Puts each part of a change where its lines stand now, which may be elsewhere than they stood. */
    private static List<String> applied(List<String> diff, List<String> text) throws DoesNotFitException {
        Patch<String> change = UnifiedDiffUtils.parseUnifiedDiff(diff);
        Iterator<Integer> headers = IntStream.range(0, diff.size())
                .filter(line -> diff.get(line).startsWith("@@"))
                .iterator();
        List<String> result = new ArrayList<>(text);
        int shift = 0;
        for (AbstractDelta<String> part : change.getDeltas()) {
            List<String> before = part.getSource().getLines();
            List<String> after = part.getTarget().getLines();
            int header = headers.hasNext() ? headers.next() + 1 : 1;
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
                throw new DoesNotFitException(header, before.isEmpty() ? "" : before.getFirst());
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
