package io.twoarm.director;

import io.twoarm.config.dpvs.Device;
import io.twoarm.director.configuration.DataplaneTables;
import io.twoarm.director.configuration.LoadedConfiguration;
import io.twoarm.director.dpdk.Bond;
import io.twoarm.director.dpdk.DpdkException;
import io.twoarm.director.dpdk.DpdkPort;
import io.twoarm.director.dpdk.EthernetDevice;
import io.twoarm.director.dpdk.MbufPool;
import io.twoarm.director.forward.Forwarder;
import io.twoarm.director.forward.ForwarderSetup;
import io.twoarm.director.forward.ForwardingTables;
import io.twoarm.director.linux.PacketSockets;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.PacketPort;
import io.twoarm.director.session.SecretKey;
import io.twoarm.director.share.WorkerShare;
import io.twoarm.director.steer.Colleagues;
import io.twoarm.director.steer.Inbox;
import io.twoarm.director.steer.SharedPort;
import io.twoarm.director.worker.Mailbox;
import io.twoarm.director.worker.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Shares ports and sessions among workers. A device with a queue for each worker gives queue k to worker k. One with fewer
 * gives them to workers in turn, port i's first queue to worker i: with two ports of one queue each, two workers receive.
 */
final class LaneBuilder {
    private static final int FEWEST_SESSIONS = 1024;

    private final LoadedConfiguration configuration;
    private final List<EthernetDevice> devices;
    private final List<Bond> bonds;
    private final MbufPool pool;
    private final NativeMemory memory;
    private final int workers;

    /** @param devices of the ports of {@code dpvs.conf}, those of {@code bonds} last */
    LaneBuilder(
            LoadedConfiguration configuration,
            List<EthernetDevice> devices,
            List<Bond> bonds,
            MbufPool pool,
            NativeMemory memory) {
        this.bonds = bonds;
        this.configuration = configuration;
        this.devices = devices;
        this.pool = pool;
        this.memory = memory;
        workers = configuration.dpvs().forwardingWorkers().size();
    }

    private int receiveQueues(EthernetDevice device) {
        return Math.clamp(device.queues().receive(), 1, workers);
    }

    private int transmitQueues(EthernetDevice device) {
        return Math.clamp(device.queues().transmit(), 1, workers);
    }

    /** Configures a device with as many queues as it has for the workers. */
    void setUp(int port) throws DpdkException {
        EthernetDevice device = devices.get(port);
        var wanted = configuration.dpvs().ports().get(port);
        device.setUp(
                pool,
                wanted.mtu(),
                wanted.rxDescriptors(),
                wanted.txDescriptors(),
                receiveQueues(device),
                transmitQueues(device));
    }

    /** The worker that serves a queue of a port. */
    private int server(int port, int queue, int queues) {
        return queues == workers ? queue : (port + queue) % workers;
    }

    /** The queue that a worker receives from; -1 for none. */
    private int receiveQueue(int port, int worker) {
        int queues = receiveQueues(devices.get(port));
        return IntStream.range(0, queues)
                .filter(queue -> server(port, queue, queues) == worker)
                .findFirst()
                .orElse(-1);
    }

    /** The queue that a worker's frames leave by. */
    private int transmitQueue(int port, int worker) {
        int queues = transmitQueues(devices.get(port));
        return IntStream.range(0, queues)
                .filter(queue -> server(port, queue, queues) == worker)
                .findFirst()
                .orElse(worker % queues);
    }

