package io.twoarm.model;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;

/** Realservers that serve the same content, and how their health is checked. */
public record RealserverPool(String name, List<Member> members, HealthCheck check) {
    public RealserverPool {
        Name.check(name);
        members = List.copyOf(members);
        Objects.requireNonNull(check, "check");
    }

    /**
     * One realserver process.
     *
     * @param host the realserver's name
     * @param address its RIP
     * @param port its RPORT, 1 to 65535
     * @param weight its share, 0 (drained) to 65535
     */
    public record Member(String host, InetAddress address, int port, int weight) {
        public static final Range WEIGHT = new Range(0, 65535);

        public Member {
            Name.check(host);
            Objects.requireNonNull(address, "address");
            Range.TRANSPORT_PORT.check(port, "realserver port");
            WEIGHT.check(weight, "weight");
        }
    }
}
