package io.twoarm.lab;

import java.util.ArrayList;
import java.util.List;

/** What /etc/subuid or /etc/subgid grants: lines {@code NAME-OR-NUMBER:START:COUNT}, see subuid(5). */
record SubordinateNumbers(List<Range> ranges) {
    /** Where useradd begins, SUB_UID_MIN of login.defs(5). */
    private static final long FIRST = 100_000;

    record Range(String owner, long start, long count) {}

    /** Lines that are not of that form count for nothing, as newuidmap(1) sees it. */
    static SubordinateNumbers parse(List<String> lines) {
        List<Range> ranges = new ArrayList<>();
        for (String line : lines) {
            String[] fields = line.strip().split(":");
            if (fields.length == 3 && fields[1].matches("\\d{1,10}") && fields[2].matches("\\d{1,10}")) {
                ranges.add(new Range(fields[0], Long.parseLong(fields[1]), Long.parseLong(fields[2])));
            }
        }
        return new SubordinateNumbers(List.copyOf(ranges));
    }

    /** unshare(1) maps the first range of a user only; the largest is what can be hoped for. */
    long largestRangeOf(String userName, int userId) {
        return ranges.stream()
                .filter(range -> range.owner().equals(userName) || range.owner().equals("" + userId))
                .mapToLong(Range::count)
                .max()
                .orElse(0);
    }

    /** The first number beyond everybody's. */
    long firstFree() {
        return ranges.stream().mapToLong(range -> range.start() + range.count()).reduce(FIRST, Math::max);
    }
}
