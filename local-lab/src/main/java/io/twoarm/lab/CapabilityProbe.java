package io.twoarm.lab;

import io.twoarm.lab.Capabilities.Missing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Finds out what a machine can do for a lab, by looking and by trying in throw-away namespaces. */
final class CapabilityProbe {
    /** How many numbers systemd and the service accounts of Debian need at least: up to 65534, nobody. */
    private static final long NUMBERS = 65536;

    private static final Map<String, String> PACKAGE_OF = packages();
    private static final Map<String, String> OTHER_FILES = Map.of(
            "/usr/sbin/sshd", "openssh-server",
            "/usr/lib/systemd/systemd", "systemd");

    private final Machine machine;
    private final List<Missing> missing = new ArrayList<>();

    CapabilityProbe(Machine machine) {
        this.machine = machine;
    }

    private static Map<String, String> packages() {
        Map<String, String> packages = new LinkedHashMap<>();
        for (String program : List.of("unshare", "nsenter", "setpriv", "setsid")) {
            packages.put(program, "util-linux");
        }
        packages.put("mount", "mount");
        packages.put("ip", "iproute2");
        packages.put("ethtool", "ethtool");
        packages.put("bash", "bash");
        packages.put("perl", "perl-base");
        packages.put("tar", "tar");
        packages.put("find", "findutils");
        packages.put("awk", "mawk");
        packages.put("hostname", "hostname");
        packages.put("ssh-keygen", "openssh-client");
        return packages;
    }

    Capabilities probe() {
        programs();
        if (machine.mode() == LabMode.ROOTLESS) {
            runtimeDirectory();
            subordinateNumbers("/etc/subuid", "user");
            subordinateNumbers("/etc/subgid", "group");
        }
        cgroup();
        if (missing.stream().noneMatch(Missing::required)) {
            trial();
        }
        tun();
        missing.sort(Comparator.comparing(Missing::required).reversed());
        return new Capabilities(machine.mode(), missing);
    }

    private void programs() {
        Map<String, TreeSet<String>> wanted = new LinkedHashMap<>();
        PACKAGE_OF.forEach((program, from) -> {
            if (machine.program(program).isEmpty()) {
                wanted.computeIfAbsent(from, _ -> new TreeSet<>()).add(program);
            }
        });
        OTHER_FILES.forEach((file, from) -> {
            if (!Files.isExecutable(Path.of(file))) {
                wanted.computeIfAbsent(from, _ -> new TreeSet<>()).add(file);
            }
        });
        if (machine.mode() == LabMode.ROOTLESS && machine.program("newuidmap").isEmpty()) {
            wanted.computeIfAbsent("uidmap", _ -> new TreeSet<>()).add("newuidmap");
        }
        wanted.forEach((from, programs) ->
                missing.add(new Missing(String.join(", ", programs), "labs are built with it", install(from), true)));
        if (machine.program("tcpdump").isEmpty()) {
            missing.add(new Missing("tcpdump", "no captures on a lab's wires", install("tcpdump"), false));
        }
    }

    private static String install(String packageName) {
        return "sudo apt-get install --no-install-recommends " + packageName;
    }

    private void runtimeDirectory() {
        if (machine.runtimeDirectory().isEmpty()) {
            missing.add(new Missing(
                    "/run/user/" + machine.userId(),
                    "there is no place for a lab's files",
                    "sudo loginctl enable-linger " + machine.userName() + " && export XDG_RUNTIME_DIR=/run/user/"
                            + machine.userId(),
                    true));
        }
    }

    private void subordinateNumbers(String file, String kind) {
        List<String> lines = Files.isReadable(Path.of(file)) ? Machine.lines(Path.of(file)) : List.of();
        SubordinateNumbers numbers = SubordinateNumbers.parse(lines);
        if (numbers.largestRangeOf(machine.userName(), machine.userId()) < NUMBERS) {
            long start = numbers.firstFree();
            String option = kind.equals("user") ? "--add-subuids" : "--add-subgids";
            missing.add(new Missing(
                    "a line for " + machine.userName() + " in " + file,
                    "a lab host's accounts need " + NUMBERS + " subordinate " + kind + " numbers",
                    "sudo usermod " + option + " " + start + "-" + (start + NUMBERS - 1) + " " + machine.userName(),
                    true));
        }
    }

