package io.twoarm.config.dpvs;

import io.twoarm.config.ConfigFile;
import io.twoarm.config.ConfigFinding;
import io.twoarm.config.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules for workers, cores and queues that DPVS checks at start. A rule that ends DPVS with {@code bad lcore
 * configuration (error code: N)} is named {@code worker-code-N}.
 */
final class WorkerRules {
    private final DpvsConf conf;
    private final List<ConfigFinding> findings = new ArrayList<>();

    /** Found once, because a file may have any number of blocks. */
    private final Map<String, Device> devices = new HashMap<>();

    private final Set<String> ports = new HashSet<>();
    private final Map<String, List<Worker.PortQueues>> queues = new HashMap<>();

    private WorkerRules(DpvsConf conf) {
        this.conf = conf;
        conf.devices().forEach(device -> devices.putIfAbsent(device.name(), device));
        ports.addAll(devices.keySet());
        conf.bondings().forEach(bonding -> ports.add(bonding.name()));
        conf.workers()
                .forEach(worker -> worker.ports()
                        .forEach(port -> queues.computeIfAbsent(port.device(), _ -> new ArrayList<>())
                                .add(port)));
    }

    static List<ConfigFinding> check(DpvsConf conf) {
        WorkerRules rules = new WorkerRules(conf);
        rules.checkDevices();
        rules.checkTypes();
        rules.checkCores();
        rules.checkPorts();
        Stream.concat(
                        conf.devices().stream().map(Device::name),
                        conf.bondings().stream().map(Bonding::name))
                .distinct()
                .forEach(rules::checkQueues);
        return rules.findings;
    }

    private void checkDevices() {
        if (conf.devices().isEmpty()) {
            error("no-device", Origin.NONE, "device", "There is no device.", "Write a device block for every port.");
        }
    }

    private void checkTypes() {
        List<Worker> masters = ofType(Worker.Type.MASTER);
        if (masters.size() != 1) {
            error(
                    "one-master",
                    masters.isEmpty() ? Origin.NONE : masters.get(1).origin(),
                    "worker",
                    "There are " + masters.size() + " workers of type master instead of one.",
                    "Write type master in exactly one worker.");
        }
        if (ofType(Worker.Type.SLAVE).isEmpty()) {
            error(
                    "worker-code-7",
                    Origin.NONE,
                    "worker",
                    "There is no worker of type slave, so nothing would forward packets.",
                    "Add one.");
        }
        for (Worker worker : ofType(Worker.Type.IDLE)) {
            error(
                    "worker-without-type",
                    worker.origin(),
                    "type",
                    "Worker " + worker.name() + " has no type and would stay idle.",
                    "Write type slave, or type master.");
        }
        for (Worker worker : ofType(Worker.Type.KNI)) {
            error(
                    ConfigFinding.UNSUPPORTED,
                    worker.origin(),
                    "type",
                    "Workers of type kni are known but not supported by this director.",
                    "Remove the worker.");
        }
    }

    private void checkCores() {
        Map<Integer, Worker> byCore = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        for (Worker worker : conf.workers()) {
            if (!names.add(worker.name())) {
                error(
                        "duplicate-name",
                        worker.origin(),
                        "worker",
                        "There is a worker named " + worker.name() + " already.",
                        "Rename one.");
            }
            if (worker.settings().find(WorkerKeywords.CPU_ID).isEmpty()) {
                error(
                        "missing-cpu",
                        worker.origin(),
                        "cpu_id",
                        "Worker " + worker.name() + " has no cpu_id.",
                        "Write the lcore that it runs on.");
                continue;
            }
            Worker other = byCore.putIfAbsent(worker.cpuId(), worker);
            if (other != null) {
                error(
                        "shared-cpu",
                        worker.origin(),
                        "cpu_id",
                        "Workers " + other.name() + " and " + worker.name() + " both run on lcore " + worker.cpuId()
                                + ".",
                        "Give each one its own; with EAL's --lcores several lcores can share a CPU.");
            }
        }
    }

