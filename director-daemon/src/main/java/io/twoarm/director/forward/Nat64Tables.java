package io.twoarm.director.forward;

import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.nat64.BindingTable;
import io.twoarm.director.nat64.Nat64Definition;
import io.twoarm.director.nat64.Nat64Scope;
import io.twoarm.director.nat64.Nat64Sessions;
import io.twoarm.director.nat64.StaticBinding;
import io.twoarm.director.report.Counters;
import io.twoarm.director.report.ReportRing;
import io.twoarm.director.share.WorkerShare;
import io.twoarm.director.siit.TranslationPrefix;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a worker's NAT64 works on: its definition, and the worker's part of bindings and sessions. The definition may change;
 * room for bindings and sessions is taken once, when there is a NAT64 for the first time.
 */
final class Nat64Tables {
    final WorkerShare share;
    private final NativeMemory memory;
    private final Counters counters;
    private final ReportRing reports;
    private final long randomStart;
    /** Of all workers. */
    private Nat64Definition definition;
    /** What goes to NAT64, and to which worker. */
    Nat64Scope scope;

    /** Where IPv4 addresses stand; null when there is no NAT64. */
    TranslationPrefix prefix;

    boolean addressDependent;
    Nat64Bindings maker;
    /** The worker alone changes them; others may look. */
    volatile BindingTable bindings;

    volatile Nat64Sessions sessions;

    /**
     * Another definition, made ready.
     *
     * @param all of all workers
     * @param part the worker's
     * @param maker where to take room from; null where there is some
     */
    record Change(Nat64Definition all, Nat64Definition part, Nat64Scope scope, Nat64Bindings maker) {}

    Nat64Tables(
            Nat64Definition all,
            WorkerShare share,
            NativeMemory memory,
            Counters counters,
            ReportRing reports,
            long randomStart) {
        this.share = share;
        this.memory = memory;
        this.counters = counters;
        this.reports = reports;
        this.randomStart = randomStart;
        definition = all;
        scope = new Nat64Scope(all);
        prefix = all.prefix().orElse(null);
        addressDependent = all.addressDependent();
        take(maker(all.part(share)));
    }

    private Nat64Bindings maker(Nat64Definition part) {
        return new Nat64Bindings(part, share, memory, counters, reports, randomStart);
    }

    private void take(Nat64Bindings made) {
        maker = made;
        bindings = made.bindings;
        sessions = made.sessions;
    }

    /**
     * Makes another definition ready. For any thread but the worker.
     *
     * @throws IllegalArgumentException when more bindings are configured than there is room for
     */
    Change prepare(Nat64Definition all) {
        Nat64Definition part = all.part(share);
        boolean first = bindings.capacity() == 0 && all.prefix().isPresent();
        if (!first) {
            bindings.checkRoom(part.bindings().size());
        }
        return new Change(all, part, new Nat64Scope(all), first ? maker(part) : null);
    }

    /** Puts another definition into force; false where it is the same. For the worker, between two bursts. */
    boolean adopt(Change change) {
        Nat64Definition before = definition;
        Nat64Definition after = change.all();
        if (after.equals(before)) {
            return false;
        }
        definition = after;
        scope = change.scope();
        prefix = after.prefix().orElse(null);
        addressDependent = after.addressDependent();
        if (change.maker() != null) {
            take(change.maker());
            return true;
        }
        maker.adopt(after);
        sessions.adoptTimes(after);
        if (after.prefix().equals(before.prefix())) {
            fit(before, change);
        } else {
            // Hosts know the IPv4 ends by the prefix, so none of their connections can go on.
            sessions.clear();
            bindings.clear();
            change.part().bindings().forEach(bindings::configure);
        }
        return true;
    }

    /** Retires bindings that the new definition does not have or has otherwise, and enters those that it has. */
    private void fit(Nat64Definition before, Change change) {
        Set<StaticBinding> configured = new HashSet<>(change.all().bindings());
        before.bindings().stream()
                .filter(binding -> !configured.contains(binding))
                .forEach(binding -> retire(bindings.find(binding)));
        if (!change.all().pool().containsAll(before.pool())) {
            retireOutside();
        }
        for (StaticBinding binding : change.all().bindings()) {
            if (bindings.find(binding) == BindingTable.NONE) {
                retire(bindings.findInside(
                        binding.protocol(),
                        binding.inside().high(),
                        binding.inside().low(),
                        binding.insidePort()));
                retire(bindings.findOutside(
                        binding.protocol(), (int) binding.outside().low(), binding.outsidePort()));
            }
        }
        sessions.beginSweep();
        makeRoom(change.part().bindings());
        change.part().bindings().forEach(this::configure);
    }

    private void retire(int number) {
        if (number != BindingTable.NONE) {
            bindings.retire(number);
        }
    }

    /** Retires bindings whose address the pool has no more. */
    private void retireOutside() {
        for (int number = 0; number < bindings.used(); number++) {
            if (bindings.isUsed(number) && !scope.contains(bindings.outside(number))) {
                bindings.retire(number);
            }
        }
    }

    private void configure(StaticBinding binding) {
        int number = bindings.find(binding);
        if (number == BindingTable.NONE) {
            bindings.configure(binding);
        } else {
            bindings.keep(number);
        }
    }

    /** In a full table retired bindings give their records at once, and others must end for configured ones. */
    private void makeRoom(List<StaticBinding> configured) {
        int wanted = (int) configured.stream()
                .filter(binding -> bindings.find(binding) == BindingTable.NONE)
                .count();
        if (wanted <= bindings.room()) {
            return;
        }
        sessions.sweep(Integer.MAX_VALUE);
        int missing = wanted - bindings.room();
        for (int number = 0; missing > 0 && number < bindings.used(); number++) {
            if (bindings.isUsed(number) && !bindings.isConfigured(number) && !isWanted(number, configured)) {
                bindings.retire(number);
                missing--;
            }
        }
        sessions.beginSweep();
        sessions.sweep(Integer.MAX_VALUE);
    }

    private boolean isWanted(int number, List<StaticBinding> configured) {
        return configured.stream().anyMatch(binding -> bindings.find(binding) == number);
    }
}