    private void cgroup() {
        if (!machine.killsCgroups()) {
            missing.add(new Missing(
                    "Linux 5.14 or newer, where this is " + machine.kernel(),
                    "labs are ended by cgroup.kill",
                    "sudo apt-get full-upgrade && sudo reboot   (Debian 12 has Linux 6.1)",
                    true));
        }
        if (machine.cgroupMount().isEmpty()) {
            missing.add(new Missing(
                    "cgroup2",
                    "systemd in a lab host groups its services with it",
                    "sudo mkdir -p /sys/fs/cgroup/unified && sudo mount -t cgroup2 cgroup2 /sys/fs/cgroup/unified",
                    true));
            return;
        }
        Path mount = machine.cgroupMount().get();
        if (machine.cgroupSource().isPresent()) {
            return;
        }
        if (machine.mode() == LabMode.ROOT) {
            missing.add(new Missing(
                    "a writable " + mount,
                    "systemd in a lab host groups its services there",
                    "mount -o remount,rw " + mount,
                    true));
        } else {
            missing.add(new Missing(
                    "a delegated cgroup",
                    "systemd in a lab host groups its services in it, and neither does this user's systemd give one"
                            + " nor does this session own its cgroup",
                    delegation(mount),
                    true));
        }
    }

    private String delegation(Path mount) {
        if (Files.isDirectory(Path.of("/run/systemd/system"))) {
            return "sudo loginctl enable-linger " + machine.userName() + " && export XDG_RUNTIME_DIR=/run/user/"
                    + machine.userId();
        }
        Path group = mount.resolve("twoarm-" + machine.userName());
        return "sudo mkdir -p " + group + " && sudo chown -R " + machine.userName() + " " + group
                + " && echo $$ | sudo tee " + group + "/cgroup.procs";
    }

    private void trial() {
        List<String> command = new ArrayList<>(List.of("unshare"));
        command.addAll(namespaces(machine.mode()));
        command.addAll(List.of("--", "bash", "-s", "--", machine.mode() == LabMode.ROOTLESS ? ",userxattr" : ""));
        try {
            Command.Outcome outcome = new Command(command).run(Script.TRIAL.text());
            if (!outcome.output().contains("tried")) {
                missing.add(namespacesMissing(String.join(" ", outcome.output())));
            }
            outcome.output().stream()
                    .filter(line -> line.startsWith("no "))
                    .forEach(line -> missing.add(failed(line.substring("no ".length()))));
        } catch (IOException e) {
            missing.add(namespacesMissing(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("the check of this machine was interrupted", "this machine", "try again", e);
        }
    }

    /** The namespaces of a pod, as options of unshare(1). */
    static List<String> namespaces(LabMode mode) {
        List<String> options =
                new ArrayList<>(List.of("--mount", "--net", "--pid", "--fork", "--mount-proc", "--kill-child"));
        if (mode == LabMode.ROOTLESS) {
            options.addAll(List.of("--user", "--map-root-user", "--map-users=auto", "--map-groups=auto"));
        }
        return options;
    }

    private Missing namespacesMissing(String reason) {
        String fix = "run TwoArm outside of the container or sandbox that forbids it";
        if (machine.mode() == LabMode.ROOTLESS) {
            if (setting("/proc/sys/kernel/unprivileged_userns_clone").equals("0")) {
                fix = "sudo sysctl -w kernel.unprivileged_userns_clone=1";
            } else if (setting("/proc/sys/user/max_user_namespaces").equals("0")) {
                fix = "sudo sysctl -w user.max_user_namespaces=15000";
            } else if (setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
                    .equals("1")) {
                fix = "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0";
            }
        }
        return new Missing("namespaces", "the kernel refuses to make them: " + reason, fix, true);
    }

    private static String setting(String file) {
        return Files.isReadable(Path.of(file)) ? String.join("", Machine.lines(Path.of(file))) : "";
    }

    private static Missing failed(String whatAndReason) {
        String what = whatAndReason.substring(0, whatAndReason.indexOf(':'));
        String fix = what.equals("proc")
                ? "run TwoArm outside of the container or sandbox that covers parts of /proc"
                : "sudo modprobe " + what;
        return new Missing(what + " in namespaces", "the kernel answers " + whatAndReason, fix, true);
    }

    private void tun() {
        Path tun = Path.of("/dev/net/tun");
        if (!Files.exists(tun)) {
            missing.add(new Missing("" + tun, "no TAP devices in lab hosts", "sudo modprobe tun", false));
        } else if (!Files.isReadable(tun) || !Files.isWritable(tun)) {
            missing.add(
                    new Missing("access to " + tun, "no TAP devices in lab hosts", "sudo chmod 0666 " + tun, false));
        }
    }
}
