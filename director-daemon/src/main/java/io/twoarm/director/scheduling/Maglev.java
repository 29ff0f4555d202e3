package io.twoarm.director.scheduling;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The lookup table of Maglev (Eisenbud et al., NSDI 2016, section 3.4), with weights. Realservers take free slots in turn,
 * each in an order of its own, so shares differ by one slot at most and a change of the realservers moves few other
 * addresses. The table depends on names and weights only, not on their order: directors with equal realservers have equal
 * tables, which the digest shows.
 *
 * <p>While a realserver is not available, its addresses are hashed again until they meet one that is. The others stay where
 * they are, and its own come back with it.
 */
final class Maglev implements Scheduler {
    /** Slots: a prime, so that every skip visits all of them. More than 100 for each of 655 realservers. */
    static final int SIZE = 65_537;

    private static final int REHASHES = 8;
    private static final char FREE = Character.MAX_VALUE;

    private final char[] table;
    private final int count;
    private final String digest;
    private final HashTarget target;
    private final Members members;

    private Maglev(char[] table, int count, String digest, HashTarget target, Members members) {
        this.target = target;
        this.table = table;
        this.count = count;
        this.digest = digest;
        this.members = members;
    }

    static Maglev of(HashTarget target, List<Share> shares, Members members) {
        List<Integer> byName = IntStream.range(0, shares.size())
                .filter(place -> shares.get(place).weight() > 0)
                .boxed()
                .sorted(Comparator.comparing(place -> shares.get(place).name()))
                .toList();
        char[] table = fill(shares, byName);
        return new Maglev(table, shares.size(), digest(table, shares), target, members);
    }

    private static char[] fill(List<Share> shares, List<Integer> places) {
        if (places.isEmpty()) {
            return new char[0];
        }
        char[] table = new char[SIZE];
        Arrays.fill(table, FREE);
        int highest = places.stream()
                .mapToInt(place -> shares.get(place).weight())
                .max()
                .orElseThrow();
        int[] next = new int[places.size()];
        int[] skip = new int[places.size()];
        long[] credit = new long[places.size()];
        for (int i = 0; i < next.length; i++) {
            String name = shares.get(places.get(i)).name();
            next[i] = KeyHash.below(KeyHash.of(name, 1), SIZE);
            // Everybody takes one in the first round, however small its weight.
            credit[i] = highest - shares.get(places.get(i)).weight();
            skip[i] = 1 + KeyHash.below(KeyHash.of(name, 2), SIZE - 1);
        }
        int filled = 0;
        while (true) {
            for (int i = 0; i < next.length; i++) {
                credit[i] += shares.get(places.get(i)).weight();
                if (credit[i] >= highest) {
                    credit[i] -= highest;
                    while (table[next[i]] != FREE) {
                        next[i] = (next[i] + skip[i]) % SIZE;
                    }
                    table[next[i]] = (char) (int) places.get(i);
                    if (++filled == SIZE) {
                        return table;
                    }
                }
            }
        }
    }

    /** SHA-256 over the names in the order of the slots, cut to 64 bits. */
    private static String digest(char[] table, List<Share> shares) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            List<byte[]> names = shares.stream()
                    .map(share -> (share.name() + "\n").getBytes(StandardCharsets.US_ASCII))
                    .toList();
            for (char place : table) {
                sha.update(names.get(place));
            }
            return HexFormat.of().formatHex(sha.digest(), 0, Long.BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    @Override
    public int choose(FlowKey flow) {
        if (table.length == 0) {
            return NONE;
        }
        long hash = flow.source(target);
        int place = table[KeyHash.below(hash, SIZE)];
        for (int i = 0; i < REHASHES && !members.isAvailable(place); i++) {
            hash = KeyHash.of(hash);
            place = table[KeyHash.below(hash, SIZE)];
        }
        return Scheduler.availableFrom(place, count, members);
    }

    /** Place in a slot of the table. */
    int slot(int number) {
        return table[number];
    }

    @Override
    public Optional<String> digest() {
        return Optional.of(digest);
    }
}
