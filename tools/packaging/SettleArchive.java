import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes a class archive the same in all runs: {@code java SettleArchive.java ARCHIVE OTHER} of two dumps of the same classes.
 *
 * <p>They differ in the times of soft references, in milliseconds since the machine was started, and so in the checksums of
 * header and heap, which the JVM compares with {@code -XX:+VerifySharedSpaces} only. All of these become zero in the first.
 */
final class SettleArchive {
    /** Of the header, in bytes; its checksums are words of 4 bytes, times on the heap are words of 8. */
    private static final int HEADER = 4096;
    /** More than these are not times, but another archive. */
    private static final int MOST = 4096;

    private SettleArchive() {}

    public static void main(String[] arguments) throws IOException {
        Path archive = Path.of(arguments[0]);
        byte[] one = Files.readAllBytes(archive);
        byte[] other = Files.readAllBytes(Path.of(arguments[1]));
        int settled = one.length == other.length ? settle(one, other) : MOST + 1;
        if (settled > MOST) {
            System.err.printf(
                    "twoarm: two class archives of the same classes differ in more than times: %s, %s%n        fix:     package again%n",
                    archive, arguments[1]);
            System.exit(1);
        }
        Files.write(archive, one);
    }

    /** @return how many words were others */
    private static int settle(byte[] one, byte[] other) {
        int settled = 0;
        int width = 4;
        for (int at = 0; at + width <= one.length; at += width) {
            width = at < HEADER ? 4 : 8;
            if (!java.util.Arrays.equals(one, at, at + width, other, at, at + width)) {
                java.util.Arrays.fill(one, at, at + width, (byte) 0);
                settled++;
            }
        }
        return settled;
    }
}
