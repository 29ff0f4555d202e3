package io.twoarm.director.service;

import io.twoarm.director.access.IpSet;
import io.twoarm.director.address.IpAddress;
import io.twoarm.director.session.SessionState;
import io.twoarm.director.session.SessionTimers;
import io.twoarm.director.session.Timeouts;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prepares changes of a {@link ServiceTable}, and gives realservers their numbers. For one thread at a time, not the worker. */
final class ServicePlanner {
    private static final int STATES = 32;

    /** What tells a realserver from those of other services, and sessions of one mode from those of another. */
    private record Identity(ServiceKey service, IpAddress address, int port, ForwardingMode mode, boolean mapped) {
        Identity(ServiceDefinition service, RealserverDefinition realserver) {
            this(
                    service.key(),
                    realserver.address(),
                    realserver.port(),
                    realserver.mode(),
                    service.policy().endpointIndependent().isPresent());
        }
    }

    private final RealserverSlots slots;
    private final LocalPools localPools;
    private final int workers;
    /** Numbers of realservers that are in force or have sessions. */
    private final Map<Identity, Integer> numbers = new HashMap<>();

    private final Deque<Integer> free = new ArrayDeque<>();
    private final Map<ServiceKey, Integer> serials = new HashMap<>();
    private int nextSerial = 1;
    private int highest;

    ServicePlanner(RealserverSlots slots, LocalPools localPools, int workers) {
        this.slots = slots;
        this.localPools = localPools;
        this.workers = workers;
    }

    /**
     * @param now what is in force
     * @throws IllegalArgumentException when the services contradict each other or have too many realservers
     */
    ServicePlan prepare(ServiceSet now, List<ServiceDefinition> services, Timeouts timeouts, Map<String, IpSet> sets) {
        collect(now);
        List<ServiceSet.Entry> entries = new ArrayList<>();
        List<int[]> idleTimes = new ArrayList<>();
        Set<Integer> begun = new HashSet<>();
        LocalPools.Plan pools = new LocalPools.Plan();
        for (ServiceDefinition service : services) {
            int[] members = service.realservers().stream()
                    .mapToInt(realserver -> member(service, realserver, begun, pools))
                    .toArray();
            int sorry = service.policy()
                    .sorryServer()
                    .map(server -> member(service, server, begun, pools))
                    .orElse(-1);
            entries.add(entry(now, entries.size(), service, members, sorry));
            idleTimes.add(idleTimes(service, timeouts));
        }
        return new ServicePlan(services, entries, idleTimes, begun, pools, sets);
    }

    private int member(
            ServiceDefinition service, RealserverDefinition realserver, Set<Integer> begun, LocalPools.Plan pools) {
        int member = numbers.computeIfAbsent(new Identity(service, realserver), identity -> begin(begun));
        localPools.prepare(pools, member, realserver, service);
        return member;
    }

    private int begin(Set<Integer> begun) {
        if (free.isEmpty() && highest == RealserverSlots.CAPACITY) {
            throw new IllegalArgumentException("Virtual services have more than " + RealserverSlots.CAPACITY
                    + " realservers together, those included that were taken out and still have sessions");
        }
        int number = free.isEmpty() ? highest++ : free.pop();
        begun.add(number);
        return number;
    }

    /** Finds numbers that no service and no session has any more. */
    private void collect(ServiceSet now) {
        boolean[] inForce = new boolean[highest];
        for (int service = 0; service < now.size(); service++) {
            for (int slot : now.entry(service).all()) {
                inForce[slot] = true;
            }
        }
        Set<ServiceKey> keys = IntStream.range(0, now.size())
                .mapToObj(service -> now.entry(service).definition().key())
                .collect(Collectors.toSet());
        serials.keySet().retainAll(keys);
        numbers.values().removeIf(slot -> {
            boolean unused = !inForce[slot] && slots.sessions(slot) == 0;
            if (unused) {
                free.add(slot);
            }
            return unused;
        });
    }

    private ServiceSet.Entry entry(ServiceSet now, int number, ServiceDefinition service, int[] members, int sorry) {
        for (int i = 0; i < now.size(); i++) {
            ServiceSet.Entry entry = now.entry((number + i) % now.size());
            if (entry.definition().equals(service) && Arrays.equals(entry.slots(), members)) {
                return entry;
            }
        }
        int serial = serials.computeIfAbsent(service.key(), key -> nextSerial++);
        return ServiceSet.Entry.of(service, serial, members, sorry, slots, workers);
    }

    private static int[] idleTimes(ServiceDefinition service, Timeouts timeouts) {
        int[] times = new int[STATES];
        for (SessionState state : SessionState.values()) {
            Duration time = switch (state) {
                case ESTABLISHED, UDP_ONEWAY, UDP_NORMAL, SCTP_ESTABLISHED ->
                    service.establishTimeout().orElse(timeouts.of(state));
                default -> timeouts.of(state);
            };
            times[state.ordinal()] = SessionTimers.units(time);
        }
        return times;
    }
}
