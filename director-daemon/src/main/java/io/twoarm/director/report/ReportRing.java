package io.twoarm.director.report;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;

/**
 * A queue of reports from one worker to one reader. Of each kind at most {@value #BURST} reports pass per second, so that
 * a flood of packets is no flood of log lines; what does not fit or is too much is counted.
 */
public final class ReportRing {
    private static final int ENTRIES = 1024;
    private static final int LONGS = 4;
    private static final int BURST = 64;
    private static final long SECOND = 1_000_000;
    private static final VarHandle HEAD;
    private static final VarHandle TAIL;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(ReportRing.class, "head", long.class);
            TAIL = lookup.findVarHandle(ReportRing.class, "tail", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final Report.Kind[] KINDS = Report.Kind.values();

    private final Counters counters;
    private final long[] entries = new long[ENTRIES * LONGS];
    private final long[] windowStart = new long[KINDS.length];
    private final int[] windowCount = new int[KINDS.length];

    @SuppressWarnings("unused") // by HEAD
    private volatile long head;

    @SuppressWarnings("unused") // by TAIL
    private volatile long tail;

    public ReportRing(Counters counters) {
        this.counters = counters;
    }

    /** Adds a report. Called by the worker. */
    public void add(Report.Kind kind, long micros, long subject, long detail) {
        int ordinal = kind.ordinal();
        if (micros - windowStart[ordinal] >= SECOND) {
            windowStart[ordinal] = micros;
            windowCount[ordinal] = 0;
        }
        long at = (long) TAIL.get(this);
        if (++windowCount[ordinal] > BURST || at - (long) HEAD.getAcquire(this) >= ENTRIES) {
            counters.count(Counter.REPORTS_LOST);
            return;
        }
        int i = (int) (at & (ENTRIES - 1)) * LONGS;
        entries[i] = ordinal;
        entries[i + 1] = micros;
        entries[i + 2] = subject;
        entries[i + 3] = detail;
        TAIL.setRelease(this, at + 1);
    }

    /** Takes the oldest report. Called by the reader. */
    public Optional<Report> poll() {
        long at = (long) HEAD.get(this);
        if (at == (long) TAIL.getAcquire(this)) {
            return Optional.empty();
        }
        int i = (int) (at & (ENTRIES - 1)) * LONGS;
        Report report = new Report(KINDS[(int) entries[i]], entries[i + 1], entries[i + 2], entries[i + 3]);
        HEAD.setRelease(this, at + 1);
        return Optional.of(report);
    }
}
