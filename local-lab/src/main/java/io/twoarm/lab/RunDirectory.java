package io.twoarm.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A lab's place in the file system. It is there exactly as long as the lab, and tells every process of the same user
 * all about it.
 *
 * <pre>
 * alive           FIFO that the keeper and the janitor hold open: its end says that all is done
 * cgroup, number, mode, keeper, pod     one line each; the last two are process ids
 * events          FIFO to the keeper
 * impaired/       one file per cable that was impaired
 * hosts/NAME/     state (a {@link HostStatus}), host_key, host_key.pub
 * identity(.pub)  the key that every host's root account accepts
 * known_hosts     the hosts' keys
 * log/            one file per process that can fail
 * plan/           the topology as tables, see {@link LabPlan}
 * scripts/        see {@link Script}
 * work/           where the pod mounts what it builds
 * </pre>
 *
 * @param claim the name by which the kernel knows the lab, an abstract Unix socket
 */
record RunDirectory(Path path, String name, String claim) {
    private static final long NANOSECONDS_BETWEEN_LOOKS = 5_000_000;
    private static final int LOOKS = 2_000;

    static RunDirectory of(Machine machine, String name) {
        Path labs = machine.labs()
                .orElseThrow(() -> new LabException(
                        "there is no directory for a lab's files",
                        "user " + machine.userName(),
                        "export XDG_RUNTIME_DIR=/run/user/" + machine.userId()));
        return new RunDirectory(labs.resolve(name), name, "twoarm-lab/" + machine.userId() + "/" + name);
    }

    /** Whether a keeper or janitor is at work there, so that the lab lives or is just being removed. */
    boolean isClaimed() {
        return Machine.lines(Path.of("/proc/net/unix")).stream().anyMatch(line -> line.endsWith(" @" + claim));
    }

    boolean isRunning() {
        return isClaimed() && Files.exists(path.resolve("number"));
    }

    /**
     * Everything the scripts read, in a directory beside the final one; the keeper renames it.
     *
     * @return that directory
     */
    Path prepare(LabPlan plan) throws IOException {
        Path staging = path.resolveSibling(
                ".start-" + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()));
        for (int attempt = 0; ; attempt++) {
            try {
                Files.createDirectories(path.getParent());
                Files.createDirectory(
                        staging, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                break;
            } catch (NoSuchFileException e) {
                // The last lab's janitor has just removed the empty parent.
                if (attempt == 100) {
                    throw e;
                }
            }
        }
        Script.unpack(staging.resolve("scripts"));
        for (String part : List.of("hosts", "log", "plan", "work")) {
            Files.createDirectory(staging.resolve(part));
        }
        Path tables = staging.resolve("plan");
        Files.writeString(tables.resolve("segments"), plan.segmentTable());
        Files.writeString(tables.resolve("hosts"), plan.hostTable());
        Files.writeString(tables.resolve("ports"), plan.portTable());
        Files.writeString(tables.resolve("vlans"), LabVlan.table(plan.vlans()));
        Files.writeString(tables.resolve("etc-hosts"), plan.hostsFile());
        Files.writeString(tables.resolve("directories"), variableDirectories());
        return staging;
    }

    /**
     * What the installed packages made below /var, since their programs expect it. Read here, because in rootless mode
     * the pod cannot see who owns what: lines {@code OWNER GROUP MODE PATH}.
     */
    private static String variableDirectories() throws IOException {
        StringBuilder table = new StringBuilder();
        for (String parent : List.of("/var/lib", "/var/log", "/var/cache", "/var/spool")) {
            try (var entries = Files.newDirectoryStream(Path.of(parent), entry -> Files.isDirectory(entry))) {
                for (Path entry : entries) {
                    Map<String, Object> facts = Files.readAttributes(entry, "unix:uid,gid,mode");
                    int mode = (Integer) facts.get("mode") & 07777;
                    table.append(facts.get("uid")).append(' ').append(facts.get("gid"));
                    table.append(' ')
                            .append(Integer.toOctalString(mode))
                            .append(' ')
                            .append(entry)
                            .append('\n');
                }
            }
        }
        return table.toString();
    }

    int number() {
        return Integer.parseInt(read("number"));
    }

    LabMode mode() {
        return LabMode.valueOf(read("mode").toUpperCase(Locale.ROOT));
    }

    Path cgroup() {
        return Path.of(read("cgroup"));
    }

    long keeper() {
        return Long.parseLong(read("keeper"));
    }

    /** The process whose network namespace holds the switches, and whose children are the lab. */
    long pod() {
        return Long.parseLong(read("pod"));
    }

