package io.twoarm.bench;

import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.scheduling.FlowKey;
import io.twoarm.director.scheduling.HashTarget;
import io.twoarm.director.scheduling.Members;
import io.twoarm.director.scheduling.Scheduler;
import io.twoarm.director.scheduling.SchedulerKind;
import io.twoarm.director.scheduling.Share;
import io.twoarm.director.session.SecretKey;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionTable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Parts of the daemon's packet path, one at a time: nanoseconds of each. */
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Parts {
    private static final long SERVER_ADDRESSES = 0x0a0060cc_c0a8e501L;

    /** Numbers in a random order without a table of them: every one of a power of two, one after the other. */
    private static int following(int number) {
        return number * 1_664_525 + 1_013_904_223;
    }

    private static long addresses(int flow) {
        return (long) (Wire.FIRST_CLIENT + flow / Wire.CLIENT_PORTS) << 32 | Wire.VIP;
    }

    private static int ports(int flow) {
        return Wire.clientPort(flow) << 16 | Wire.SERVICE_PORT;
    }

    private static long create(SessionTable table, int flow) {
        return table.create(addresses(flow), ports(flow), SERVER_ADDRESSES, flow, SessionRecord.PROTOCOL_TCP);
    }

    /** A table with sessions, three quarters full. */
    @State(Scope.Thread)
    public static class Sessions {
        /** How many; a power of two. */
        @Param({"1024", "131072", "1048576"})
        public int sessions;

        private SessionTable table;
        private int number;

        /** Fills the table. */
        @Setup
        public void fill() {
            table = new SessionTable(NativeMemory.ofProcess(), sessions + sessions / 3, new SecretKey(1, 2));
            for (int flow = 0; flow < sessions; flow++) {
                create(table, flow);
            }
        }

        private int next() {
            number = following(number);
            return number >>> 8 & sessions - 1;
        }
    }

    /** Realservers of equal weights. */
    @State(Scope.Thread)
    public static class Realservers {
        /** How they are chosen. */
        @Param({"RR", "WRR", "WLC", "SH", "MH", "CONHASH"})
        public SchedulerKind scheduler;

        /** How many. */
        @Param({"8", "64"})
        public int realservers;

        private final FlowKey flow = new FlowKey();
        private Scheduler chosen;

        /** Makes the scheduler. */
        @Setup
        public void make() {
            List<Share> shares = IntStream.range(0, realservers)
                    .mapToObj(place -> new Share("192.168.229." + (place + 1) + ":80", 1))
                    .toList();
            chosen = Scheduler.of(scheduler, HashTarget.SOURCE, shares, new Members() {
                @Override
                public boolean isAvailable(int place) {
                    return true;
                }

                @Override
                public long active(int place) {
                    return place & 7;
                }

                @Override
                public long inactive(int place) {
                    return 1;
                }
            });
        }
    }

    /** An IPv4 header. */
    @State(Scope.Thread)
    public static class Header {
        private final long address = NativeMemory.ofProcess().allocate(64, 64);
        private int number;
    }

    /** Finds a session at random. */
    @Benchmark
    public long find(Sessions state) {
        int flow = state.next();
        return state.table.find(addresses(flow), ports(flow), SessionRecord.PROTOCOL_TCP);
    }

    /** Looks for a session that is not there. */
    @Benchmark
    public long miss(Sessions state) {
        int flow = state.next();
        return state.table.find(addresses(flow) ^ 1, ports(flow), SessionRecord.PROTOCOL_TCP);
    }

    /** Takes a session at random out of the table and enters it again. */
    @Benchmark
    public long replace(Sessions state) {
        int flow = state.next();
        long found = state.table.find(addresses(flow), ports(flow), SessionRecord.PROTOCOL_TCP);
        state.table.remove(SessionTable.session(found));
        return create(state.table, flow);
    }

    /** Chooses a realserver for another client each time. */
    @Benchmark
    public int choose(Realservers state) {
        state.flow.sourceLow = following((int) state.flow.sourceLow) & 0xffff_ffffL;
        return state.chosen.choose(state.flow);
    }

    /** Brings a checksum up to date for another address and port (RFC 1624). */
    @Benchmark
    public short update(Header state) {
        state.number = following(state.number);
        long change =
                InternetChecksum.change(Wire.VIP, state.number) + InternetChecksum.change(80, state.number >>> 16);
        return InternetChecksum.update((short) state.number, change);
    }

    /** Sums up a header of 20 bytes. */
    @Benchmark
    public short sum(Header state) {
        return InternetChecksum.of(InternetChecksum.sum(state.address, 20));
    }
}
