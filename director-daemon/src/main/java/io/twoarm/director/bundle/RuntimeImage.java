package io.twoarm.director.bundle;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** The Java runtime of the bundle: the running JDK, cut down to the modules that the director needs. */
final class RuntimeImage {
    /** jdk.unsupported: signals. */
    private static final String MODULES = "java.base,jdk.unsupported";

    private static final List<String> OPTIONS = List.of(
            "--add-modules",
            MODULES,
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--compress",
            "zip-6");

    /** Programs of the runtime that a server has no use for. */
    private static final List<String> UNUSED_PROGRAMS = List.of("keytool", "jrunscript");

    /** Where glibc's dynamic linker is, by the kernel's name of the architecture. */
    private static final Map<String, String> LOADERS =
            Map.of("x86_64", "/lib64/ld-linux-x86-64.so.2", "aarch64", "/lib/ld-linux-aarch64.so.1");

    private RuntimeImage() {}

    /** Makes {@code runtime} in a folder, unless one of the same JDK and options is there. @return its path */
    static Path in(Path folder) throws IOException, InterruptedException {
        Path image = folder.resolve("runtime");
        Path stamp = folder.resolve("runtime.made-from");
        String madeFrom = Runtime.version() + " " + System.getProperty("java.vendor.version") + " " + OPTIONS;
        if (Files.exists(stamp) && Files.readString(stamp).equals(madeFrom)) {
            return image;
        }
        Files.deleteIfExists(stamp);
        Path staged = folder.resolve("runtime.new");
        delete(staged);
        delete(image);
        link(staged);
        archiveClasses(staged);
        Files.move(staged, image, StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(stamp, madeFrom);
        return image;
    }

    private static void link(Path image) throws IOException {
        ToolProvider jlink = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> new IllegalStateException("this Java has no jlink: a JDK is needed"));
        String[] arguments = Stream.concat(OPTIONS.stream(), Stream.of("--output", image.toString()))
                .toArray(String[]::new);
        StringWriter said = new StringWriter();
        PrintWriter output = new PrintWriter(said);
        int status = jlink.run(output, output, arguments);
        if (status != 0) {
            throw new IllegalStateException("jlink ended with status " + status + ": " + said);
        }
        for (String program : UNUSED_PROGRAMS) {
            Files.deleteIfExists(image.resolve("bin").resolve(program));
        }
        String architecture = switch (System.getProperty("os.arch")) {
            case "amd64" -> "x86_64";
            case String other -> other;
        };
        String loader = LOADERS.get(architecture);
        if (loader == null) {
            throw new IllegalStateException("architecture " + architecture + " is not one of " + LOADERS.keySet());
        }
        Files.writeString(image.resolve("architecture"), architecture + "\n");
        Files.writeString(image.resolve("loader"), loader + "\n");
    }

    /** Starts become faster by half. One archive fits the director (ZGC) and its control command. */
    private static void archiveClasses(Path image) throws IOException, InterruptedException {
        Process dump = new ProcessBuilder(
                        image.resolve("bin/java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:-UseCompressedOops",
                        "-Xlog:disable",
                        "-Xshare:dump")
                .inheritIO()
                .start();
        int status = dump.waitFor();
        if (status != 0) {
            throw new IllegalStateException("the class archive was not made: java -Xshare:dump gave " + status);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
