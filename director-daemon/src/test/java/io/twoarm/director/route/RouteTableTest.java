package io.twoarm.director.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.director.address.Ipv4Address;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private static Ipv4Address ip(String text) {
        return Ipv4Address.parse(text);
    }

    private final RouteTable table = new RouteTable(List.of(
            Route.via(Ipv4Address.ANY, 0, ip("192.0.2.254"), 0),
            Route.onLink(ip("192.0.2.0"), 24, 0),
            Route.via(ip("10.0.0.0"), 8, ip("192.0.2.1"), 0),
            Route.via(ip("10.1.0.0"), 16, ip("192.0.2.2"), 0),
            Route.via(ip("10.1.2.3"), 32, ip("192.0.2.3"), 0)));

    private String gateway(String destination) {
        return table.to(ip(destination)).orElseThrow().gateway().toString();
    }

    @Test
    void theLongestPrefixWins() {
        assertThat(gateway("10.1.2.3")).isEqualTo("192.0.2.3");
        assertThat(gateway("10.1.2.4")).isEqualTo("192.0.2.2");
        assertThat(gateway("10.2.2.4")).isEqualTo("192.0.2.1");
        assertThat(gateway("192.0.2.77")).isEqualTo("0.0.0.0");
        assertThat(gateway("8.8.8.8")).isEqualTo("192.0.2.254");
        assertThat(gateway("255.255.255.254")).isEqualTo("192.0.2.254");
    }

    @Test
    void withoutADefaultRouteTheRestIsUnreachable() {
        RouteTable few = new RouteTable(List.of(Route.onLink(ip("192.0.2.0"), 24, 0)));
        assertThat(few.find(ip("192.0.3.1").bits())).isNegative();
        assertThat(few.to(ip("192.0.3.1"))).isEmpty();
    }

    @Test
    void bitsBehindThePrefixAreRefusedWithTheRightPrefix() {
        assertThatThrownBy(() -> Route.onLink(ip("192.0.2.1"), 24, 0))
                .hasMessageContainingAll("192.0.2.1/24", "192.0.2.0/24");
    }

    @Test
    void impossibleLengthsAndMtusAreRefused() {
        assertThatThrownBy(() -> Route.onLink(ip("0.0.0.0"), 33, 0)).hasMessageContainingAll("33", "0 to 32");
        assertThatThrownBy(() -> new Route(ip("0.0.0.0"), 0, Ipv4Address.ANY, 0, Ipv4Address.ANY, 60))
                .hasMessageContainingAll("60", "68 to 65535");
    }
}
