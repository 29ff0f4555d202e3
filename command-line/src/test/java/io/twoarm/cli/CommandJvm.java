package io.twoarm.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * The JVM of a command in a test: it has the classes in jars and a cache of what a first command has loaded and learned, as
 * users have it from {@code tools/build}. A command then takes two thirds of the processor's time. The cache outlives the test run; it
 * is made again when what is tested has changed.
 */
final class CommandJvm {
    private static final Path ROOT = Path.of(System.getProperty("twoarm.root"));
    private static final Path FOLDER = ROOT.resolve("command-line/target/test-command");
    private static final Path CACHE = FOLDER.resolve("twoarm.aot");
    private static final Path DESIGN =
            ROOT.resolve("templates/src/main/resources/io/twoarm/templates/topologies/two-arm-fullnat");

    private static List<String> command = List.of();

    private CommandJvm() {}

    /** The command line of {@code twoarm}, but for its arguments. */
    static synchronized List<String> command() throws IOException, InterruptedException {
        if (command.isEmpty()) {
            List<Path> tested = Pattern.compile(Pattern.quote(File.pathSeparator))
                    .splitAsStream(System.getProperty("java.class.path"))
                    .map(Path::of)
                    .filter(entry -> !entry.endsWith("test-classes"))
                    .filter(Files::exists)
                    .toList();
            if (!Files.exists(CACHE) || newest(tested).compareTo(Files.getLastModifiedTime(CACHE)) >= 0) {
                makeCache(tested);
            }
            command = commandLine("-XX:AOTCache=" + CACHE, jars(tested));
        }
        return command;
    }

    private static FileTime newest(List<Path> entries) throws IOException {
        FileTime newest = FileTime.fromMillis(0);
        for (Path entry : entries) {
            try (Stream<Path> files = Files.walk(entry)) {
                for (Path file : files.toList()) {
                    FileTime changed = Files.getLastModifiedTime(file);
                    newest = changed.compareTo(newest) > 0 ? changed : newest;
                }
            }
        }
        return newest;
    }

    private static void makeCache(List<Path> tested) throws IOException, InterruptedException {
        delete(FOLDER);
        Files.createDirectories(FOLDER);
        for (int i = 0; i < tested.size(); i++) {
            if (Files.isDirectory(tested.get(i))) {
                jar(tested.get(i), jar(i));
            }
        }
        List<String> first = new ArrayList<>(commandLine("-XX:AOTCacheOutput=" + CACHE, jars(tested)));
        first.addAll(List.of(
                "generate", DESIGN.toString(), "--out", FOLDER.resolve("first").toString()));
        Process process = new ProcessBuilder(first).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0 || !Files.exists(CACHE)) {
            throw new AssertionError("there is no cache of a first command, which said:\n" + said);
        }
    }

    /** The JVM takes a cache for jars only. */
    private static String jars(List<Path> tested) {
        List<String> jars = new ArrayList<>();
        for (int i = 0; i < tested.size(); i++) {
            jars.add((Files.isDirectory(tested.get(i)) ? jar(i) : tested.get(i)).toString());
        }
        return String.join(File.pathSeparator, jars);
    }

    private static Path jar(int place) {
        return FOLDER.resolve(place + ".jar");
    }

    private static void jar(Path classes, Path jar) {
        ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
        int status = tool.run(
                System.out, System.err, "--create", "--no-compress", "--file=" + jar, "-C", classes.toString(), ".");
        if (status != 0) {
            throw new AssertionError("jar ended with status " + status);
        }
    }

    private static List<String> commandLine(String cache, String classPath) {
        Path bundle = ROOT.resolve("director-daemon/target/bundle/twoarm-director.tar.gz");
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                cache,
                "-Dtwoarm.bundle=" + bundle,
                "-cp",
                classPath,
                "io.twoarm.cli.TwoArm");
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
