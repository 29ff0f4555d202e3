package io.twoarm.director.command;

import io.twoarm.director.control.ControlException;
import io.twoarm.director.control.DirectorView;
import io.twoarm.director.port.BondStatus;
import io.twoarm.director.port.DeviceCounters;
import io.twoarm.director.port.PortSnapshot;
import io.twoarm.director.port.PortSwitch;
import io.twoarm.director.worker.WorkerStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code dpip link}: ports and workers, what they have counted, and what can be switched. */
final class DpipLinks {
    private static final int WRONG = 1;
    private static final int LONGEST_INTERVAL = 3600;
    private static final String WORKERS = "cpu";
    private static final String COPIES = "forward2kni";
    private static final String STATUS = "status";

    /** Items of DPVS that mean nothing here, with the reason. */
    private static final Map<String, String> REFUSED = Map.of(
            "tc-egress", "there is no traffic control",
            "tc-ingress", "there is no traffic control",
            "lldp", "run lldpd on the kernel's interface",
            "addr", "set it on the interface or NIC before the director starts",
            "bond-mode", "bonds are set up in dpvs.conf",
            "bond-slave", "bonds are set up in dpvs.conf",
            "bond-primary", "bonds are set up in dpvs.conf");

    private final DirectorView.Running director;
    private final Deque<String> words = new ArrayDeque<>();
    private boolean statistics;
    private boolean verbose;
    private Optional<Integer> interval = Optional.empty();

    private DpipLinks(DirectorView.Running director) {
        this.director = director;
    }

