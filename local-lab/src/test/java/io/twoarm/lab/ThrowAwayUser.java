package io.twoarm.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An ordinary user as a desktop has one: subordinate numbers, a runtime directory and a cgroup of its own. Closing it
 * removes the user and all that. Only root can make one.
 */
final class ThrowAwayUser implements AutoCloseable {
    private final String name;
    private final int id;
    private final Path runtime;
    private final boolean hadUsers;
    private final Path cgroup;
    private final Path programs;

    ThrowAwayUser(String name, boolean subordinates) throws IOException, InterruptedException {
        assertThat(Machine.current().userId())
                .as("this test makes a throw-away user and so has to be run by root: sudo ./check")
                .isZero();
        this.name = name;
        remove(name);
        run("useradd", "--no-create-home", "--user-group", "--shell", "/bin/bash", name);
        if (!subordinates) {
            // useradd gives some by itself, as login.defs(5) says.
            run("sed", "-i", "/^" + name + ":/d", "/etc/subuid", "/etc/subgid");
        }
        id = Integer.parseInt(new Command("id", "-u", name).run("").output().getFirst());
        runtime = Path.of("/run/user", "" + id);
        hadUsers = Files.exists(runtime.getParent());
        cgroup = Machine.current().cgroupMount().orElseThrow().resolve(name);
        run("install", "-d", "-m", "700", "-o", name, "-g", name, runtime.toString());
        run("mkdir", cgroup.toString());
        run("chown", "-R", name + ":", cgroup.toString());
        programs = Files.createTempDirectory(
                name, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        copyClasses();
    }

    /** The user cannot read the home directory in which these classes may lie. */
    private void copyClasses() throws IOException, InterruptedException {
        int index = 0;
        for (Class<?> one : List.of(LocalLab.class, LabOwner.class, io.twoarm.model.Topology.class)) {
            String place =
                    one.getProtectionDomain().getCodeSource().getLocation().getPath();
            run("cp", "-r", place, programs.resolve("" + index++).toString());
        }
        run("chmod", "-R", "a+rX", programs.toString());
    }

    private String classPath() throws IOException {
        List<String> parts = new ArrayList<>();
        try (var entries = Files.newDirectoryStream(programs)) {
            entries.forEach(entry -> parts.add(entry.toString()));
        }
        return String.join(":", parts);
    }

    Path runtime() {
        return runtime;
    }

    Path cgroup() {
        return cgroup;
    }

    /** The labs of this user, seen by root. */
    LocalLab labs() {
        Machine root = Machine.current();
        return new LocalLab(new Machine(
                root.kernel(), id, name, Optional.of(runtime), root.cgroupMount(), Optional.of(cgroup), root.path()));
    }

    /** Runs {@link LabOwner} as this user, in a cgroup of the user when {@code delegated}. */
    Process own(String lab, boolean delegated) throws IOException {
        String enter = delegated ? "echo 0 >" + cgroup + "/cgroup.procs; " : "";
        return new Command(
                        "bash",
                        "-euc",
                        enter + "cd /; exec setpriv --reuid " + id + " --regid " + id
                                + " --init-groups env --ignore-environment PATH=/usr/bin:/bin XDG_RUNTIME_DIR="
                                + runtime
                                + " " + System.getProperty("java.home") + "/bin/java -XX:TieredStopAtLevel=1 -cp "
                                + classPath() + " " + LabOwner.class.getName() + " " + lab + " owned")
                .builder()
                .start();
    }

    /**
     * Runs {@link LabOwner} as this user in a cgroup of root's, beside a systemd of the user. The latter runs in a
     * mount namespace of its own, where it believes that the machine was booted with systemd.
     */
    Process ownBesideManager(String lab) throws IOException, InterruptedException {
        run("mkdir", cgroup + "/session");
        return new Command("unshare", "--mount", "bash", "-euc", """
                        mkdir -p /run/systemd
                        mount -t tmpfs tmpfs /run/systemd
                        mkdir /run/systemd/system
                        cd /
                        as_user() { exec setpriv --reuid %1$d --regid %1$d --init-groups env --ignore-environment \
                            PATH=/usr/bin:/bin XDG_RUNTIME_DIR=%2$s "$@"; }
                        (echo 0 >%3$s/cgroup.procs; as_user /usr/lib/systemd/systemd --user) </dev/null >/dev/null 2>&1 &
                        manager=$!
                        trap 'kill $manager; wait $manager || :' EXIT
                        for attempt in $(seq 500); do [ -e %2$s/systemd/private ] && break; sleep 0.02; done
                        (echo 0 >%3$s/session/cgroup.procs; as_user %4$s/bin/java -cp %5$s %6$s %7$s owned)
                        """.formatted(
                                id,
                                runtime,
                                cgroup,
                                System.getProperty("java.home"),
                                classPath(),
                                LabOwner.class.getName(),
                                lab))
                .builder()
                .start();
    }

    @Override
    public void close() throws IOException {
        try {
            remove(name);
            Files.walkFileTree(programs, DELETE);
            Files.walkFileTree(runtime, DELETE);
            if (!hadUsers) {
                Files.deleteIfExists(runtime.getParent());
            }
            run("find", cgroup.toString(), "-depth", "-type", "d", "-exec", "rmdir", "{}", ";");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(String name) throws IOException, InterruptedException {
        if (new Command("id", "-u", name).run("").succeeded()) {
            run("userdel", "--force", name);
        }
    }

    private static void run(String... words) throws IOException, InterruptedException {
        Command.Outcome outcome = new Command(words).run("");
        assertThat(outcome.status())
                .as("%s: %s", List.of(words), outcome.output())
                .isZero();
    }

    private static final SimpleFileVisitor<Path> DELETE = new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    };
}
