package io.twoarm.director;

import io.twoarm.config.dpvs.Bonding;
import io.twoarm.config.dpvs.Device;
import io.twoarm.config.dpvs.DpvsConf;
import io.twoarm.director.configuration.LoadedConfiguration;
import io.twoarm.director.dpdk.Bond;
import io.twoarm.director.dpdk.Dpdk;
import io.twoarm.director.dpdk.DpdkException;
import io.twoarm.director.dpdk.DpdkPort;
import io.twoarm.director.dpdk.Eal;
import io.twoarm.director.dpdk.EalArguments;
import io.twoarm.director.dpdk.EalLog;
import io.twoarm.director.dpdk.EthernetDevice;
import io.twoarm.director.dpdk.HugePageMemory;
import io.twoarm.director.dpdk.MbufPool;
import io.twoarm.director.forward.Forwarder;
import io.twoarm.director.forward.Prewarm;
import io.twoarm.director.linux.AnonymousMemory;
import io.twoarm.director.linux.NativeThread;
import io.twoarm.director.log.DirectorLog;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.FrameTap;
import io.twoarm.director.port.PacketPort;
import io.twoarm.director.worker.Worker;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * DPDK's environment, the packet pool, the ports and the workers. Made and closed on the first worker's thread, which also
 * starts those of the others.
 */
final class Dataplane {
    /** Beside the packet pool: EAL's own tables and those of the drivers. */
    private static final long EAL_MEGABYTES = 32;

    private static final long WORKER_STOP_MILLIS = 3000;

    /**
     * What a dataplane is made from.
     *
     * @param cpus the CPUs that the process may use
     * @param rehearsal over when ports may start
     * @param failed told which worker failed, and how
     */
    record Plan(
            LoadedConfiguration configuration,
            Dpdk dpdk,
            EalArguments arguments,
            EalLog ealLog,
            BitSet cpus,
            Rehearsal rehearsal,
            BiConsumer<String, Throwable> failed) {

        /** Lcores of the workers, as {@code dpvs.conf} says. */
        List<Integer> lcores() {
            return configuration.dpvs().forwardingWorkers().stream()
                    .map(io.twoarm.config.dpvs.Worker::cpuId)
                    .toList();
        }
    }

    /**
     * Bytes of each table that are there when packets come, without huge pages: the index of two million sessions, and the first
     * million of them. The rest of a large table costs memory only when it is used.
     */
    private static final long TAKEN_AT_START = 64 << 20;

    private final Plan plan;
    private final DirectorLog log;
    private final Eal eal;
    private final List<EthernetDevice> nics;
    private final List<Bond> bonds = new ArrayList<>();
    /** One for each port of dpvs.conf, in its order. */
    private final List<EthernetDevice> devices = new ArrayList<>();

    private final List<EthernetDevice> started = new ArrayList<>();
    private final MbufPool pool;
    private final NativeMemory memory;
    private final List<WorkerLane> lanes;
    private final KernelTwins twins;
    private final Map<Integer, List<FrameTap>> copies = new ConcurrentHashMap<>();
    private final List<Worker> workers = new CopyOnWriteArrayList<>();
    private final List<Thread> others = new ArrayList<>();

    private Dataplane(Plan plan, DirectorLog log, Eal eal) throws DpdkException, StartException {
        this.plan = plan;
        this.log = log;
        this.eal = eal;
        DpvsConf dpvs = plan.configuration().dpvs();
        bind(0);
        nics = EthernetDevice.all(eal);
        checkPortCount();
        makePorts(dpvs);
        pool = MbufPool.create(eal, "packets", dpvs.pktpoolSize(), dpvs.pktpoolCache(), largestMtu(dpvs));
        memory = plan.arguments().usesHugePages() ? new HugePageMemory(eal) : new AnonymousMemory(TAKEN_AT_START);
        try {
            LaneBuilder builder = new LaneBuilder(plan.configuration(), devices, bonds, pool, memory);
            for (int i = 0; i < devices.size(); i++) {
                builder.setUp(i);
            }
            twins = new KernelTwins(dpvs, builder.queues(0), plan.lcores().size(), memory);
            lanes = builder.lanes(
                    IntStream.range(0, plan.lcores().size())
                            .mapToObj(DirectorThreads::workerName)
                            .toList(),
                    twins);
            plan.rehearsal().await(log);
            freeCpus();
            startPorts(dpvs.ports());
            workers.add(worker(lanes.getFirst()));
            startOthers();
            twins.start(pool, memory);
        } catch (DpdkException | StartException | RuntimeException | OutOfMemoryError e) {
            stopOthers();
            closePorts();
            throw e;
        } catch (InterruptedException e) {
            stopOthers();
            closePorts();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at start", e);
        }
    }

    private Worker worker(WorkerLane lane) {
        return new Worker(
                lane.name(), lane.ports(), lane.forwarder(), memory, lane.wakeUps(), lane.portsWake(), lane.mailbox());
    }

