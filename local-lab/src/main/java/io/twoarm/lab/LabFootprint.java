package io.twoarm.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Everything by which a lab can be recognised on its machine, taken while it runs, so that one can look afterwards
 * whether anything of it is left.
 *
 * @param namespaces the lab's own namespaces, such as {@code net:[4026532281]}
 * @param listeners inode numbers of the hosts' SSH listeners
 * @param macs addresses of the hosts' NICs
 * @param taken when this was found, in hundredths of a second since boot; later the kernel gives the number of a
 *     namespace that has gone to another one
 */
public record LabFootprint(
        String name,
        Path runDirectory,
        Path cgroup,
        String claim,
        Set<String> namespaces,
        Set<String> listeners,
        Set<String> macs,
        long taken) {
    private static final Path PROCESSES = Path.of("/proc");
    /** State LISTEN in /proc/net/tcp. */
    private static final String LISTENING = "0A";

    public LabFootprint {
        namespaces = Set.copyOf(namespaces);
        listeners = Set.copyOf(listeners);
        macs = Set.copyOf(macs);
    }

    static LabFootprint take(RunDirectory run, LabPlan plan) {
        Set<String> own = new TreeSet<>();
        String marker = run.cgroup().getFileName().toString();
        for (long process : processes()) {
            if (cgroups(process).stream().anyMatch(line -> line.contains("/" + marker + "/"))) {
                own.addAll(namespacesOf(process));
            }
        }
        own.removeAll(namespacesOf(ProcessHandle.current().pid()));
        Set<String> addresses = new TreeSet<>();
        for (int host = 1; host <= plan.hosts().size(); host++) {
            // The kernel prints the address as an integer of the machine, here in little-endian order.
            addresses.add(String.format("%02X%02X%02X%02X:%04X", host, run.number(), 77, 127, 2222));
        }
        Set<String> listeners = machineListeners().stream()
                .filter(listener -> addresses.contains(listener.address()))
                .map(Listener::inode)
                .collect(Collectors.toSet());
        Set<String> macs = new TreeSet<>();
        plan.nics().forEach(nic -> macs.add(nic.mac()));
        return new LabFootprint(
                run.name(), run.path(), run.cgroup(), run.claim(), own, listeners, macs, ticksSinceBoot());
    }

    private record Listener(String address, String inode) {}

    /** Listening TCP sockets, from the table that proc_pid_net(5) describes. */
    private static List<Listener> machineListeners() {
        return Machine.lines(PROCESSES.resolve("net/tcp")).stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words[3].equals(LISTENING))
                .map(words -> new Listener(words[1], words[9]))
                .toList();
    }

    /** What of the lab is still there, one sentence each; empty when it is gone without a trace. */
    public List<String> remains() {
        List<String> remains = new ArrayList<>();
        processRemains(remains);
        for (String line : Machine.lines(PROCESSES.resolve("self/mountinfo"))) {
            if (line.contains(runDirectory + "/")) {
                remains.add("mount: " + line);
            }
        }
        if (Files.exists(runDirectory)) {
            remains.add("directory: " + runDirectory + janitorsWords());
        }
        if (Files.exists(cgroup)) {
            remains.add("cgroup: " + cgroup);
        }
        for (String line : Machine.lines(PROCESSES.resolve("net/unix"))) {
            if (line.endsWith(" @" + claim)) {
                remains.add("claim of the name: " + claim);
            }
        }
        for (Listener listener : machineListeners()) {
            if (listeners.contains(listener.inode())) {
                remains.add("listener: " + listener.address());
            }
        }
        interfaceRemains(remains);
        temporaryRemains(remains);
        return remains;
    }

    /** Why the janitor did not finish, if it could say so. */
    private String janitorsWords() {
        try {
            return Files.readString(runDirectory.resolve("log/janitor"))
                    .lines()
                    .collect(Collectors.joining("; ", " (", ")"));
        } catch (IOException e) {
            return "";
        }
    }

    private void processRemains(List<String> remains) {
        for (long process : processes()) {
            if (process == ProcessHandle.current().pid()) {
                continue;
            }
            String command = commandLine(process);
            if (command.contains(runDirectory.toString() + "/") || command.contains(claim)) {
                remains.add("process " + process + ": " + command);
            }
            if (cgroups(process).stream().anyMatch(line -> line.contains("/" + cgroup.getFileName() + "/"))
                    && !command.isEmpty()) {
                remains.add("process " + process + " in the lab's cgroup: " + command);
            }
            Set<String> shared = new HashSet<>(namespacesOf(process));
            shared.retainAll(namespaces);
            if (!shared.isEmpty() && startedBefore(process, taken)) {
                remains.add("process " + process + " in namespaces " + shared + ": " + command);
            }
        }
    }

    private void interfaceRemains(List<String> remains) {
        for (Path link : entries(Path.of("/sys/class/net"))) {
            try {
                if (macs.contains(Files.readString(link.resolve("address")).strip())) {
                    remains.add("interface: " + link.getFileName());
                }
            } catch (IOException e) {
                // bonding_masters and the like, or an interface that has just gone.
            }
        }
    }

    private void temporaryRemains(List<String> remains) {
        for (Path file : entries(Path.of(System.getProperty("java.io.tmpdir")))) {
            if (file.getFileName().toString().contains("twoarm-lab-" + name)) {
                remains.add("file: " + file);
            }
        }
    }

    private static List<Long> processes() {
        return entries(PROCESSES).stream()
                .map(entry -> entry.getFileName().toString())
                .filter(entry -> entry.chars().allMatch(Character::isDigit))
                .map(Long::valueOf)
                .toList();
    }

    private static List<Path> entries(Path directory) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }

    /** Its words with blanks between; empty for a process that has ended. */
    static String commandLine(long process) {
        try {
            return Files.readString(PROCESSES.resolve(process + "/cmdline"))
                    .replace('\0', ' ')
                    .strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** The start is field 22 of proc_pid_stat(5); the second field may hold blanks and ends with a parenthesis. */
    private static boolean startedBefore(long process, long ticks) {
        try {
            String facts = Files.readString(PROCESSES.resolve(process + "/stat"));
            String[] fields = facts.substring(facts.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[22 - 3]) < ticks;
        } catch (IOException e) {
            return false;
        }
    }

    private static long ticksSinceBoot() {
        String seconds = Machine.lines(PROCESSES.resolve("uptime")).getFirst().split(" ")[0];
        return Math.round(Double.parseDouble(seconds) * 100);
    }

    private static List<String> cgroups(long process) {
        try {
            return Files.readAllLines(PROCESSES.resolve(process + "/cgroup")).stream()
                    .map(line -> line + "/")
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Set<String> namespacesOf(long process) {
        Set<String> namespaces = new TreeSet<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(PROCESSES.resolve(process + "/ns"))) {
            for (Path link : links) {
                namespaces.add(Files.readSymbolicLink(link).toString());
            }
        } catch (IOException e) {
            // Of another user, or ended.
        }
        return namespaces;
    }
}
