package io.twoarm.deploy;

import java.util.List;

/**
 * Where a host's design, its last deployment and its present state are not the same.
 *
 * @param items empty when all three agree
 */
public record HostDrift(String host, List<Item> items) {
    public HostDrift {
        items = List.copyOf(items);
    }

    /** What became of the three. */
    public enum Meaning {
        /** The host was changed after the deployment. */
        CHANGED_ON_THE_HOST("changed on the host"),
        /** The project was changed after the deployment. */
        NOT_DEPLOYED("not deployed yet"),
        /** The project no longer has what was deployed. */
        NO_LONGER_DESIGNED("no longer designed"),
        /** Both were changed. */
        CHANGED_ON_BOTH_SIDES("changed in the project and on the host"),
        /** The host is as designed, but no deployment made it so. */
        ALREADY_THERE("already there, not by a deployment");

        private final String words;

        Meaning(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /**
     * One thing of a host.
     *
     * @param thing such as {@code /etc/dpvs.conf} or {@code nginx.service}
     * @param designed what the project asks for, such as {@code 644 0123456789abcdef} or {@code absent}
     * @param deployed what the last deployment brought
     * @param running what is there now
     */
    public record Item(String thing, String designed, String deployed, String running) {
        public Meaning meaning() {
            if (running.equals(designed)) {
                return Meaning.ALREADY_THERE;
            }
            if (deployed.equals(designed)) {
                return Meaning.CHANGED_ON_THE_HOST;
            }
            if (deployed.equals(running)) {
                return designed.equals(DriftComparison.ABSENT) ? Meaning.NO_LONGER_DESIGNED : Meaning.NOT_DEPLOYED;
            }
            return Meaning.CHANGED_ON_BOTH_SIDES;
        }

        boolean drifts() {
            return !designed.equals(running) || !designed.equals(deployed);
        }
    }
}
