package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.neighbour.StaticNeighbour;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.route.Route;
import io.twoarm.director.service.ForwardingMode;
import io.twoarm.director.service.ServiceDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Tables that contradict each other are refused with the value that does. */
class TablesTest {
    private static void refused(UnaryOperator<ForwardingTables> change, String... words) {
        assertThatThrownBy(() -> Director.with(change))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(words);
    }

    private static ForwardingTables with(
            ForwardingTables tables, List<OwnAddress> addresses, List<Route> routes, List<StaticNeighbour> neighbours) {
        return new ForwardingTables(
                addresses, routes, neighbours, tables.services(), tables.timeouts(), tables.limits(), true);
    }

    @Test
    void anAddressOnAPortThatIsNotThere() {
        refused(
                tables -> with(
                        tables,
                        List.of(new OwnAddress(DirectorTables.ip("10.0.96.204"), 2, OwnAddress.Role.VIRTUAL)),
                        tables.routes(),
                        List.of()),
                "10.0.96.204",
                "port 2",
                "0 to 1");
    }

    @Test
    void aRouteOverAPortThatIsNotThere() {
        refused(
                tables -> with(
                        tables,
                        tables.addresses(),
                        List.of(Route.onLink(DirectorTables.ip("10.0.0.0"), 8, -1)),
                        List.of()),
                "10.0.0.0/8",
                "port -1");
    }

    @Test
    void anOwnAddressInThePoolOfNat64() {
        refused(
                tables -> {
                    ForwardingTables translating = StatefulTranslation.tables(tables);
                    List<OwnAddress> addresses = new ArrayList<>(translating.addresses());
                    addresses.add(new OwnAddress(DirectorTables.ip("203.0.113.1"), 0, OwnAddress.Role.VIRTUAL));
                    return translating.withAddresses(addresses);
                },
                "203.0.113.1",
                "pool of NAT64");
    }

    @Test
    void aVipThatNoPortHas() {
        refused(
                tables -> DirectorTables.services(
                        tables, DirectorTables.service(DirectorTables.ip("10.0.96.9"), 80, Protocol.TCP, true)),
                "TCP 10.0.96.9:80",
                "no own address");
    }

    @Test
    void aLocalAddressThatNoPortHas() {
        refused(
                tables -> DirectorTables.services(
                        tables,
                        new ServiceDefinition(
                                DirectorTables.ip("10.0.96.204"),
                                80,
                                Protocol.TCP,
                                true,
                                Optional.empty(),
                                List.of(DirectorTables.ip("192.168.229.7")),
                                List.of(DirectorTables.realserver("192.168.229.1", 80)))),
                "192.168.229.7",
                "TCP 10.0.96.204:80");
    }

    @Test
    void aServiceWithoutLocalAddress() {
        refused(
                tables -> DirectorTables.services(
                        tables,
                        new ServiceDefinition(
                                DirectorTables.ip("10.0.96.204"),
                                80,
                                Protocol.TCP,
                                true,
                                Optional.empty(),
                                List.of(),
                                List.of(DirectorTables.realserver("192.168.229.1", 80)))),
                "TCP 10.0.96.204:80",
                "no local address");
    }

    @Test
    void anotherPortWherePacketsKeepTheirs() {
        refused(
                tables -> DirectorTables.services(
                        tables,
                        DirectorTables.service(
                                DirectorTables.ip("10.0.96.204"),
                                80,
                                Protocol.TCP,
                                false,
                                DirectorTables.realserver("192.168.229.1", 8080).withMode(ForwardingMode.DIRECT))),
                "TCP 10.0.96.204:80",
                "Route",
                "8080");
    }

    @Test
    void aServiceGivenTwice() {
        ServiceDefinition service = DirectorTables.service(
                DirectorTables.ip("10.0.96.204"),
                80,
                Protocol.TCP,
                true,
                DirectorTables.realserver("192.168.229.1", 80));
        refused(tables -> DirectorTables.services(tables, service, service), "TCP 10.0.96.204:80", "twice");
    }

    @Test
    void anAddressGivenTwice() {
        OwnAddress vip = new OwnAddress(DirectorTables.ip("10.0.96.204"), 0, OwnAddress.Role.VIRTUAL);
        refused(
                tables -> DirectorTables.services(with(tables, List.of(vip, vip), tables.routes(), List.of())),
                "10.0.96.204",
                "twice");
    }

    @Test
    void aLimitOutOfRange() {
        assertThatThrownBy(() -> new ForwardingLimits(10, 4096, 128, Duration.ofSeconds(60), 1000))
                .hasMessageContainingAll("sessions", "10", "1024", "16777216");
    }
}
