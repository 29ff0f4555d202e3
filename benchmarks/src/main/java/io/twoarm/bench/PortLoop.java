package io.twoarm.bench;

import io.twoarm.director.dpdk.Dpdk;
import io.twoarm.director.dpdk.DpdkException;
import io.twoarm.director.dpdk.DpdkPort;
import io.twoarm.director.dpdk.Eal;
import io.twoarm.director.dpdk.EalLog;
import io.twoarm.director.dpdk.EthernetDevice;
import io.twoarm.director.dpdk.MbufPool;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.port.PacketPort;
import io.twoarm.director.port.PacketProcessor;
import io.twoarm.director.worker.Mailbox;
import io.twoarm.director.worker.Worker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The director's worker and port with hardly anything between receiving and sending: what its port layer costs by itself. A
 * program of its own, started with testpmd's name of what is done to packets, the number of buffers and EAL's arguments.
 * Prints {@code ready}, then for every line of standard input how many packets were received and sent so far.
 */
public final class PortLoop implements PacketProcessor {
    private static final int MTU = 1500;
    private static final int DESCRIPTORS = 512;
    private static final int CACHE = 256;
    private static final int IP = 14;

    private final PacketPort port;
    private final Testpmd.Forwarding mode;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();

    private PortLoop(PacketPort port, Testpmd.Forwarding mode) {
        this.port = port;
        this.mode = mode;
    }

    public static void main(String[] arguments) {
        Thread.ofPlatform().name("worker-0").start(() -> {
            try {
                run(List.of(arguments));
            } catch (DpdkException e) {
                System.err.println(e.getMessage());
                System.exit(1);
            }
        });
    }

    private static void run(List<String> arguments) throws DpdkException {
        List<String> ealArguments = new ArrayList<>(List.of("port-loop"));
        ealArguments.addAll(arguments.subList(2, arguments.size()));
        Eal eal = Eal.start(Dpdk.open(), new EalLog(System.err::println), ealArguments);
        MbufPool pool = MbufPool.create(eal, "packets", Integer.parseInt(arguments.get(1)), CACHE, MTU);
        EthernetDevice device = EthernetDevice.all(eal).getFirst();
        device.setUp(pool, MTU, DESCRIPTORS, DESCRIPTORS);
        device.start(false, false);
        DpdkPort port = new DpdkPort("loop", device, pool, MTU, 0, 0);
        PortLoop loop = new PortLoop(port, Testpmd.Forwarding.of(arguments.get(0)));
        Worker worker =
                new Worker("worker-0", List.of(port), loop, NativeMemory.ofProcess(), List.of(), false, Mailbox.NONE);
        Thread.ofPlatform().daemon().name("questions").start(() -> loop.answer(worker));
        System.out.println("ready");
        worker.run();
        device.stop();
        eal.stop();
    }

    private void answer(Worker worker) {
        try {
            for (int read = System.in.read(); read >= 0; read = System.in.read()) {
                if (read == '\n') {
                    System.out.println(received.getOpaque() + " " + sent.getOpaque());
                }
            }
        } catch (IOException e) {
            // As good as the end.
        }
        worker.stop();
    }

    @Override
    public void process(int index, long burst, int count, long nowMicros) {
        switch (mode) {
            case IO -> {}
            case MAC_SWAP -> swapStations(burst, count);
            case FIVE_TUPLE_SWAP -> {
                swapStations(burst, count);
                swapEndpoints(burst, count);
            }
            default -> throw new IllegalArgumentException(mode + " is no mode of this program");
        }
        received.setOpaque(received.getPlain() + count);
        sent.setOpaque(sent.getPlain() + port.transmit(burst, count));
    }

    static void swapStations(long burst, int count) {
        for (int i = 0; i < count; i++) {
            long frame = Mem.pointer(Mbuf.data(Mem.pointer(Mem.getLong(burst + 8L * i))));
            long destination = Mem.getLong(frame);
            int end = Mem.getInt(frame + 8);
            // Six bytes each: destination, source.
            Mem.putLong(frame, destination >>> 48 | (end & 0xffff_ffffL) << 16 | destination << 48);
            Mem.putInt(frame + 8, (int) (destination >>> 16));
        }
    }

    /** Addresses and ports of IPv4 headers without options. */
    static void swapEndpoints(long burst, int count) {
        for (int i = 0; i < count; i++) {
            long ip = Mem.pointer(Mbuf.data(Mem.pointer(Mem.getLong(burst + 8L * i)))) + IP;
            Mem.putLong(ip + 12, Long.rotateLeft(Mem.getLong(ip + 12), 32));
            Mem.putInt(ip + 20, Integer.rotateLeft(Mem.getInt(ip + 20), 16));
        }
    }

    @Override
    public int tick(long nowMicros) {
        return 0;
    }
}
