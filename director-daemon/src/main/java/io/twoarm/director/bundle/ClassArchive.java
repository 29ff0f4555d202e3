package io.twoarm.director.bundle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The director's classes and those of the JDK that it uses, loaded and verified ahead of time (class data sharing). The JVM
 * accepts the archive for jars of the same names, sizes and times only, wherever their folder is then; with any other it
 * starts without.
 */
final class ClassArchive {
    private static final String CLASS = ".class";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String DPVS_CONF = """
            global_defs {
                log_level INFO
                <init> kni off
            }
            netif_defs {
                <init> pktpool_size 1023
                <init> device wan {
                    rx {
                        queue_number 1
                        descriptor_number 256
                    }
                    tx {
                        queue_number 1
                        descriptor_number 256
                    }
                }
            }
            worker_defs {
                <init> worker cpu0 {
                    type master
                    cpu_id 0
                }
                <init> worker cpu1 {
                    type slave
                    cpu_id 1
                    port wan {
                        rx_queue_ids 0
                        tx_queue_ids 0
                    }
                }
            }
            sa_pool {
                <init> flow_enable off
            }
            ipvs_defs {
                conn {
                    <init> conn_pool_size 65536
                }
                tcp {
                    timeout {
                        established 90
                    }
                }
            }
            """;

    /** Addresses for documentation (RFC 5737, RFC 3849). */
    private static final String KEEPALIVED_CONF = """
            static_ipaddress {
                192.0.2.100/32 dev wan
                2001:db8::100/128 dev wan
            }
            static_routes {
                192.0.2.0/24 dev wan
                198.51.100.0/24 dev wan
                2001:db8::/64 dev wan
                default via 192.0.2.254 dev wan
            }
            local_address_group locals {
                198.51.100.200 wan
            }
            virtual_server_group vips {
                192.0.2.100 80
            }
            virtual_server group vips {
                delay_loop 3
                protocol TCP
                lb_algo wrr
                lb_kind FNAT
                laddr_group_name locals
                real_server 198.51.100.1 80 {
                    weight 1
                    TCP_CHECK {
                        connect_timeout 3
                    }
                }
            }
            """;

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
        // The archive holds the path that it was made at: one for all folders, so that equal jars give equal archives.
        Path folder = Path.of(
                System.getProperty("java.io.tmpdir"), "twoarm-director-classes-" + System.getProperty("user.name"));
        Path lockFile = folder.resolveSibling(folder.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            Files.createDirectories(folder);
            clear(folder);
            List<Path> copies = new ArrayList<>();
            for (Path jar : jars) {
                Path copy = Files.copy(jar, folder.resolve(jar.getFileName()));
                Files.setLastModifiedTime(copy, FileTime.from(time));
                copies.add(copy);
            }
            new ClassArchive(folder, runtime).make(copies, archive);
            clear(folder);
            Files.delete(folder);
        }
        return archive;
    }

    private static void clear(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private void make(List<Path> jars, Path archive) throws IOException, InterruptedException {
        SequencedSet<String> names = new TreeSet<>();
        for (Path jar : jars) {
            names.addAll(classesOf(jar));
        }
        // Whatever comes of them: they only add classes of the JDK, and lambdas.
        names.addAll(seenBy(jars.getFirst(), List.of("--rehearse")));
        names.addAll(seenBy(jars.getFirst(), startWithoutInterfaces()));
        Path list = Files.write(folder.resolve("names"), names);
        Path made = folder.resolve("made");
        // The jar names the others in its manifest.
        List<String> dump = List.of(
                "-XX:+UseSerialGC",
                "-XX:-UseCompressedOops",
                "-Xlog:disable",
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + list,
                "-XX:SharedArchiveFile=" + made,
                "-cp",
                jars.getFirst().toString());
        start(dump, folder.resolve("dump")).waitFor();
        if (!Files.exists(made)) {
            throw new IllegalStateException("the class archive of the director was not made by " + java);
        }
        Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Arguments of a director with a port that leads nowhere, which a machine with DPDK can start. */
    private List<String> startWithoutInterfaces() throws IOException {
        Path dpvsConf = Files.writeString(folder.resolve("dpvs.conf"), DPVS_CONF);
        Path keepalivedConf = Files.writeString(folder.resolve("keepalived.conf"), KEEPALIVED_CONF);
        return List.of(
                "-c",
                dpvsConf.toString(),
                "-k",
                keepalivedConf.toString(),
                "-p",
                folder.resolve("pid").toString(),
                "-x",
                folder.resolve("ipc").toString(),
                "--",
                "--no-pci",
                "--no-huge",
                "--vdev=net_null0");
    }

    /** What the director loads until it is ready or ends, as lines of a class list. */
    private List<String> seenBy(Path jar, List<String> arguments) throws IOException, InterruptedException {
        Path seen = Files.createTempFile(folder, "seen", "");
        List<String> words = new ArrayList<>(
                List.of("-Xshare:off", "-Xlog:disable", "-XX:DumpLoadedClassList=" + seen, "-jar", jar.toString()));
        words.addAll(arguments);
        Path said = Files.createTempFile(folder, "said", "");
        Process process = start(words, said);
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
            if (System.nanoTime() > limit) {
                process.destroyForcibly();
            } else if (Files.readString(said).contains("ready in ")) {
                process.destroy();
            }
        }
        return Files.readAllLines(seen).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll(" id: .*", ""))
                .toList();
    }

    private Process start(List<String> words, Path said) throws IOException {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(words);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
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