    /** Starts all workers but the first, which runs on the calling thread, and waits until they are there. */
    private void startOthers() throws InterruptedException {
        for (int i = 1; i < lanes.size(); i++) {
            int number = i;
            CountDownLatch made = new CountDownLatch(1);
            others.add(DirectorThreads.startWorker(number, () -> runOther(number, made)));
            made.await();
        }
        if (workers.size() < lanes.size()) {
            throw new IllegalStateException("a worker did not start");
        }
    }

    private void runOther(int number, CountDownLatch made) {
        boolean registered = false;
        try {
            bind(number);
            registered = eal.registerThread();
            if (!registered) {
                log.info(lanes.get(number).name() + " has no cache of buffers: DPDK has no lcore for it");
            }
            Worker worker = worker(lanes.get(number));
            workers.add(worker);
            made.countDown();
            worker.run();
        } catch (RuntimeException | Error e) {
            plan.failed().accept(DirectorThreads.workerName(number), e);
        } finally {
            made.countDown();
            if (registered) {
                eal.unregisterThread();
            }
        }
    }

    /** Starts DPDK and the ports. The calling thread becomes the worker. */
    static Dataplane start(Plan plan, DirectorLog log) throws StartException {
        DpvsConf dpvs = plan.configuration().dpvs();
        long megabytes = (MbufPool.bytesInSmallPages(dpvs.pktpoolSize(), largestMtu(dpvs)) >> 20) + EAL_MEGABYTES;
        try {
            List<String> arguments = plan.arguments().completed(plan.cpus(), megabytes);
            log.info("EAL arguments: " + String.join(" ", arguments.subList(1, arguments.size())));
            Eal eal = Eal.start(plan.dpdk(), plan.ealLog(), arguments);
            try {
                return new Dataplane(plan, log, eal);
            } catch (DpdkException | StartException | RuntimeException | OutOfMemoryError e) {
                eal.stop();
                throw e;
            }
        } catch (DpdkException e) {
            throw StartException.of(e);
        } catch (OutOfMemoryError e) {
            throw new StartException(
                    "not enough memory for the tables: " + e.getMessage(),
                    List.of("conn_pool_size: " + dpvs.connPoolSize()),
                    "reserve more huge pages (echo N > /proc/sys/vm/nr_hugepages) or lower conn_pool_size in dpvs.conf");
        }
    }

    private static int largestMtu(DpvsConf dpvs) {
        return dpvs.devices().stream().mapToInt(Device::mtu).max().orElseThrow();
    }

    /** Binds the calling thread, a worker's, to the CPUs of its lcore. */
    private void bind(int number) {
        if (!plan.arguments().selectsCores()) {
            return;
        }
        int lcore = plan.lcores().get(number);
        String name = DirectorThreads.workerName(number);
        if (!eal.hasLcore(lcore)) {
            log.warning("cpu_id " + lcore + " of " + name
                    + " is not among EAL's lcores: it stays on the CPUs of the main lcore");
            return;
        }
        BitSet cpus = eal.cpusOf(lcore);
        NativeThread.bind(0, cpus);
        log.info(name + " is bound to CPU " + cpus);
    }

    /** Keeps all other threads off the workers' CPUs. Until the rehearsal is over, it and the compiler need them all. */
    private void freeCpus() {
        BitSet free = othersCpus();
        if (!free.isEmpty()) {
            NativeThread.bindOthers(free);
        }
    }

    /** CPUs that no worker is bound to; none where workers are bound to none. */
    private BitSet othersCpus() {
        if (!plan.arguments().selectsCores()) {
            return new BitSet();
        }
        BitSet free = (BitSet) plan.cpus().clone();
        plan.lcores().stream().filter(eal::hasLcore).forEach(each -> free.andNot(eal.cpusOf(each)));
        return free;
    }

    /** Lets the rehearsal go on where other threads have a CPU without a worker. */
    void goOnRehearsing() {
        if (othersCpus().isEmpty()) {
            return;
        }
        try {
            int mtu = largestMtu(plan.configuration().dpvs());
            plan.rehearsal().goOn(MbufPool.create(eal, "rehearsal", 2 * Prewarm.BUFFERS - 1, 0, mtu));
        } catch (DpdkException e) {
            log.info("rare packets are not rehearsed: " + e.getMessage());
        }
    }

