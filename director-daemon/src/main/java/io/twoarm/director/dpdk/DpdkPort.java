package io.twoarm.director.dpdk;

import io.twoarm.director.port.BufferPool;
import io.twoarm.director.port.FrameTap;
import io.twoarm.director.port.PacketPort;
import io.twoarm.director.port.PortSnapshot;
import io.twoarm.director.port.PortSwitch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** An Ethernet device of DPDK, under its name in {@code dpvs.conf}, by the queues of one worker. */
public final class DpdkPort implements PacketPort {
    /** A tenth of the time within which LACP wants to be served. */
    private static final long LACP_NANOS = 10_000_000;

    private final String name;
    private final EthernetDevice device;
    private final BufferPool pool;
    private final int mtu;
    private final long macAddress;
    private final int receiveQueue;
    private final int transmitQueue;
    /** The started device's. */
    private BurstFunctions bursts;
    /** Nanoseconds between two bursts without packets, for drivers that send frames of their own; 0 for others. */
    private final long keepSending;

    private final Optional<Bond> bond;
    private long sentAt;
    /** Read and written by the worker only; empty unless somebody captures. */
    private FrameTap[] taps = {};

    /** Written by the worker only. */
    private final AtomicLong refused = new AtomicLong();

    /**
     * @param device set up with {@code mtu}; {@link #open} when it is started
     * @param receiveQueue the queue that this one receives from
     * @param transmitQueue the queue that it sends to
     */
    public DpdkPort(String name, EthernetDevice device, BufferPool pool, int mtu, int receiveQueue, int transmitQueue) {
        this(name, device, pool, mtu, receiveQueue, transmitQueue, Optional.empty());
    }

    /** @param bond what the device is, where it is one */
    public DpdkPort(
            String name,
            EthernetDevice device,
            BufferPool pool,
            int mtu,
            int receiveQueue,
            int transmitQueue,
            Optional<Bond> bond) {
        this.bond = bond;
        keepSending = bond.isPresent() && bond.get().speaksLacp() ? LACP_NANOS : 0;
        this.name = name;
        this.device = device;
        this.pool = pool;
        this.mtu = mtu;
        macAddress = device.macAddress();
        this.receiveQueue = receiveQueue;
        this.transmitQueue = transmitQueue;
    }

    /** To be called when the device has been started, before the first burst. */
    public void open() {
        bursts = device.burstFunctions(receiveQueue, transmitQueue);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long macAddress() {
        return macAddress;
    }

    @Override
    public int mtu() {
        return mtu;
    }

    @Override
    public int receive(long burst, int max) {
        int received = bursts.receive(burst, max);
        if (keepSending > 0) {
            sendOwnFrames(burst);
        }
        if (taps.length > 0 && received > 0) {
            show(burst, received, false);
        }
        return received;
    }

    /** Lets the driver send what it has of its own: it does so when a burst is sent. */
    private void sendOwnFrames(long burst) {
        long now = System.nanoTime();
        if (now - sentAt >= keepSending) {
            sentAt = now;
            bursts.transmit(burst, 0);
        }
    }

    private void show(long burst, int count, boolean sent) {
        for (FrameTap tap : taps) {
            // Other workers show it what their queues of the port see.
            synchronized (tap) {
                tap.see(burst, count, sent);
            }
        }
    }

    /**
     * Switches something while packets flow. For a control thread.
     *
     * @throws DpdkException when the driver cannot
     */
    public void set(PortSwitch what, boolean on) throws DpdkException {
        device.set(what, on);
    }

    /** Lets a tap see every frame from now on. On the worker's thread. */
    public void addTap(FrameTap tap) {
        taps = Arrays.copyOf(taps, taps.length + 1);
        taps[taps.length - 1] = tap;
    }

    /** On the worker's thread. */
    public void removeTap(FrameTap tap) {
        taps = Arrays.stream(taps).filter(each -> each != tap).toArray(FrameTap[]::new);
    }

    @Override
    public int transmit(long burst, int count) {
        if (taps.length > 0) {
            // Before they are sent: afterwards the buffers are the driver's.
            show(burst, count, true);
        }
        int sent = bursts.transmit(burst, count);
        if (sent < count) {
            int left = count - sent;
            pool.free(burst + 8L * sent, left);
            refused.setOpaque(refused.getPlain() + left);
        }
        return sent;
    }

    /**
     * A port at this moment. For a control thread.
     *
     * @param queues the port's queues, one for each worker
     */
    public static PortSnapshot snapshot(List<DpdkPort> queues) {
        DpdkPort first = queues.getFirst();
        return new PortSnapshot(
                first.name,
                first.device.name(),
                first.device.driver(),
                first.macAddress,
                first.mtu,
                first.device.link(),
                first.device.counters(),
                queues.stream().mapToLong(queue -> queue.refused.getOpaque()).sum(),
                first.device.switchedOn(),
                first.bond.map(Bond::status));
    }
}
