package io.twoarm.director;

import io.twoarm.director.dpdk.DpdkPort;
import io.twoarm.director.forward.Forwarder;
import io.twoarm.director.port.PacketPort;
import io.twoarm.director.worker.Mailbox;
import java.util.List;

/**
 * All that one worker owns. Made before its thread.
 *
 * @param name the worker's name
 * @param queues the ports' queues, by port
 * @param ports the ports as its forwarder sees them
 * @param mailbox what other workers have for it
 * @param wakeUps descriptors that become readable when a packet arrives
 * @param portsWake whether they cover all ports that it receives from
 */
record WorkerLane(
        String name,
        List<DpdkPort> queues,
        List<PacketPort> ports,
        Forwarder forwarder,
        Mailbox mailbox,
        List<Integer> wakeUps,
        boolean portsWake) {
    WorkerLane {
        queues = List.copyOf(queues);
        ports = List.copyOf(ports);
        wakeUps = List.copyOf(wakeUps);
    }
}
