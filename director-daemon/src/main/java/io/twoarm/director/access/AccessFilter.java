package io.twoarm.director.access;

import io.twoarm.director.address.Ipv6Address;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The access lists of one service, for asking. A list's set that does not exist has no members. Never changes. */
public final class AccessFilter {
    private final AccessList denied;
    private final AccessList allowed;

    /** @param sets all sets by name */
    public AccessFilter(AccessRules rules, Map<String, IpSet> sets) {
        denied = new AccessList(rules.denied(), sets);
        allowed = new AccessList(rules.allowed(), sets);
    }

    /** Whether a flow may begin. */
    public boolean admits(AccessQuery query) {
        return (denied.isEmpty() || !denied.contains(query)) && (allowed.isEmpty() || allowed.contains(query));
    }

    private static final class AccessList {
        private final boolean empty;
        private final SortedRanges ipv4;
        private final SortedRanges ipv6;
        private final IpSet[] sets;

        AccessList(List<AccessSubject> subjects, Map<String, IpSet> all) {
            empty = subjects.isEmpty();
            Predicate<AccessSubject> isIpv4 = subject -> subject.first().isIpv4();
            List<AccessSubject> addresses =
                    subjects.stream().filter(subject -> subject.set().isEmpty()).toList();
            ipv4 = new SortedRanges(addresses.stream().filter(isIpv4).toList());
            ipv6 = new SortedRanges(addresses.stream().filter(isIpv4.negate()).toList());
            sets = subjects.stream()
                    .flatMap(subject -> subject.set().stream())
                    .filter(all::containsKey)
                    .map(all::get)
                    .toArray(IpSet[]::new);
        }

        boolean isEmpty() {
            return empty;
        }

        boolean contains(AccessQuery query) {
            SortedRanges ranges = Ipv6Address.isMapped(query.sourceHigh, query.sourceLow) ? ipv4 : ipv6;
            if (ranges.contains(query.sourceHigh, query.sourceLow)) {
                return true;
            }
            for (IpSet set : sets) {
                if (set.contains(query)) {
                    return true;
                }
            }
            return false;
        }
    }
}
