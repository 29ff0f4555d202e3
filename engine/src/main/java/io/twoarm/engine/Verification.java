package io.twoarm.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What was proven by traffic from a client through the virtual services.
 *
 * @param services one entry per TCP service
 * @param pings one entry per VIP
 * @param roles one entry per VRRP instance of bundled directors
 * @param notProbed services that no traffic was sent to, with the reason
 */
public record Verification(
        String client,
        List<ServiceProof> services,
        List<PingProof> pings,
        List<RoleProof> roles,
        List<String> notProbed,
        Duration elapsed) {

    /**
     * Whether every request and ping was answered, every realserver with a weight took part, and every VRRP instance has
     * one master.
     */
    public boolean passed() {
        return services.stream().allMatch(ServiceProof::passed)
                && pings.stream().allMatch(PingProof::passed)
                && roles.stream().allMatch(RoleProof::passed);
    }

    /**
     * @param endpoint such as {@code 10.0.96.204:80}
     * @param answered requests that were answered
     * @param perRealserver answered requests by RIP:RPORT, counted by the director
     * @param seenByRealserver the peer address that a realserver reported for the last request
     * @param failures the distinct errors of unanswered requests
     * @param expected realservers that should take part
     */
    public record ServiceProof(
            String service,
            String endpoint,
            int requests,
            int answered,
            Map<String, Long> perRealserver,
            String seenByRealserver,
            List<String> failures,
            int expected) {

        public boolean passed() {
            return answered == requests
                    && perRealserver.values().stream()
                                    .filter(count -> count > 0)
                                    .count()
                            >= expected;
        }
    }

    /**
     * What the directors of a group say of a VRRP instance.
     *
     * @param states by director, in the order of the group: MASTER, BACKUP, FAULT, STOP, UNKNOWN, or why it was not told
     */
    public record RoleProof(String instance, Map<String, String> states) {
        private static final String MASTER = "MASTER";
        private static final String BACKUP = "BACKUP";

        /** One is master, and all others are ready to be it. */
        public boolean passed() {
            return states.values().stream().filter(MASTER::equals).count() == 1
                    && states.values().stream().allMatch(state -> state.equals(MASTER) || state.equals(BACKUP));
        }
    }

    /** @param detail the round-trip times, or what ping said when it failed */
    public record PingProof(String vip, int sent, int received, String detail) {
        public boolean passed() {
            return sent == received && sent > 0;
        }
    }
}
