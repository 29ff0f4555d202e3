package io.twoarm.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The machine and the user that labs run on and for: where their run directories and cgroups go.
 *
 * @param kernel its release, such as {@code 6.1.0-56-amd64}
 * @param userId the numeric user id; 0 builds labs in root mode
 * @param runtimeDirectory below which the user may put things that need not outlive a boot; empty when there is none
 * @param cgroupMount where the unified cgroup hierarchy (cgroup2) is mounted; empty when it is not
 * @param ownCgroup this process's directory in it
 * @param path directories with programs
 */
record Machine(
        String kernel,
        int userId,
        String userName,
        Optional<Path> runtimeDirectory,
        Optional<Path> cgroupMount,
        Optional<Path> ownCgroup,
        List<Path> path) {
    /** Runs what follows in a cgroup that the user may divide further. */
    static final List<String> DELEGATED_SCOPE =
            List.of("systemd-run", "--user", "--scope", "--quiet", "--collect", "--property=Delegate=yes", "--");

    static Machine current() {
        try {
            int userId = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            Optional<Path> mount = cgroupMount(Files.readAllLines(Path.of("/proc/self/mounts")));
            Optional<Path> own = mount.flatMap(at -> ownCgroup(at, lines(Path.of("/proc/self/cgroup"))));
            String programs =
                    System.getenv().getOrDefault("PATH", "") + ":/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin";
            List<Path> path = Arrays.stream(programs.split(":"))
                    .filter(directory -> !directory.isEmpty())
                    .map(Path::of)
                    .toList();
            return new Machine(
                    System.getProperty("os.version"),
                    userId,
                    System.getProperty("user.name"),
                    runtimeDirectory(userId),
                    mount,
                    own,
                    path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> runtimeDirectory(int userId) {
        if (userId == 0) {
            return Optional.of(Path.of("/run"));
        }
        String named = System.getenv("XDG_RUNTIME_DIR");
        Path directory = named == null || named.isBlank() ? Path.of("/run/user", "" + userId) : Path.of(named);
        return Files.isWritable(directory) ? Optional.of(directory) : Optional.empty();
    }

    /** The standard place if it is one of several. */
    static Optional<Path> cgroupMount(List<String> mounts) {
        return mounts.stream()
                .map(line -> line.split(" "))
                .filter(words -> words.length > 2 && words[2].equals("cgroup2"))
                .map(words -> Path.of(words[1]))
                .sorted()
                .findFirst();
    }

    static Optional<Path> ownCgroup(Path mount, List<String> membership) {
        return membership.stream()
                .filter(line -> line.startsWith("0::/"))
                .map(line -> mount.resolve(line.substring("0::/".length())))
                .findFirst();
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a whole cgroup can be killed at once, as Linux can since 5.14. */
    boolean killsCgroups() {
        String[] numbers = kernel.split("[^0-9]+");
        int major = Integer.parseInt(numbers[0]);
        return major > 5 || major == 5 && Integer.parseInt(numbers[1]) >= 14;
    }

    LabMode mode() {
        return userId == 0 ? LabMode.ROOT : LabMode.ROOTLESS;
    }

    /** Where this user's labs have their run directories, by name. */
    Optional<Path> labs() {
        return runtimeDirectory.map(directory -> directory.resolve("twoarm").resolve("lab"));
    }

    /** Where a lab's cgroup can be had; empty when nowhere. Asks the user's systemd, which takes a few milliseconds. */
    Optional<CgroupSource> cgroupSource() {
        if (mode() == LabMode.ROOT) {
            return cgroupMount.filter(Files::isWritable).map(_ -> CgroupSource.TOP);
        }
        if (userManagerDelegates()) {
            return Optional.of(CgroupSource.USER_MANAGER);
        }
        return ownCgroup
                .filter(group -> Files.isWritable(group) && Files.isWritable(group.resolve("cgroup.procs")))
                .map(_ -> CgroupSource.OWN);
    }

    private boolean userManagerDelegates() {
        boolean present = runtimeDirectory
                .filter(directory -> Files.exists(directory.resolve("systemd/private")))
                .isPresent();
        if (!present || cgroupMount.isEmpty() || program("systemd-run").isEmpty()) {
            return false;
        }
        List<String> trial = new ArrayList<>(DELEGATED_SCOPE);
        trial.add("true");
        try {
            return new Command(trial).run("").succeeded();
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Optional<Path> program(String name) {
        return path.stream()
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
