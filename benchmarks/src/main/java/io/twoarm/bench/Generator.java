package io.twoarm.bench;

import io.twoarm.director.dpdk.BurstFunctions;
import io.twoarm.director.dpdk.Dpdk;
import io.twoarm.director.dpdk.DpdkException;
import io.twoarm.director.dpdk.Eal;
import io.twoarm.director.dpdk.EalLog;
import io.twoarm.director.dpdk.EthernetDevice;
import io.twoarm.director.dpdk.MbufPool;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Plays all clients, their gateway and the realservers for a forwarder with which it shares memory (DPDK's net_memif). A
 * program of its own, started with the socket to listen at and what to play. Prints {@code ready} when the forwarder may start.
 *
 * <ul>
 *   <li>{@code connections PATTERN}: until standard input ends
 *   <li>{@code flows COUNT}: {@link ManyFlows}, until standard input ends
 *   <li>{@code steady RATE SECONDS}: ends by itself
 *   <li>{@code proxied FLOWS CONTROL-SOCKET}: the part of others in handshakes through a SYN proxy, until standard input ends
 *   <li>{@code rests COUNT}: after the end of standard input single packets after rests; prints {@link Rests}
 *   <li>{@code first ROUND}: the same with {@link FirstPackets}
 * </ul>
 */
public final class Generator {
    private static final int POOL = 65_535;
    private static final int MTU = 1500;
    /** Round trips after which the code here is compiled. */
    private static final int PRACTICE = 50_000;

    private Generator() {}

    /** What a connection consists of. */
    enum Pattern {
        /** A SYN that nobody answers. */
        SYN(1, "SYN only"),
        /** SYN and the realserver's SYN-ACK. */
        ANSWERED(2, "SYN and SYN-ACK"),
        /** SYN, SYN-ACK, two ACKs, RST. */
        CLOSED(5, "SYN, SYN-ACK, two ACKs, RST");

        /** Packets of a connection that the forwarder gets. */
        final int packets;

        final String description;

        Pattern(int packets, String description) {
            this.packets = packets;
            this.description = description;
        }
    }

    private static final String READY = "ready";

    public static void main(String[] arguments) throws DpdkException, IOException {
        Eal eal = Eal.start(Dpdk.open(), new EalLog(System.err::println), ealArguments(arguments[0]));
        MbufPool pool = MbufPool.create(eal, "packets", POOL, 512, MTU);
        EthernetDevice device = EthernetDevice.all(eal).getFirst();
        device.setUp(pool, MTU, 1 << Source.RING_BITS, 1 << Source.RING_BITS);
        device.start(false, false);
        BurstFunctions port = device.burstFunctions();
        if (arguments[1].equals("steady")) {
            SteadyTraffic steady =
                    new SteadyTraffic(pool, port, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
            steady.practise();
            System.out.println(READY);
            System.out.println(steady.run());
        } else if (arguments[1].equals("proxied")) {
            System.out.println(READY);
            ProxiedConnections proxied =
                    new ProxiedConnections(pool, port, Integer.parseInt(arguments[2]), Path.of(arguments[3]));
            atEndOfInput(proxied::stop);
            proxied.run();
        } else if (arguments[1].equals("rests")) {
            System.out.println(READY);
            awaitEndOfInput();
            System.out.println(rests(new RoundTrips(pool, port), Integer.parseInt(arguments[2])));
        } else if (arguments[1].equals("flows")) {
            System.out.println(READY);
            ManyFlows flows = new ManyFlows(pool, port, Integer.parseInt(arguments[2]));
            atEndOfInput(flows::stop);
            flows.run();
        } else if (arguments[1].equals("first")) {
            System.out.println(READY);
            awaitEndOfInput();
            System.out.println(new FirstPackets(new RoundTrips(pool, port)).measure(Integer.parseInt(arguments[2])));
        } else {
            System.out.println(READY);
            NewConnections connections = new NewConnections(pool, port, Pattern.valueOf(arguments[2]));
            atEndOfInput(connections::stop);
            connections.run();
        }
        device.stop();
        // Before its memory goes: until then DPDK's own thread watches its descriptors.
        device.close();
        eal.stop();
    }

    private static Rests rests(RoundTrips trips, int count) throws IOException {
        trips.open();
        long[] busy = new long[PRACTICE];
        for (int i = 0; i < 2 * PRACTICE; i++) {
            busy[i % PRACTICE] = trips.nanos();
        }
        Arrays.sort(busy);
        return Rests.measure(count, busy, trips::nanos);
    }

    private static List<String> ealArguments(String socket) {
        return List.of(
                "generator",
                "-l",
                "0",
                "--no-pci",
                "--no-huge",
                "-m",
                Long.toString((MbufPool.bytesInSmallPages(POOL, MTU) >> 20) + 64),
                "--no-shconf",
                "--no-telemetry",
                "--vdev=net_memif0,role=server,socket=%s,socket-abstract=no,rsize=%d"
                        .formatted(socket, Source.RING_BITS));
    }

    private static void atEndOfInput(Runnable action) {
        Thread.ofPlatform().daemon().name("end-of-input").start(() -> {
            awaitEndOfInput();
            action.run();
        });
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // Only its end says something.
            }
        } catch (IOException e) {
            // As good as the end.
        }
    }

    /** Connections one after the other, as many as the forwarder takes, each from a client of its own. */
    private static final class NewConnections {
        private static final int BURST = 32;
        /** Packets on their way, so that neither ring overflows. */
        private static final int MOST_IN_FLIGHT = (1 << Source.RING_BITS) / 4;
        /** Packets that have not come back for so long will not. */
        private static final long GIVEN_UP_NANOS = 1_000_000_000;

        private final MbufPool pool;
        private final BurstFunctions port;
        private final Player player;
        private final long received = NativeMemory.ofProcess().allocate(8L * BURST, 64);
        private final long outgoing = NativeMemory.ofProcess().allocate(8L * BURST * Player.MOST_ANSWERS, 64);
        private final long spent = NativeMemory.ofProcess().allocate(8L * BURST, 64);
        private int inFlight;
        private volatile boolean stopped;

        NewConnections(MbufPool pool, BurstFunctions port, Pattern pattern) {
            this.pool = pool;
            this.port = port;
            player = new Player(pattern, pool);
        }

        void stop() {
            stopped = true;
        }

        void run() {
            long lastReceived = System.nanoTime();
            while (!stopped) {
                int count = port.receive(received, BURST);
                if (count > 0) {
                    answer(count);
                    lastReceived = System.nanoTime();
                } else if (inFlight > 0 && System.nanoTime() - lastReceived > GIVEN_UP_NANOS) {
                    inFlight = 0;
                }
                if (inFlight < MOST_IN_FLIGHT && pool.allocate(outgoing, BURST)) {
                    for (int i = 0; i < BURST; i++) {
                        player.open(Mem.getLong(outgoing + 8L * i));
                    }
                    send(outgoing, BURST);
                }
            }
        }

        private void answer(int count) {
            int answers = 0;
            int free = 0;
            for (int i = 0; i < count; i++) {
                long mbuf = Mem.getLong(received + 8L * i);
                if (Player.forwarded(mbuf)) {
                    inFlight = Math.max(0, inFlight - 1);
                }
                int made = player.answer(mbuf, outgoing + 8L * answers);
                answers += made;
                if (made == 0) {
                    Mem.putLong(spent + 8L * free++, mbuf);
                }
            }
            if (free > 0) {
                pool.free(spent, free);
            }
            for (int from = 0; from < answers; from += BURST) {
                send(outgoing + 8L * from, Math.min(BURST, answers - from));
            }
        }

        private void send(long burst, int count) {
            for (int i = 0; i < count; i++) {
                if (Player.forwarded(Mem.getLong(burst + 8L * i))) {
                    inFlight++;
                }
            }
            int sent = port.transmit(burst, count);
            if (sent < count) {
                // Not connected yet.
                pool.free(burst + 8L * sent, count - sent);
                inFlight = Math.max(0, inFlight - (count - sent));
            }
        }
    }
}
