package io.twoarm.desktop.viewmodel;

/** The daemon's counters of dropped packets as words. */
public final class DropReason {
    private DropReason() {}

    /** Such as {@code ether type} for {@code dropped_ether_type}. */
    public static String words(String counter) {
        return counter.replaceFirst("^dropped_", "").replace('_', ' ');
    }
}
