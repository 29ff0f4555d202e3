package io.twoarm.director.service;

import io.twoarm.director.access.IpSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A change of a {@link ServiceTable} that is ready. */
public final class ServicePlan {
    final List<ServiceSet.Entry> entries;
    /** By entry and session state. */
    final List<int[]> idleTimes;
    /** Numbers that go to realservers that had none. */
    final Set<Integer> begun;

    final LocalPools.Plan pools;
    final ServiceSet set;

    ServicePlan(
            List<ServiceDefinition> services,
            List<ServiceSet.Entry> entries,
            List<int[]> idleTimes,
            Set<Integer> begun,
            LocalPools.Plan pools,
            Map<String, IpSet> sets) {
        this.entries = List.copyOf(entries);
        this.idleTimes = List.copyOf(idleTimes);
        this.begun = Set.copyOf(begun);
        this.pools = pools;
        set = new ServiceSet(entries, services, sets);
    }

    /** A realserver of the plan by its number. */
    RealserverDefinition definition(int slot) {
        for (ServiceSet.Entry entry : entries) {
            int[] members = entry.all();
            for (int i = 0; i < members.length; i++) {
                if (members[i] == slot) {
                    return entry.definitions().get(i);
                }
            }
        }
        throw new IllegalStateException("realserver " + slot + " is in no service of its plan");
    }
}
