package io.twoarm.director.forward;

import io.twoarm.director.exception.KernelQueue;
import io.twoarm.director.exception.Sleeper;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.BufferPool;
import io.twoarm.director.port.PacketPort;
import io.twoarm.director.session.SecretKey;
import io.twoarm.director.share.WorkerShare;
import io.twoarm.director.steer.Colleagues;
import java.util.List;

/**
 * What one worker's {@link Forwarder} is made from.
 *
 * @param ports the worker's ports; their index is what {@link ForwardingTables} means by a port
 * @param buffers where packets that the director makes itself come from, and dropped ones go to
 * @param memory where the tables live
 * @param tables what to do with packets
 * @param secret key of sequence numbers and table hashes; random in operation
 * @param startMicros the worker's clock at start, in microseconds
 * @param share which flows are this worker's
 * @param kernel the way to the kernel's twins of the ports
 * @param colleagues the other workers
 */
public record ForwarderSetup(
        List<PacketPort> ports,
        BufferPool buffers,
        NativeMemory memory,
        ForwardingTables tables,
        SecretKey secret,
        long startMicros,
        WorkerShare share,
        KernelQueue kernel,
        Colleagues colleagues) {
    public ForwarderSetup {
        ports = List.copyOf(ports);
    }

    /** Of the only worker. */
    public ForwarderSetup(
            List<PacketPort> ports,
            BufferPool buffers,
            NativeMemory memory,
            ForwardingTables tables,
            SecretKey secret,
            long startMicros) {
        this(ports, buffers, memory, tables, secret, startMicros, WorkerShare.ALONE);
    }

    /** Without the kernel. */
    public ForwarderSetup(
            List<PacketPort> ports,
            BufferPool buffers,
            NativeMemory memory,
            ForwardingTables tables,
            SecretKey secret,
            long startMicros,
            WorkerShare share) {
        this(
                ports,
                buffers,
                memory,
                tables,
                secret,
                startMicros,
                share,
                new KernelQueue(List.of(), memory, new Sleeper()),
                Colleagues.NONE);
    }
}
