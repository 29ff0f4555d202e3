package io.twoarm.director.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The director's classes and those of the JDK that it uses, loaded and verified ahead of time (class data sharing). The JVM
 * accepts the archive for jars of the same names, sizes and times only, wherever their folder is then; with any other it
 * starts without.
 */
final class ClassArchive {
    private static final String CLASS = ".class";

    private final Path folder;
    private final Path java;

    private ClassArchive(Path folder, Path runtime) {
        this.folder = folder;
        java = runtime.resolve("bin/java");
    }

    /**
     * Makes {@code director.jsa} in a folder.
     *
     * @param jars the director's jar first, then what it needs
     * @param time that the jars will have where they are used
     * @return its path
     */
    static Path in(Path target, Path runtime, List<Path> jars, Instant time) throws IOException, InterruptedException {
        Path archive = target.resolve("director.jsa");
        Path folder = Files.createTempDirectory(target, "archive");
        try {
            List<Path> copies = new ArrayList<>();
            for (Path jar : jars) {
                Path copy = Files.copy(jar, folder.resolve(jar.getFileName()));
                Files.setLastModifiedTime(copy, FileTime.from(time));
                copies.add(copy);
            }
            new ClassArchive(folder, runtime).make(copies, archive);
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
        return archive;
    }

    private void make(List<Path> jars, Path archive) throws IOException, InterruptedException {
        Path seen = folder.resolve("seen");
        // Whatever comes of it: this only adds classes of the JDK, and lambdas.
        run(
                "-Xshare:off",
                "-Xlog:disable",
                "-XX:DumpLoadedClassList=" + seen,
                "-jar",
                jars.getFirst().toString(),
                "--rehearse");
        SequencedSet<String> names = new TreeSet<>();
        for (Path jar : jars) {
            names.addAll(classesOf(jar));
        }
        if (Files.exists(seen)) {
            Files.readAllLines(seen).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.replaceAll(" id: .*", ""))
                    .forEach(names::add);
        }
        Path list = Files.write(folder.resolve("names"), names);
        Path made = folder.resolve("made");
        // The jar names the others in its manifest.
        run(
                "-XX:+UseSerialGC",
                "-XX:-UseCompressedOops",
                "-Xlog:disable",
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + list,
                "-XX:SharedArchiveFile=" + made,
                "-cp",
                jars.getFirst().toString());
        if (!Files.exists(made)) {
            throw new IllegalStateException("the class archive of the director was not made by " + java);
        }
        Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING);
    }

    private void run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        process.waitFor();
    }

    private static List<String> classesOf(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(CLASS) && !name.contains("-info"))
                    .map(name -> name.substring(0, name.length() - CLASS.length()))
                    .toList();
        }
    }
}
