package io.twoarm.director.service;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.session.LocalPorts;
import io.twoarm.director.session.SecretKey;
import io.twoarm.director.share.WorkerShare;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToLongFunction;

/**
 * Which pool of local ports a flow takes from: one per local address, realserver, port and protocol. Services that share
 * all of these share the pool, for their flows would look alike to the realserver.
 */
public final class LocalPools {
    private record Pool(IpAddress local, IpAddress realserver, int port, Protocol protocol) {}

    /**
     * The local addresses of one realserver.
     *
     * @param offered how many of them, from the first on, flows may take ports from; sessions still have ports of the others
     */
    private record Choice(int offered, long[] highs, long[] lows, long[] pools) {
        static final Choice NOTHING = new Choice(0, new long[0], new long[0], new long[0]);
    }

    /** Choices by realserver, made for {@link #apply}. */
    static final class Plan {
        private final Map<Integer, Choice> choices = new LinkedHashMap<>();
        private final Map<Pool, Long> pools = new LinkedHashMap<>();
    }

    private final LocalPorts ports;
    private final WorkerShare share;
    private final Choice[] choices = new Choice[RealserverSlots.CAPACITY];
    private final int[] hands = new int[RealserverSlots.CAPACITY];
    private final Map<Pool, Long> known = new LinkedHashMap<>();
    private volatile Map<Pool, Long> offered = Map.of();
    private long takenHigh;
    private long takenLow;

    LocalPools(NativeMemory memory, SecretKey secret, WorkerShare share) {
        this.share = share;
        ports = new LocalPorts(memory, secret);
    }

    /**
     * Finds or makes the pools of a realserver. Not for the worker.
     *
     * @throws OutOfMemoryError when there is no memory for another pool
     */
    void prepare(Plan plan, int realserver, RealserverDefinition definition, ServiceDefinition service) {
        List<IpAddress> locals = new ArrayList<>();
        if (definition.mode() == ForwardingMode.FULLNAT) {
            locals.addAll(service.localAddressesTowards(definition));
        }
        List<Long> pools = new ArrayList<>();
        Protocol protocol = service.protocolTowards(definition);
        for (IpAddress local : locals) {
            Pool key = new Pool(local, definition.address(), definition.port(), protocol);
            long pool = pool(key, plan);
            pools.add(pool);
            plan.pools.put(key, pool);
        }
        int fresh = locals.size();
        Choice before = choices[realserver] == null ? Choice.NOTHING : choices[realserver];
        for (int i = 0; i < before.lows.length; i++) {
            IpAddress local = IpAddress.of(before.highs[i], before.lows[i]);
            if (!locals.contains(local) && LocalPorts.used(before.pools[i]) > 0) {
                locals.add(local);
                pools.add(before.pools[i]);
            }
        }
        plan.choices.put(
                realserver,
                new Choice(
                        fresh,
                        locals.stream().mapToLong(IpAddress::high).toArray(),
                        locals.stream().mapToLong(IpAddress::low).toArray(),
                        pools.stream().mapToLong(Long::longValue).toArray()));
    }

    private long pool(Pool key, Plan plan) {
        Long found = known.get(key);
        if (found == null) {
            IntToLongFunction ours =
                    share.isAlone() ? LocalPorts.ALL : share.localPorts(key.realserver(), key.port(), key.local());
            Optional<Long> left = unused(plan);
            if (!share.isAlone()) {
                left.ifPresent(pool -> LocalPorts.fill(pool, ours));
            }
            found = left.orElseGet(() -> ports.create(ours));
            known.put(key, found);
        }
        return found;
    }

    /** A pool that nobody is offered and no session has a port of. */
    private Optional<Long> unused(Plan plan) {
        Set<Long> wanted = new HashSet<>(plan.pools.values());
        wanted.addAll(offered.values());
        Optional<Map.Entry<Pool, Long>> found = known.entrySet().stream()
                .filter(entry -> !wanted.contains(entry.getValue()) && LocalPorts.used(entry.getValue()) == 0)
                .findFirst();
        found.ifPresent(entry -> known.remove(entry.getKey()));
        return found.map(Map.Entry::getValue);
    }

    /** Puts a plan into force. For the worker. */
    void apply(Plan plan) {
        plan.choices.forEach((realserver, choice) -> {
            choices[realserver] = choice;
            hands[realserver] = 0;
        });
        offered = plan.pools;
    }

    /**
     * Takes a port towards a realserver, from its local addresses in turn.
     *
     * @return the port, with its address in {@link #takenHigh()} and {@link #takenLow()}; 0 when all are in use
     */
    public int take(int realserver) {
        Choice choice = choices[realserver];
        for (int tries = 0; tries < choice.offered; tries++) {
            int i = hands[realserver];
            hands[realserver] = i + 1 < choice.offered ? i + 1 : 0;
            takenHigh = choice.highs[i];
            takenLow = choice.lows[i];
            int port = LocalPorts.take(choice.pools[i]);
            if (port != 0) {
                return port;
            }
        }
        return 0;
    }

    /** First 64 bits of the local address that was tried last, as of an {@link IpAddress}. */
    public long takenHigh() {
        return takenHigh;
    }

    /** Last 64 bits of it; the low 32 of them are an IPv4 address. */
    public long takenLow() {
        return takenLow;
    }

    /** Gives back a port that was taken towards a realserver. */
    public void giveBack(int realserver, long high, long low, int port) {
        Choice choice = choices[realserver];
        for (int i = 0; i < choice.lows.length; i++) {
            if (choice.lows[i] == low && choice.highs[i] == high) {
                LocalPorts.giveBack(choice.pools[i], port);
                return;
            }
        }
    }

    /** How full the pools are. Any thread may ask. */
    public List<LocalAddressStatus> status() {
        List<LocalAddressStatus> list = new ArrayList<>();
        offered.forEach((pool, address) -> list.add(new LocalAddressStatus(
                pool.local(),
                pool.realserver(),
                pool.port(),
                pool.protocol().name(),
                LocalPorts.used(address),
                LocalPorts.size(address))));
        return list;
    }
}
