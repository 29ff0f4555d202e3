package io.twoarm.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Writes a traffic's packets as a capture file (pcap, link type Ethernet) for DPDK's net_pcap. Neighbours that the
 * director will ask for are in it, too: net_pcap hears nobody, so their answers come by in every round.
 */
final class CaptureWriter {
    private static final long SEED = 20261121;

    private final Traffic traffic;
    private final IntPredicate wanted;
    private final OutputStream out;
    private final Frame frame = new Frame();
    private final ByteBuffer header = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());

    private CaptureWriter(Traffic traffic, IntPredicate wanted, OutputStream out) {
        this.traffic = traffic;
        this.wanted = wanted;
        this.out = out;
    }

    static void write(Traffic traffic, Path file) throws IOException {
        write(traffic, _ -> true, file);
    }

    /** @param wanted which flows of the traffic to write */
    static void write(Traffic traffic, IntPredicate wanted, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            new CaptureWriter(traffic, wanted, out).write();
        }
    }

    private void write() throws IOException {
        ByteBuffer start = ByteBuffer.allocate(24).order(ByteOrder.nativeOrder());
        start.putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0)
                .putInt(65535)
                .putInt(1);
        out.write(start.array());
        neighbours();
        int[] order = IntStream.range(0, traffic.flows()).filter(wanted).toArray();
        if (traffic.protocol() == Traffic.Protocol.TCP) {
            for (int flow : order) {
                record(frame.client(traffic, flow, Frame.SYN));
            }
        }
        Random random = new Random(SEED);
        for (int turn = 0; turn < traffic.turns(); turn++) {
            if (traffic.order() == Traffic.Order.RANDOM) {
                shuffle(order, random);
            }
            for (int flow : order) {
                record(frame.client(traffic, flow, Frame.ACK));
            }
        }
    }

    private void neighbours() throws IOException {
        byte[] gateway = Stations.of(Wire.GATEWAY);
        record(
                traffic.mode().wideClients
                        ? frame.neighbourAdvertisement(
                                Wire.wide(false, Wire.GATEWAY), Wire.wide(false, Wire.VIP), gateway)
                        : frame.arpReply(Wire.GATEWAY, Wire.VIP));
        if (traffic.mode() == Mode.SNAT) {
            record(frame.arpReply(Wire.VIP, Wire.FIRST_LOCAL_ADDRESS));
            return;
        }
        for (int realserver = Wire.FIRST_REALSERVER;
                realserver < Wire.FIRST_REALSERVER + Wire.REALSERVERS;
                realserver++) {
            record(
                    traffic.mode().wideRealservers
                            ? frame.neighbourAdvertisement(
                                    Wire.wide(true, realserver),
                                    Wire.wide(true, Wire.FIRST_LOCAL_ADDRESS),
                                    Stations.of(realserver))
                            : frame.arpReply(realserver, Wire.FIRST_LOCAL_ADDRESS));
        }
    }

    private static void shuffle(int[] order, Random random) {
        for (int last = order.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int kept = order[last];
            order[last] = order[other];
            order[other] = kept;
        }
    }

    private void record(Frame frame) throws IOException {
        header.clear();
        header.putInt(0).putInt(0).putInt(frame.length()).putInt(frame.length());
        out.write(header.array());
        out.write(frame.array(), 0, frame.length());
    }
}