    /** Whether the words of a command are about links. */
    static boolean isMeant(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals("-i") || words.get(i).equals("-c")) {
                i++;
            } else if (!words.get(i).startsWith("-")) {
                return words.get(i).equals("link");
            }
        }
        return false;
    }

    /** Does what the words say. */
    static String run(List<String> words, DirectorView.Running director)
            throws ToolFailure, ControlException, InterruptedException {
        DpipLinks command = new DpipLinks(director);
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals("-i") || words.get(i).equals("-c")) {
                command.takeNumber(words.get(i), i + 1 < words.size() ? words.get(i + 1) : "");
                i++;
            } else {
                command.take(words.get(i));
            }
        }
        command.words.removeFirst();
        return command.execute();
    }

    private void takeNumber(String option, String text) throws ToolFailure {
        int highest = option.equals("-i") ? LONGEST_INTERVAL : 999_999_999;
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > highest) {
            throw new ToolFailure(
                    WRONG, "invalid parameter: " + option + " " + text + ": 1 to " + highest + " allowed");
        }
        if (option.equals("-i")) {
            interval = Optional.of(Integer.parseInt(text));
        }
        // How often is the terminal's business: it asks again each time.
    }

    private void take(String word) throws ToolFailure {
        switch (word) {
            case "-s", "--stats" -> statistics = true;
            case "-v", "--verbose" -> verbose = true;
            case "-4", "-6", "-C", "--color" -> {
                // Ports have no family, and nothing is coloured.
            }
            default -> {
                if (word.startsWith("-") && word.length() > 1) {
                    throw new ToolFailure(WRONG, "invalid parameter: unknown option " + word);
                }
                words.add(word);
            }
        }
    }

    private String execute() throws ToolFailure, ControlException, InterruptedException {
        String verb = words.isEmpty() ? "show" : words.pop();
        return switch (verb) {
            case "show", "list" -> show();
            case "set", "change" -> set();
            default -> throw new ToolFailure(WRONG, "not support: link " + verb + "; see dpip help");
        };
    }

    private String set() throws ToolFailure, ControlException, InterruptedException {
        if (words.size() != 3) {
            throw new ToolFailure(WRONG, "invalid parameter: link set needs a device, an item and a value");
        }
        String device = words.pop();
        String item = words.pop();
        String value = words.pop();
        if (DpipDevices.port(director, device, WRONG) >= director.ports().size()) {
            throw new ToolFailure(WRONG, "not support: link set of the VLAN " + device + "; set it on its link");
        }
        String reason = REFUSED.get(item);
        if (reason != null) {
            throw new ToolFailure(WRONG, "not support: link set " + item + "; " + reason);
        }
        if (item.equals(COPIES)) {
            DpipKernel.forward(device, isSecond(item, value, List.of("off", "on")), director);
            return "";
        }
        PortSwitch what = switch (item) {
            case "promisc" -> PortSwitch.PROMISC;
            case "allmulticast" -> PortSwitch.ALLMULTICAST;
            case "link" -> PortSwitch.LINK;
            default ->
                throw new ToolFailure(
                        WRONG, "invalid parameter: " + item + "; allowed are promisc, allmulticast, forward2kni, link");
        };
        List<String> values = what == PortSwitch.LINK ? List.of("down", "up") : List.of("off", "on");
        director.setPort(device, what, isSecond(item, value, values));
        return "";
    }

    private static boolean isSecond(String item, String value, List<String> values) throws ToolFailure {
        if (!values.contains(value)) {
            throw new ToolFailure(
                    WRONG, "invalid parameter: " + item + " " + value + "; allowed are " + String.join(", ", values));
        }
        return value.equals(values.get(1));
    }

    private String show() throws ToolFailure, InterruptedException {
        Optional<String> subject = words.isEmpty() ? Optional.empty() : Optional.of(words.pop());
        boolean worker = subject.isPresent()
                && (subject.get().equals(WORKERS)
                        || director.workers().stream()
                                .anyMatch(each -> each.name().equals(subject.get())));
        if (worker) {
            return workers(subject.get());
        }
        if (subject.isPresent()) {
            DpipDevices.port(director, subject.get(), WRONG);
        }
        boolean ofBond = !words.isEmpty() && words.peek().equals(STATUS);
        if (ofBond) {
            words.pop();
        }
        if (!words.isEmpty()) {
            throw new ToolFailure(WRONG, "invalid parameter: " + words.peek() + " behind the device");
        }
        List<PortSnapshot> before = director.interfaces();
        if (interval.isPresent()) {
            TimeUnit.SECONDS.sleep(interval.get());
        }
        List<PortSnapshot> now = director.interfaces();
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < now.size(); i++) {
            if (subject.isEmpty() || subject.get().equals(now.get(i).name())) {
                port(out, DpipDevices.port(director, now.get(i).name(), WRONG), now.get(i));
                if (ofBond) {
                    bond(out, now.get(i));
                }
                if (interval.isPresent()) {
                    rates(out, before.get(i).counters(), now.get(i).counters(), interval.get());
                } else if (statistics) {
                    figures(out, now.get(i).counters());
                }
            }
        }
        return out.toString();
    }

    private void port(StringBuilder out, int index, PortSnapshot port) {
        int queues = director.workers().size();
        out.append("%d: %s: socket 0 mtu %d rx-queue %d tx-queue %d%n    "
                .formatted(index + 1, port.name(), port.mtu(), queues, queues));
        out.append("%s %d Mbps %s fixed-nego %s%s%n"
                .formatted(
                        port.link().up() ? "UP" : "DOWN",
                        port.link().megabitsPerSecond(),
                        port.link().fullDuplex() ? "full-duplex" : "half-duplex",
                        port.switchedOn().contains(PortSwitch.PROMISC) ? "promisc " : "",
                        port.switchedOn().contains(PortSwitch.ALLMULTICAST) ? "allmulticast " : ""));
        out.append("    addr ").append(upper(port.macAddress())).append(" \n");
        if (verbose) {
            pair(out, List.of("pci_addr", "driver_name"), port.device(), port.driver());
        }
    }

    private static void bond(StringBuilder out, PortSnapshot port) throws ToolFailure {
        BondStatus bond = port.bond()
                .orElseThrow(() -> new ToolFailure(WRONG, "invalid parameter: " + port.name() + " is no bonding"));
        out.append("    --- bonding status ---\n    mode %d mac_addr %s xmit_policy %s link_monitor %dms%n"
                .formatted(bond.mode(), upper(port.macAddress()), bond.transmitPolicy(), bond.monitorMillis()));
        // DPVS writes it so, and programs read it.
        out.append("    ative/slaves %d/%d link_down_prop_delay %dms link_up_prop_delay %dms%n    slaves: "
                .formatted(bond.active(), bond.members().size(), bond.downDelayMillis(), bond.upDelayMillis()));
        for (BondStatus.Member member : bond.members()) {
            out.append("%s(%s%s%s) "
                    .formatted(
                            member.name(),
                            upper(member.macAddress()),
                            member.active() ? ", active" : "",
                            member.primary() ? ", primary" : ""));
        }
        out.append('\n');
    }

    private static String upper(long macAddress) {
        return DpipListing.mac(macAddress).toUpperCase(Locale.ROOT);
    }

    private void figures(StringBuilder out, DeviceCounters counters) {
        pair(
                out,
                List.of("ipackets", "opackets", "ibytes", "obytes"),
                counters.receivedPackets(),
                counters.sentPackets(),
                counters.receivedBytes(),
                counters.sentBytes());
        pair(
                out,
                List.of("ierrors", "oerrors", "imissed", "rx_nombuf"),
                counters.receiveErrors(),
                counters.sendErrors(),
                counters.missed(),
                counters.noBuffer());
        pair(
                out,
                List.of("mbuf-avail", "mbuf-inuse"),
                (long) director.buffers() - director.buffersInUse(),
                director.buffersInUse());
    }

    private static void rates(StringBuilder out, DeviceCounters then, DeviceCounters now, int seconds) {
        narrow(
                out,
                List.of("ipackets/pps", "opackets/pps", "ibytes/Bps", "obytes/Bps"),
                (now.receivedPackets() - then.receivedPackets()) / seconds,
                (now.sentPackets() - then.sentPackets()) / seconds,
                (now.receivedBytes() - then.receivedBytes()) / seconds,
                (now.sentBytes() - then.sentBytes()) / seconds);
        narrow(
                out,
                List.of("ierrors/pps", "oerrors/pps", "imissed/pps", "rx_nombuf/pps"),
                (now.receiveErrors() - then.receiveErrors()) / seconds,
                (now.sendErrors() - then.sendErrors()) / seconds,
                (now.missed() - then.missed()) / seconds,
                (now.noBuffer() - then.noBuffer()) / seconds);
    }

    private static void pair(StringBuilder out, List<String> names, Object... values) {
        table(out, "%-20s", names, values);
    }

    private static void narrow(StringBuilder out, List<String> names, Object... values) {
        table(out, "%-16s", names, values);
    }

    private static void table(StringBuilder out, String column, List<String> names, Object... values) {
        out.append("    ");
        names.forEach(name -> out.append(column.formatted(name)));
        out.append("\n    ");
        for (Object value : values) {
            out.append(column.formatted(value));
        }
        out.append('\n');
    }

    /** Each worker is one core that has a queue of every port. */
    private String workers(String wanted) {
        StringBuilder out = new StringBuilder();
        List<WorkerStatus> workers = director.workers();
        List<String> ports = director.ports().stream().map(PortSnapshot::name).toList();
        out.append("    << Data Plane >>\n");
        for (int i = 0; i < workers.size(); i++) {
            WorkerStatus worker = workers.get(i);
            if (!wanted.equals(WORKERS) && !wanted.equals(worker.name())) {
                continue;
            }
            int queue = i;
            out.append("%d: %s: socket 0%n    queues ".formatted(i + 1, worker.name()));
            ports.forEach(port -> out.append("%s:rx%d %s:tx%d ".formatted(port, queue, port, queue)));
            out.append('\n');
            if (statistics) {
                pair(
                        out,
                        List.of("lcore_loop", "pktburst", "zpktburst"),
                        worker.turns(),
                        worker.busyTurns(),
                        worker.turns() - worker.busyTurns());
                pair(
                        out,
                        List.of("sleeps", "longest_loop_us", "loops_above_1ms"),
                        worker.sleeps(),
                        worker.longestTurnNanos() / 1000,
                        worker.longTurns());
            }
        }
        return out.toString();
    }
}
