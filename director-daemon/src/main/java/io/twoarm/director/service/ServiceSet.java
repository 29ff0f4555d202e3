package io.twoarm.director.service;

import io.twoarm.director.scheduling.Members;
import io.twoarm.director.scheduling.Scheduler;
import io.twoarm.director.scheduling.Share;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The virtual services that are in force together, by number, with the numbers of their realservers. Never changes, but for
 * what the schedulers remember.
 */
final class ServiceSet {
    static final ServiceSet EMPTY = new ServiceSet(List.of(), List.of());

    /**
     * A service in the set.
     *
     * @param serial tells it from all other services that ever were
     * @param sorrySlot number of the sorry server, or -1
     * @param slots the realservers' numbers, in the order of the definition
     */
    record Entry(ServiceDefinition definition, int serial, int[] slots, int sorrySlot, Scheduler scheduler) {
        /** Makes the scheduler's tables. */
        static Entry of(
                ServiceDefinition definition, int serial, int[] slots, int sorrySlot, RealserverSlots realservers) {
            List<Share> shares = definition.realservers().stream()
                    .map(realserver -> new Share(realserver.address().withPort(realserver.port()), realserver.weight()))
                    .toList();
            ServicePolicy policy = definition.policy();
            return new Entry(
                    definition,
                    serial,
                    slots,
                    sorrySlot,
                    Scheduler.of(policy.scheduler(), policy.hashTarget(), shares, members(slots, realservers)));
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

    ServiceSet(List<Entry> entries, List<ServiceDefinition> definitions) {
        this.entries = entries.toArray(Entry[]::new);
        index = new ServiceIndex(definitions);
    }

    int size() {
        return entries.length;
    }

    Entry entry(int service) {
        return entries[service];
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
