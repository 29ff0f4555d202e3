package io.twoarm.director.forward;

import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.nat64.BindingTable;
import io.twoarm.director.nat64.Nat64Definition;
import io.twoarm.director.nat64.Nat64Scope;
import io.twoarm.director.nat64.Nat64Sessions;
import io.twoarm.director.report.Counters;
import io.twoarm.director.report.ReportRing;
import io.twoarm.director.share.WorkerShare;
import io.twoarm.director.siit.TranslationPrefix;

/** What a worker's NAT64 works on: its definition, and the worker's part of bindings and sessions. */
final class Nat64Tables {
    final WorkerShare share;
    /** What goes to NAT64, and to which worker. */
    final Nat64Scope scope;

    /** Where IPv4 addresses stand; null when there is no NAT64. */
    final TranslationPrefix prefix;

    final boolean addressDependent;
    final Nat64Bindings maker;
    final BindingTable bindings;
    final Nat64Sessions sessions;

    Nat64Tables(
            Nat64Definition all,
            WorkerShare share,
            NativeMemory memory,
            Counters counters,
            ReportRing reports,
            long randomStart) {
        this.share = share;
        scope = new Nat64Scope(all);
        prefix = all.prefix().orElse(null);
        addressDependent = all.addressDependent();
        maker = new Nat64Bindings(all.part(share), share, memory, counters, reports, randomStart);
        bindings = maker.bindings;
        sessions = maker.sessions;
    }
}