    /**
     * All workers' lanes; the devices are set up.
     *
     * @param twins the kernel's, of the ports
     */
    List<WorkerLane> lanes(List<String> names, KernelTwins twins) {
        ForwardingTables all = DataplaneTables.of(configuration);
        SecretKey secret = SecretKey.random();
        long start = Worker.nowMicros();
        Inbox[] inboxes = IntStream.range(0, workers)
                .mapToObj(worker -> new Inbox(new WorkerShare(worker, workers), memory))
                .toArray(Inbox[]::new);
        Map<Integer, List<Integer>> sockets = PacketSockets.byInterface();
        List<WorkerLane> lanes = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            WorkerShare share = new WorkerShare(worker, workers);
            List<DpdkPort> queues = queues(worker);
            List<SharedPort> shared = new ArrayList<>();
            for (int port = 0; !share.isAlone() && port < queues.size(); port++) {
                shared.add(shared(queues.get(port), port, worker, inboxes));
            }
            List<PacketPort> ports = share.isAlone() ? List.copyOf(queues) : List.copyOf(shared);
            Forwarder forwarder = new Forwarder(new ForwarderSetup(
                    ports,
                    pool,
                    memory,
                    portion(all),
                    secret,
                    start,
                    share,
                    twins.queue(worker),
                    new Colleagues(worker, inboxes)));
            shared.forEach(port -> port.steerBy(forwarder.steering(), forwarder.counters()));
            inboxes[worker].serve(List.copyOf(queues));
            Mailbox mailbox =
                    twins.mailbox(worker, share.isAlone() ? Mailbox.NONE : inboxes[worker], forwarder, memory);
            lanes.add(lane(names.get(worker), worker, queues, ports, forwarder, mailbox, sockets));
        }
        return lanes;
    }

    private WorkerLane lane(
            String name,
            int worker,
            List<DpdkPort> queues,
            List<PacketPort> ports,
            Forwarder forwarder,
            Mailbox mailbox,
            Map<Integer, List<Integer>> sockets) {
        List<Optional<Integer>> wakeUps = IntStream.range(0, devices.size())
                .filter(port -> receiveQueue(port, worker) >= 0)
                .boxed()
                .flatMap(port -> devices.get(port).parts().stream()
                        .map(device -> wakeUp(device, receiveQueue(port, worker), sockets)))
                .toList();
        return new WorkerLane(
                name,
                queues,
                ports,
                forwarder,
                mailbox,
                wakeUps.stream().flatMap(Optional::stream).toList(),
                wakeUps.stream().allMatch(Optional::isPresent));
    }

    /**
     * What becomes readable when a packet arrives in a queue.
     *
     * @param packetSockets by interface index
     */
    private static Optional<Integer> wakeUp(
            EthernetDevice device, int queue, Map<Integer, List<Integer>> packetSockets) {
        return device.isPacketSocket()
                ? Optional.of(packetSockets.getOrDefault(device.interfaceIndex(), List.of()))
                        .filter(ofDevice -> ofDevice.size() == 1)
                        .map(List::getFirst)
                : device.receiveSocket(queue);
    }

    /** The ports' queues of a worker. */
    List<DpdkPort> queues(int worker) {
        List<DpdkPort> queues = new ArrayList<>();
        List<Device> wantedPorts = configuration.dpvs().ports();
        for (int port = 0; port < devices.size(); port++) {
            Device wanted = wantedPorts.get(port);
            EthernetDevice device = devices.get(port);
            queues.add(new DpdkPort(
                    wanted.name(),
                    device,
                    pool,
                    wanted.mtu(),
                    Math.max(0, receiveQueue(port, worker)),
                    transmitQueue(port, worker),
                    bonds.stream().filter(bond -> bond.device() == device).findFirst()));
        }
        return queues;
    }

    private SharedPort shared(DpdkPort queue, int port, int worker, Inbox[] inboxes) {
        int transmitQueues = transmitQueues(devices.get(port));
        int sender = server(port, transmitQueue(port, worker), transmitQueues);
        return new SharedPort(queue, port, receiveQueue(port, worker) >= 0, sender, worker, inboxes, pool, memory);
    }

    /** The tables with room for a worker's part of the sessions. */
    private ForwardingTables portion(ForwardingTables all) {
        int sessions = Math.max(FEWEST_SESSIONS, all.limits().sessions() / workers);
        return new ForwardingTables(
                all.addresses(),
                all.routes(),
                all.neighbours(),
                all.services(),
                all.timeouts(),
                all.limits().withSessions(sessions),
                all.decrementTtl(),
                all.access(),
                all.mappings(),
                all.nat64(),
                all.vlans());
    }
}