    private void checkPorts() {
        Set<String> members = conf.bondings().stream()
                .flatMap(bonding -> bonding.members().stream())
                .collect(Collectors.toSet());
        for (Worker worker : conf.workers()) {
            Set<String> seen = new HashSet<>();
            for (Worker.PortQueues port : worker.ports()) {
                checkPort(worker, port, members, seen);
            }
        }
        Set<String> all = conf.workers().stream()
                .flatMap(worker -> worker.ports().stream())
                .map(Worker.PortQueues::device)
                .filter(ports::contains)
                .collect(Collectors.toCollection(TreeSet::new));
        for (Worker worker : conf.workers()) {
            boolean forwards = worker.type() == Worker.Type.SLAVE || worker.type() == Worker.Type.KNI;
            Set<String> missing = new TreeSet<>(all);
            worker.ports().forEach(port -> missing.remove(port.device()));
            if (forwards && !missing.isEmpty()) {
                error(
                        "worker-code-6",
                        worker.origin(),
                        "worker",
                        "Worker " + worker.name() + " lacks port " + String.join(", ", missing)
                                + ", which another worker has.",
                        "Give every worker every port, each with a tx_queue_ids of its own.");
            }
        }
        boolean forwarded = !ofType(Worker.Type.SLAVE).isEmpty();
        conf.devices().stream()
                .filter(device -> forwarded && !members.contains(device.name()) && !all.contains(device.name()))
                .forEach(device -> error(
                        "unserved-device",
                        device.origin(),
                        device.name(),
                        "No worker serves device " + device.name() + ".",
                        "Add a block port " + device.name() + " to every worker of type slave."));
    }

    private void checkPort(Worker worker, Worker.PortQueues port, Set<String> members, Set<String> seen) {
        String device = port.device();
        if (!ports.contains(device)) {
            error(
                    "worker-code-5",
                    port.origin(),
                    "port",
                    "Worker " + worker.name() + " serves port " + device + ", which is no device.",
                    "Use the name of a device, or remove the block.");
        } else if (members.contains(device)) {
            error(
                    "bonding-member-served",
                    port.origin(),
                    "port",
                    device + " is part of a bonding and cannot be served by itself.",
                    "Name the bonding instead.");
        }
        if (!seen.add(device)) {
            error(
                    "duplicate-name",
                    port.origin(),
                    "port",
                    "Worker " + worker.name() + " has a block for port " + device + " already.",
                    "Put them together.");
        }
        if (port.txQueueIds().isEmpty()) {
            error(
                    "worker-code-6",
                    port.origin(),
                    "tx_queue_ids",
                    "Worker " + worker.name() + " has no transmit queue on port " + device + ".",
                    "Write tx_queue_ids with at least one number.");
        }
    }

    private void checkQueues(String device) {
        checkQueueIds(device, "rx_queue_ids", "worker-code-2", Worker.PortQueues::rxQueueIds);
        checkQueueIds(device, "tx_queue_ids", "worker-code-3", Worker.PortQueues::txQueueIds);
        Optional.ofNullable(devices.get(device)).ifPresent(found -> {
            checkAdvised(found, found.rxQueues(), "rx", Worker.PortQueues::rxQueueIds);
            checkAdvised(found, found.txQueues(), "tx", Worker.PortQueues::txQueueIds);
        });
    }

    private void checkQueueIds(
            String device, String keyword, String rule, Function<Worker.PortQueues, List<Integer>> ids) {
        Set<Integer> used = new TreeSet<>();
        Origin origin = Origin.NONE;
        for (Worker.PortQueues port : queuesOf(device)) {
            origin = port.origin();
            for (int id : ids.apply(port)) {
                if (!used.add(id)) {
                    error(
                            rule,
                            port.origin(),
                            keyword,
                            "Queue " + id + " of port " + device + " is listed twice in " + keyword + ".",
                            "Give every queue to one worker only.");
                }
            }
        }
        int expected = 0;
        for (int id : used) {
            if (id != expected) {
                error(
                        "worker-code-4",
                        origin,
                        keyword,
                        "The " + keyword + " of port " + device + " skip " + expected + ".",
                        "Number the queues from 0 without a gap.");
                return;
            }
            expected++;
        }
    }

    private void checkAdvised(
            Device device,
            Optional<Integer> advised,
            String direction,
            Function<Worker.PortQueues, List<Integer>> ids) {
        List<Worker.PortQueues> queues = queuesOf(device.name());
        long listed = queues.stream().mapToLong(port -> ids.apply(port).size()).sum();
        if (!queues.isEmpty() && advised.isPresent() && advised.get() != listed) {
            findings.add(ConfigFinding.warning(
                    "queue-number",
                    ConfigFile.DPVS,
                    device.origin(),
                    "queue_number",
                    "Device " + device.name() + " says " + advised.get() + " " + direction + " queues, but the workers"
                            + " list " + listed + ", which is what counts.",
                    "Write queue_number " + listed + "."));
        }
    }

    private List<Worker.PortQueues> queuesOf(String device) {
        return queues.getOrDefault(device, List.of());
    }

    private List<Worker> ofType(Worker.Type type) {
        return conf.workers().stream().filter(worker -> worker.type() == type).toList();
    }

    private void error(String rule, Origin origin, String keyword, String message, String fix) {
        findings.add(ConfigFinding.error(rule, ConfigFile.DPVS, origin, keyword, message, fix));
    }
}
