package io.twoarm.desktop.viewmodel;

/** Packets per second in as few characters as a drawing has room for. */
public final class PacketRate {
    private PacketRate() {}

    /** Three significant digits with k or M, such as {@code 0}, {@code 7}, {@code 842}, {@code 1.24k}, {@code 12.3M}. */
    public static String text(double perSecond) {
        if (perSecond < 999.5) {
            return Long.toString(Math.round(perSecond));
        }
        return perSecond < 999_500 ? scaled(perSecond / 1e3) + "k" : scaled(perSecond / 1e6) + "M";
    }

    private static String scaled(double value) {
        String format = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
        return String.format(java.util.Locale.ROOT, format, value);
    }
}
