package io.twoarm.director.service;

import io.twoarm.director.access.AccessFilter;
import io.twoarm.director.access.AccessQuery;
import io.twoarm.director.access.IpSet;
import io.twoarm.director.rate.RateLimit;
import io.twoarm.director.scheduling.Members;
import io.twoarm.director.scheduling.Scheduler;
import io.twoarm.director.scheduling.Share;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The virtual services that are in force together, by number, with the numbers of their realservers. Never changes, but for
 * what the schedulers remember.
 */
final class ServiceSet {
    static final ServiceSet EMPTY = new ServiceSet(List.of(), List.of(), Map.of());

    /**
     * A service in the set.
     *
     * @param serial tells it from all other services that ever were
     * @param sorrySlot number of the sorry server, or -1
     * @param slots the realservers' numbers, in the order of the definition
     * @param rate of new flows, for this worker
     * @param traffic that this worker may let through
     */
    record Entry(
            ServiceDefinition definition,
            int serial,
            int[] slots,
            int sorrySlot,
            Scheduler scheduler,
            Optional<RateLimit> rate,
            Optional<TrafficBuckets> traffic) {
        /** Makes the scheduler's tables. */
        static Entry of(
                ServiceDefinition definition,
                int serial,
                int[] slots,
                int sorrySlot,
                RealserverSlots realservers,
                int workers) {
            List<Share> shares = definition.realservers().stream()
                    .map(realserver -> new Share(realserver.address().withPort(realserver.port()), realserver.weight()))
                    .toList();
            ServicePolicy policy = definition.policy();
            return new Entry(
                    definition,
                    serial,
                    slots,
                    sorrySlot,
                    Scheduler.of(policy.scheduler(), policy.hashTarget(), shares, members(slots, realservers)),
                    policy.connectionRate() == 0
                            ? Optional.empty()
                            : Optional.of(new RateLimit(Math.max(1, policy.connectionRate() / workers))),
                    policy.traffic().areNone()
                            ? Optional.empty()
                            : Optional.of(new TrafficBuckets(policy.traffic(), workers)));
        }

        /** Numbers of all realservers, the sorry server last. */
        int[] all() {
            return sorrySlot < 0
                    ? slots
                    : IntStream.concat(Arrays.stream(slots), IntStream.of(sorrySlot))
                            .toArray();
        }

        /** All realservers in the order of {@link #all}. */
        List<RealserverDefinition> definitions() {
            return Stream.concat(definition.realservers().stream(), definition.policy().sorryServer().stream())
                    .toList();
        }

        private static Members members(int[] slots, RealserverSlots realservers) {
            return new Members() {
                @Override
                public boolean isAvailable(int place) {
                    return realservers.isAvailable(slots[place]);
                }

                @Override
                public long active(int place) {
                    return realservers.active(slots[place]);
                }

                @Override
                public long inactive(int place) {
                    return realservers.inactive(slots[place]);
                }
            };
        }
    }

    private final Entry[] entries;
    private final ServiceIndex index;
    private final MatchList matches;
    /** By service; null where any number of flows may begin. */
    private final RateLimit[] rates;
    /** By service; null where everybody may begin flows. */
    private final AccessFilter[] filters;

    /** @param sets what access lists may name */
    ServiceSet(List<Entry> entries, List<ServiceDefinition> definitions, Map<String, IpSet> sets) {
        this.entries = entries.toArray(Entry[]::new);
        index = new ServiceIndex(definitions);
        matches = new MatchList(definitions);
        rates = entries.stream().map(entry -> entry.rate().orElse(null)).toArray(RateLimit[]::new);
        filters = definitions.stream()
                .map(service -> service.access().isOpen() ? null : new AccessFilter(service.access(), sets))
                .toArray(AccessFilter[]::new);
    }

    int size() {
        return entries.length;
    }

    Entry entry(int service) {
        return entries[service];
    }

    /** Whether one more flow of a service may begin now. */
    boolean hasRoom(int service, long nowMicros) {
        return rates[service] == null || rates[service].take(nowMicros);
    }

    /** Whether a service has access lists. */
    boolean isGuarded(int service) {
        return filters[service] != null;
    }

    /** Whether a flow of a guarded service may begin. */
    boolean admits(int service, AccessQuery query) {
        return filters[service].admits(query);
    }

    /** The services that match flows instead of having a VIP. */
    MatchList matches() {
        return matches;
    }

    /** Number of the service at an IPv6 address, or -1. */
    int find(long high, long low, int port, int protocol) {
        return index.find(high, low, port, protocol);
    }

    /** Number of the service at an IPv4 address, or -1. */
    int find(int address, int port, int protocol) {
        return index.find(address, port, protocol);
    }
}