    private void checkPortCount() throws DpdkException {
        List<Device> wanted = plan.configuration().dpvs().devices();
        if (nics.size() == wanted.size()) {
            return;
        }
        List<String> details = new ArrayList<>();
        for (int i = 0; i < Math.max(nics.size(), wanted.size()); i++) {
            details.add("port " + i + ": "
                    + (i < wanted.size() ? "device " + wanted.get(i).name() : "no device in dpvs.conf") + " = "
                    + (i < nics.size() ? nics.get(i).name() + " (" + nics.get(i).driver() + ")" : "no port of DPDK"));
        }
        List<String> lines = eal.recentLog();
        lines.forEach(line -> details.add("DPDK: " + line));
        boolean noRights = lines.stream().anyMatch(line -> line.contains("Could not open AF_PACKET socket"));
        throw new DpdkException(
                "DPDK has " + nics.size() + " ports, " + plan.configuration().dpvsPath() + " has " + wanted.size()
                        + " devices",
                details,
                noRights
                        ? "run the director as root, or give it CAP_NET_RAW and CAP_NET_ADMIN"
                        : "give one --vdev or -a after -- for every device block, in the same order");
    }

    /** Devices outside of bondings, then the bondings. */
    private void makePorts(DpvsConf dpvs) throws DpdkException {
        List<String> names = dpvs.devices().stream().map(Device::name).toList();
        for (Device port : dpvs.ports()) {
            if (names.contains(port.name())) {
                devices.add(nics.get(names.indexOf(port.name())));
            }
        }
        if (!dpvs.bondings().isEmpty()) {
            Bond.load(eal);
        }
        for (Bonding bonding : dpvs.bondings()) {
            // The primary gives the Ethernet address.
            List<String> members = new ArrayList<>(bonding.members());
            members.remove(bonding.primary());
            members.addFirst(bonding.primary());
            Bond bond = Bond.create(
                    eal,
                    new Bond.Wanted(
                            bonds.size(),
                            bonding.name(),
                            bonding.mode(),
                            bonding.numaNode(),
                            bonding.dedicatedQueues(),
                            members.stream()
                                    .map(name -> nics.get(names.indexOf(name)))
                                    .toList(),
                            members));
            bonds.add(bond);
            devices.add(bond.device());
            log.info("bonding " + bonding.name() + " of " + String.join(", ", members) + " in mode " + bonding.mode()
                    + (bond.hasDedicatedQueues() ? ", LACP with queues of its own" : ""));
        }
    }

    /** Packets arrive from here on: the last thing, when the code is compiled and the tables are there. */
    private void startPorts(List<Device> wanted) throws DpdkException {
        for (int i = 0; i < devices.size(); i++) {
            startPort(devices.get(i), wanted.get(i));
        }
        lanes.forEach(lane -> lane.queues().forEach(DpdkPort::open));
    }

    private void startPort(EthernetDevice device, Device wanted) throws DpdkException {
        // The kernel's twin listens to groups that the device does not know of.
        device.start(
                wanted.promiscuous(),
                wanted.allMulticast()
                        || plan.configuration().dpvs().kernelTwin(wanted).isPresent());
        for (Bond bond : bonds) {
            if (bond.device() == device) {
                bond.started();
            }
        }
        started.add(device);
    }

    /** The first worker, for its thread to run. */
    Worker first() {
        return workers.getFirst();
    }

    /** All workers, in their order. */
    List<Worker> workers() {
        return List.copyOf(workers);
    }

    /** Their forwarders. */
    List<Forwarder> forwarders() {
        return lanes.stream().map(WorkerLane::forwarder).toList();
    }

    /** Ports, each with its queues for all workers. */
    List<List<DpdkPort>> ports() {
        return IntStream.range(0, devices.size())
                .mapToObj(port ->
                        lanes.stream().map(lane -> lane.queues().get(port)).toList())
                .toList();
    }

    /** Names of the ports. */
    List<String> portNames() {
        return lanes.getFirst().ports().stream().map(PacketPort::name).toList();
    }

    /** Lets all workers end after their present turn. */
    void stop() {
        workers.forEach(Worker::stop);
    }

    /** What copies all that a port receives to the kernel's twin of it, one for each worker. Made once. */
    List<FrameTap> copies(int port) {
        return copies.computeIfAbsent(
                port,
                index -> IntStream.range(0, lanes.size())
                        .mapToObj(worker ->
                                twins.copies(index, worker, lanes.get(worker).forwarder(), pool, memory))
                        .toList());
    }

    /** The kernel's twins of the ports. */
    KernelTwins twins() {
        return twins;
    }

    MbufPool pool() {
        return pool;
    }

    Eal eal() {
        return eal;
    }

    /** Stops and closes the ports, so that nothing stays attached to an interface, then ends DPDK. */
    void close() throws InterruptedException {
        plan.rehearsal().stop();
        stopOthers();
        twins.close();
        closePorts();
        eal.stop();
    }

    private void stopOthers() {
        stop();
        for (Thread other : others) {
            try {
                other.join(WORKER_STOP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void closePorts() {
        for (EthernetDevice device : started) {
            device.stop();
        }
        // A bonding lets go of its members when it is closed; those without a link it has not stopped.
        bonds.forEach(bond -> bond.device().close());
        for (EthernetDevice nic : nics) {
            nic.stop();
            nic.close();
        }
    }
}
