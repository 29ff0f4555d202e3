package io.twoarm.director.bundle;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** The build step that packs {@code twoarm-director.tar.gz}. */
public final class BundleBuilder {
    private static final String TOP = "twoarm-director";

    private final Path target;
    private final Path launchers;
    private final Path licence;
    private final List<Path> jars;
    private final Instant time;

    private BundleBuilder(Path target, Path launchers, Path licence, List<Path> jars, Instant time) {
        this.target = target;
        this.launchers = launchers;
        this.licence = licence;
        this.jars = jars;
        this.time = time;
    }

    /**
     * Arguments: folder for the archive, folder with {@code bin} and {@code lib} of the bundle, licence file, the daemon's
     * jar, class path with the classes that this jar was made from and the jars it needs, ISO 8601 time of all entries.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 6) {
            throw new IllegalArgumentException("usage: BundleBuilder TARGET LAUNCHERS LICENCE JAR CLASSPATH TIME");
        }
        Path jar = Path.of(arguments[3]);
        List<Path> jars = Stream.of(arguments[4].split(File.pathSeparator))
                .map(Path::of)
                .map(entry -> entry.equals(jar.resolveSibling("classes")) ? jar : entry)
                .toList();
        new BundleBuilder(
                        Path.of(arguments[0]),
                        Path.of(arguments[1]),
                        Path.of(arguments[2]),
                        jars,
                        Instant.parse(arguments[5]))
                .build();
    }

    private void build() throws IOException, InterruptedException {
        Files.createDirectories(target);
        Path runtime = RuntimeImage.in(target);
        SequencedMap<String, Path> entries = new TreeMap<>();
        entries.put("LICENSE", licence);
        for (Path jar : jars) {
            if (!Files.isRegularFile(jar)) {
                throw new IllegalArgumentException("no jar: " + jar + "; run the build up to the phase \"package\"");
            }
            entries.put("lib/" + jar.getFileName(), jar);
        }
        addTree(entries, "", launchers);
        addTree(entries, "runtime/", runtime);

        Path archive = target.resolve(TOP + ".tar.gz");
        Path stamp = target.resolve("inputs.sha256");
        String inputs = digest(entries);
        if (Files.exists(archive)
                && Files.exists(stamp)
                && Files.readString(stamp).equals(inputs)) {
            return;
        }
        Files.deleteIfExists(stamp);
        entries.put("lib/director.jsa", ClassArchive.in(target, runtime, jars, time));
        Path staged = target.resolve(TOP + ".tar.gz.new");
        write(entries, staged);
        Files.move(staged, archive, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(stamp, inputs);
    }

    private static void addTree(SequencedMap<String, Path> entries, String prefix, Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(path -> !path.equals(folder)).toList()) {
                entries.put(prefix + folder.relativize(path), path);
            }
        }
    }

    private void write(SequencedMap<String, Path> entries, Path file) throws IOException {
        OutputStream zipped = new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
        try (TarWriter tar = new TarWriter(zipped, time.getEpochSecond())) {
            tar.folder(TOP);
            for (String folder : foldersOf(entries)) {
                tar.folder(TOP + "/" + folder);
            }
            for (var entry : entries.entrySet()) {
                String name = TOP + "/" + entry.getKey();
                Path path = entry.getValue();
                if (Files.isSymbolicLink(path)) {
                    tar.symbolicLink(name, Files.readSymbolicLink(path).toString());
                } else if (Files.isRegularFile(path)) {
                    tar.file(name, Files.readAllBytes(path), isExecutable(entry.getKey(), path));
                }
            }
        }
    }

    private static Iterable<String> foldersOf(SequencedMap<String, Path> entries) {
        TreeMap<String, Boolean> folders = new TreeMap<>();
        for (String name : entries.keySet()) {
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                folders.put(name.substring(0, slash), true);
            }
        }
        return folders.keySet();
    }

    /** The rights of a checkout may differ; what matters are commands and what the runtime starts. */
    private static boolean isExecutable(String name, Path path) {
        return name.startsWith("bin/") || name.startsWith("runtime/") && Files.isExecutable(path);
    }

    private String digest(SequencedMap<String, Path> entries) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(time.toString().getBytes(StandardCharsets.UTF_8));
            for (var entry : entries.entrySet()) {
                digest.update((entry.getKey() + "\n").getBytes(StandardCharsets.UTF_8));
                if (Files.isRegularFile(entry.getValue())) {
                    digest.update(Files.readAllBytes(entry.getValue()));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