    LabPlan plan() {
        String ports = readWhole("plan/ports");
        try {
            return LabPlan.parse(readWhole("plan/segments"), readWhole("plan/hosts"), ports, readWhole("plan/vlans"));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new LabException(
                    "the lab \"" + name + "\" was started by another version of TwoArm",
                    path.resolve("plan/ports").toString(),
                    "stop it with: twoarm lab down " + name + "\nand start it again",
                    e);
        }
    }

    List<LabHost> hosts() {
        int number = number();
        List<String> names = readWhole("plan/hosts").lines().toList();
        List<LabHost> hosts = new ArrayList<>();
        for (int index = 0; index < names.size(); index++) {
            hosts.add(new LabHost(
                    names.get(index),
                    "127.77." + number + "." + (index + 1),
                    2222,
                    "root",
                    path.resolve("identity"),
                    path.resolve("known_hosts")));
        }
        return List.copyOf(hosts);
    }

    /** What the script {@link Script#IMPAIR} wrote down: one file per impaired cable. */
    List<ImpairedPort> impairments() {
        Path directory = path.resolve("impaired");
        List<ImpairedPort> impaired = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files =
                Files.newDirectoryStream(directory, file -> !file.toString().endsWith(".relay"))) {
            for (Path file : files) {
                List<String> words = List.of(Files.readString(file).strip().split(" "));
                impaired.add(
                        new ImpairedPort(words.get(0), words.get(1), Impairment.of(words.subList(2, words.size()))));
            }
        } catch (IOException | IndexOutOfBoundsException e) {
            // Just being written or repaired; the next look shows it.
        }
        impaired.sort(Comparator.comparing(ImpairedPort::host).thenComparing(ImpairedPort::port));
        return List.copyOf(impaired);
    }

    Map<String, HostStatus> statuses(List<LabHost> hosts) {
        Map<String, HostStatus> statuses = new LinkedHashMap<>();
        for (LabHost host : hosts) {
            statuses.put(host.name(), status(host.name()));
        }
        return statuses;
    }

    private HostStatus status(String host) {
        try {
            return HostStatus.valueOf(
                    Files.readString(path.resolve("hosts").resolve(host).resolve("state"))
                            .strip()
                            .toUpperCase(Locale.ROOT));
        } catch (IOException e) {
            return HostStatus.GONE;
        }
    }

    private String read(String file) {
        return readWhole(file).strip();
    }

    private String readWhole(String file) {
        try {
            return Files.readString(path.resolve(file));
        } catch (IOException e) {
            throw new LabException(
                    "the lab \"" + name + "\" has ended, or its files were tampered with",
                    path.resolve(file).toString(),
                    "start the lab again",
                    e);
        }
    }

    /** Returns when the keeper and the janitor have ended, so that nothing is left and the name is free. */
    void awaitEnd() {
        Path alive = path.resolve("alive");
        if (Files.exists(alive)) {
            readToEnd(alive);
        }
        for (int look = 0; isClaimed() && look < LOOKS; look++) {
            LockSupport.parkNanos(NANOSECONDS_BETWEEN_LOOKS);
        }
    }

    /** Opening only the reading end would wait for a writer that may never come again, so it opens both first. */
    private static void readToEnd(Path fifo) {
        try (InputStream end = openBesideWriter(fifo)) {
            end.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // It went away while it was opened: the janitor is at its last line.
        }
    }

    private static InputStream openBesideWriter(Path fifo) throws IOException {
        try (FileChannel _ = FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return Files.newInputStream(fifo);
        }
    }

    /**
     * Removes what a lab left whose keeper and janitor were both killed. Does nothing while the lab is claimed.
     *
     * @throws IOException when the cleaning cannot be started
     */
    void removeRemains() throws IOException, InterruptedException {
        Path scripts = path.resolve("scripts");
        if (!isClaimed() && Files.exists(scripts.resolve(Script.JANITOR.fileName()))) {
            // Under the lab's name, so that nobody starts one of that name meanwhile.
            String doors = scripts.resolve(Script.DOORS.fileName()).toString();
            String janitor = scripts.resolve(Script.JANITOR.fileName()).toString();
            new Command("perl", doors, claim, "0", "bash", janitor, path.toString(), "now").run("");
        }
    }

    /** Removes what starts that were killed before their keeper ran have left beside the labs. */
    static void removeDeadStarts(Path labs) throws IOException {
        if (!Files.isDirectory(labs)) {
            return;
        }
        try (var entries = Files.newDirectoryStream(labs, ".start-*")) {
            for (Path entry : entries) {
                long pid = Long.parseLong(entry.getFileName().toString().split("-")[1]);
                if (ProcessHandle.of(pid).isEmpty()) {
                    delete(entry);
                }
            }
        }
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
