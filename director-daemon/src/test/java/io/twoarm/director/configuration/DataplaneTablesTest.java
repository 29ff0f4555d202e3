package io.twoarm.director.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.forward.ForwardingTables;
import io.twoarm.director.nat64.Nat64Definition;
import io.twoarm.director.nat64.Nat64Protocol;
import io.twoarm.director.nat64.StaticBinding;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.route.Route;
import io.twoarm.director.service.ForwardingMode;
import io.twoarm.director.service.OutsideFilter;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.session.SessionState;
import io.twoarm.director.siit.AddressMappings;
import io.twoarm.director.siit.ExplicitMapping;
import io.twoarm.director.siit.TranslationPrefix;
import io.twoarm.director.vlan.TagProtocol;
import io.twoarm.director.vlan.VlanInterface;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataplaneTablesTest {
    private static final String DPVS = """
            global_defs {
                <init> kni  off
            }
            netif_defs {
                <init> device lan {
                }
                <init> device wan {
                }
            }
            worker_defs {
                <init> worker cpu0 {
                    type    master
                    cpu_id  0
                }
                <init> worker cpu1 {
                    type    slave
                    cpu_id  1
                    port lan {
                        rx_queue_ids  0
                        tx_queue_ids  0
                    }
                    port wan {
                        rx_queue_ids  0
                        tx_queue_ids  0
                    }
                }
            }
            sa_pool {
                <init> flow_enable  off
            }
            neigh_defs {
                <init> unres_queue_length  64
                timeout  30
            }
            ipvs_defs {
                conn {
                    <init> conn_pool_size  %d
                }
                tcp {
                    timeout {
                        established  600
                    }
                }
            }
            """;

    private static final String KEEPALIVED = """
            static_ipaddress {
                192.0.2.80/32 dev wan
                192.0.2.1/24 dev wan
            }
            static_routes {
                198.51.100.0/24 dev lan
                default via 192.0.2.254 dev wan metric 5
                default via 192.0.2.253 metric 2
            }
            local_address_group local {
                198.51.100.10-12 lan
            }
            virtual_server 192.0.2.80 443 {
                lb_algo rr
                lb_kind FNAT
                protocol TCP
                laddr_group_name local
                establish_timeout 60
                delay_loop 2
                real_server 198.51.100.1 8443 {
                    weight 7
                    TCP_CHECK {
                        connect_port 9000
                        retry 2
                    }
                }
                real_server 198.51.100.2 8443 {
                    weight 0
                    inhibit_on_failure
                }
            }
            """;

    @TempDir
    Path folder;

    private LoadedConfiguration read(String dpvs, String keepalived) throws IOException, UnreadableFileException {
        Files.writeString(folder.resolve("dpvs.conf"), dpvs);
        Files.writeString(folder.resolve("keepalived.conf"), keepalived);
        return LoadedConfiguration.read(folder.resolve("dpvs.conf"), folder.resolve("keepalived.conf"));
    }

    private ForwardingTables tables() throws IOException, UnreadableFileException {
        LoadedConfiguration configuration = read(DPVS.formatted(131071), KEEPALIVED);
        assertThat(configuration.hasErrors()).as("%s", configuration.rendered()).isFalse();
        return DataplaneTables.of(configuration);
    }

    private static Ipv4Address ip(String text) {
        return Ipv4Address.parse(text);
    }

    private static final String VLANS = """
            netif_defs {
                vlan lan.7 {
                    link  lan
                    id    7
                }
                vlan guests {
                    link      wan
                    id        8
                    protocol  802.1ad
                }
            """;

    @Test
    void vlansAreDevicesBehindThePortsAndKeepTheirIndexes() throws Exception {
        String dpvs = DPVS.formatted(131071).replace("netif_defs {\n", VLANS);
        LoadedConfiguration configuration =
                read(dpvs, KEEPALIVED.replace("static_routes {", "static_routes {\n 203.0.113.0/24 dev guests"));
        assertThat(configuration.hasErrors()).as("%s", configuration.rendered()).isFalse();
        VlanInterface lan = new VlanInterface("lan.7", 2, 0, TagProtocol.CUSTOMER, 7);
        VlanInterface guests = new VlanInterface("guests", 3, 1, TagProtocol.SERVICE, 8);

        ForwardingTables tables = DataplaneTables.of(configuration);
        assertThat(tables.vlans()).containsExactly(lan, guests);
        assertThat(tables.routes()).contains(Route.onLink(ip("203.0.113.0"), 24, guests.port()));

        VlanInterface typed = new VlanInterface("lan.9", 2, 0, TagProtocol.CUSTOMER, 9);
        VlanInterface kept = new VlanInterface("guests", 5, 1, TagProtocol.SERVICE, 8);
        assertThat(DataplaneTables.of(configuration, List.of(typed, kept)).vlans())
                .containsExactly(new VlanInterface("lan.7", 6, 0, TagProtocol.CUSTOMER, 7), kept);
    }

    @Test
    void addressesKnowTheirPortAndWhatTheyAreFor() throws Exception {
        assertThat(tables().addresses())
                .containsExactly(
                        new OwnAddress(ip("192.0.2.80"), 1, OwnAddress.Role.VIRTUAL),
                        new OwnAddress(ip("192.0.2.1"), 1, OwnAddress.Role.PORT),
                        new OwnAddress(ip("198.51.100.10"), 0, OwnAddress.Role.LOCAL),
                        new OwnAddress(ip("198.51.100.11"), 0, OwnAddress.Role.LOCAL),
                        new OwnAddress(ip("198.51.100.12"), 0, OwnAddress.Role.LOCAL));
    }

    @Test
    void aWayOutAndAccessListsBecomeServices() throws Exception {
        LoadedConfiguration configuration =
                read(DPVS.formatted(131071).replace("tcp {", "tcp {\n        defence_tcp_drop"), KEEPALIVED + """
                allow_address_group good {
                    198.51.100.0/24
                    ipset:staff
                }
                virtual_server match out {
                    protocol TCP
                    lb_algo rr
                    lb_kind SNAT
                    src-range 198.51.100.1-198.51.100.99:1024-65535
                    oif wan
                    endpoint_independent address
                    waddr_group_name good
                    real_server 192.0.2.80 0 {
                        weight 3
                    }
                }
                """);
        assertThat(configuration.hasErrors()).as("%s", configuration.rendered()).isFalse();
        ForwardingTables tables = DataplaneTables.of(configuration);
        assertThat(tables.access().dropsStrayTcp()).isTrue();
        assertThat(tables.access().dropsStrayUdp()).isFalse();
        ServiceDefinition out = tables.services().getLast();
        assertThat(out.match()
                        .orElseThrow()
                        .option(port -> List.of("lan", "wan").get(port)))
                .isEqualTo("proto=tcp,src-range=198.51.100.1-198.51.100.99:1024-65535,oif=wan");
        assertThat(out.realservers())
                .extracting(own -> own.address() + " " + own.port() + " " + own.weight() + " " + own.mode())
                .containsExactly("192.0.2.80 0 3 SNAT");
        assertThat(out.policy().endpointIndependent()).contains(OutsideFilter.ADDRESS);
        assertThat(out.access().allowed())
                .extracting(subject -> subject.toString())
                .containsExactly("198.51.100.0/24", "ipset:staff");
    }

    @Test
    void ofTwoRoutesToOneDestinationTheLowerMetricStaysAndTheGatewaysNetworkNamesThePort() throws Exception {
        assertThat(tables().routes())
                .containsExactlyInAnyOrder(
                        Route.onLink(ip("198.51.100.0"), 24, 0),
                        Route.via(Ipv4Address.ANY, 0, ip("192.0.2.253"), 1),
                        new Route(ip("192.0.2.0"), 24, Ipv4Address.ANY, 1, ip("192.0.2.1"), 0));
    }

    @Test
    void ipv6AddressesAndRoutesStandBesideThoseOfIpv4() throws Exception {
        LoadedConfiguration configuration = read(DPVS.formatted(131071), KEEPALIVED + """
                static_ipaddress {
                    2001:db8:96::204/64 dev wan
                }
                static_routes {
                    2001:db8:229::/64 dev lan mtu 1400
                    ::/0 via 2001:db8:96::254 dev wan
                    2001:db8:7::/48 via fe80::1 dev lan
                }
                """);
        assertThat(configuration.hasErrors()).as("%s", configuration.rendered()).isFalse();
        ForwardingTables tables = DataplaneTables.of(configuration);

        assertThat(tables.addresses())
                .contains(new OwnAddress(IpAddress.parse("2001:db8:96::204"), 1, OwnAddress.Role.PORT));
        assertThat(tables.routes())
                .contains(
                        new Route(IpAddress.parse("2001:db8:229::"), 64, Ipv4Address.ANY, 0, Ipv4Address.ANY, 1400),
                        Route.via(Ipv6Address.ANY, 0, IpAddress.parse("2001:db8:96::254"), 1),
                        Route.via(IpAddress.parse("2001:db8:7::"), 48, IpAddress.parse("fe80::1"), 0),
                        new Route(
                                IpAddress.parse("2001:db8:96::"),
                                64,
                                Ipv4Address.ANY,
                                1,
                                IpAddress.parse("2001:db8:96::204"),
                                0));
    }

    @Test
    void anIpv6ServiceMayHaveRealserversOfEitherFamily() throws Exception {
        LoadedConfiguration configuration = read(DPVS.formatted(131071), KEEPALIVED + """
                static_ipaddress {
                    2001:db8:96::204/128 dev wan
                }
                static_routes {
                    2001:db8:229::/64 dev lan
                    ::/0 via fe80::1 dev wan
                }
                local_address_group six {
                    2001:db8:229::204 lan
                }
                virtual_server 2001:db8:96::204 80 {
                    protocol TCP
                    lb_algo rr
                    lb_kind FNAT
                    laddr_group_name six
                    real_server 2001:db8:229::1 80 {
                        weight 1
                    }
                }
                virtual_server 2001:db8:96::204 64 {
                    protocol TCP
                    lb_algo rr
                    lb_kind FNAT
                    laddr_group_name LIPS
                    real_server 198.51.100.1 80 {
                        weight 1
                    }
                }
                """.replace("LIPS", groupName()));
        assertThat(configuration.hasErrors()).as("%s", configuration.rendered()).isFalse();
        List<ServiceDefinition> services = DataplaneTables.of(configuration).services();

        assertThat(services.get(1).address()).isEqualTo(IpAddress.parse("2001:db8:96::204"));
        assertThat(services.get(1).localAddresses()).containsExactly(IpAddress.parse("2001:db8:229::204"));
        assertThat(services.get(2).realservers().getFirst().address()).isEqualTo(ip("198.51.100.1"));
        assertThat(services.get(2)
                        .localAddressesTowards(services.get(2).realservers().getFirst()))
                .contains(ip("198.51.100.10"));
    }

    private static String groupName() {
        return KEEPALIVED
                .lines()
                .filter(line -> line.strip().startsWith("local_address_group"))
                .findFirst()
                .orElseThrow()
                .strip()
                .split(" ")[1];
    }

    @Test
    void theWayToTheRealserverComesFromLbKind() throws Exception {
        LoadedConfiguration configuration = read(DPVS.formatted(131071), KEEPALIVED + """
                virtual_server 192.0.2.80 80 {
                    lb_kind DR
                    protocol TCP
                    sorry_server 198.51.100.9 80
                    real_server 198.51.100.1 80 {
                    }
                }
                virtual_server 192.0.2.80 53 {
                    protocol UDP
                    real_server 198.51.100.1 5353 {
                    }
                }
                """);
        assertThat(configuration.hasErrors()).as("%s", configuration.rendered()).isFalse();
        List<ServiceDefinition> services = DataplaneTables.of(configuration).services();

        assertThat(services)
                .extracting(service -> service.realservers().getFirst().mode())
                .containsExactly(ForwardingMode.FULLNAT, ForwardingMode.DIRECT, ForwardingMode.NAT);
        assertThat(services.get(1).policy().sorryServer())
                .hasValueSatisfying(sorry -> assertThat(sorry.mode()).isEqualTo(ForwardingMode.DIRECT));
    }

    @Test
    void theTtlGoesDownOnlyWithXmitTtl() throws Exception {
        assertThat(tables().decrementTtl()).isFalse();
        String conn = "conn_pool_size  131071";
        String with = DPVS.formatted(131071).replace(conn, conn + "\n        xmit_ttl");
        assertThat(with).contains("xmit_ttl");
        assertThat(DataplaneTables.of(read(with, KEEPALIVED)).decrementTtl()).isTrue();
    }

    @Test
    void aServiceCarriesItsRealserversChecksAndTimes() throws Exception {
        List<ServiceDefinition> services = tables().services();

        assertThat(services).hasSize(1);
        ServiceDefinition service = services.getFirst();
        assertThat(service.address()).isEqualTo(ip("192.0.2.80"));
        assertThat(service.port()).isEqualTo(443);
        assertThat(service.protocol()).isEqualTo(Protocol.TCP);
        assertThat(service.clientAddress().isOption()).isTrue();
        assertThat(service.establishTimeout()).contains(Duration.ofSeconds(60));
        assertThat(service.localAddresses())
                .containsExactly(ip("198.51.100.10"), ip("198.51.100.11"), ip("198.51.100.12"));
        RealserverDefinition first = service.realservers().getFirst();
        assertThat(first.port()).isEqualTo(8443);
        assertThat(first.weight()).isEqualTo(7);
        assertThat(first.check().orElseThrow().address()).isEqualTo(ip("198.51.100.1"));
        assertThat(first.check().orElseThrow().port()).isEqualTo(9000);
        assertThat(first.check().orElseThrow().delayLoop()).isEqualTo(Duration.ofSeconds(2));
        assertThat(first.check().orElseThrow().retry()).isEqualTo(2);
        RealserverDefinition second = service.realservers().get(1);
        assertThat(second.weight()).isZero();
        assertThat(second.inhibitOnFailure()).isTrue();
        assertThat(second.check()).isEmpty();
    }

    @Test
    void timesAndSizesAreThoseOfTheFile() throws Exception {
        ForwardingTables tables = tables();

        assertThat(tables.timeouts().of(SessionState.ESTABLISHED)).isEqualTo(Duration.ofSeconds(600));
        assertThat(tables.timeouts().of(SessionState.TIME_WAIT)).isEqualTo(Duration.ofSeconds(7));
        assertThat(tables.limits().sessions()).isEqualTo(131071);
        assertThat(tables.limits().waitingPerNeighbour()).isEqualTo(64);
        assertThat(tables.limits().neighbourTimeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aPoolBeyondTheDirectorsBoundIsToldAndBounded() throws Exception {
        LoadedConfiguration configuration = read(DPVS.formatted((1 << 25) - 1), KEEPALIVED);

        assertThat(configuration.rendered()).anyMatch(line -> line.contains("holds at most 16777216 sessions"));
        assertThat(DataplaneTables.of(configuration).limits().sessions()).isEqualTo(1 << 24);
    }

    @Test
    void statelessTranslationComesFromSiitDefs() throws Exception {
        String siit = """
                siit_defs {
                    prefix 2001:db8:64::/96
                    eam 192.0.2.64/28 {
                        ipv6 2001:db8:1::10/124
                    }
                }
                """;
        AddressMappings mappings = DataplaneTables.of(read(DPVS.formatted(131071) + siit, KEEPALIVED))
                .mappings();

        assertThat(mappings.prefix()).contains(new TranslationPrefix(0x2001_0db8_0064_0000L, 0, 96));
        assertThat(mappings.explicit())
                .containsExactly(new ExplicitMapping(0xc000_0240, 28, 0x2001_0db8_0001_0000L, 0x10, 124));
        assertThat(tables().mappings()).isEqualTo(AddressMappings.NONE);
    }

    @Test
    void statefulTranslationComesFromNat64Defs() throws Exception {
        String nat64 = """
                nat64_defs {
                    prefix 64:ff9b::/96
                    pool 192.0.2.64/30
                    filtering address
                    bindings 5000
                    sessions 6000
                    udp_timeout 200
                    binding 192.0.2.65:80 {
                        host 2001:db8:1::10
                        port 8080
                    }
                }
                """;
        Nat64Definition defined = DataplaneTables.of(read(DPVS.formatted(131071) + nat64, KEEPALIVED))
                .nat64();

        assertThat(defined)
                .isEqualTo(new Nat64Definition(
                        Optional.of(new TranslationPrefix(0x0064_ff9b_0000_0000L, 0, 96)),
                        List.of(0xc000_0240, 0xc000_0241, 0xc000_0242, 0xc000_0243),
                        true,
                        5000,
                        6000,
                        Duration.ofSeconds(200),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(7440),
                        Duration.ofSeconds(240),
                        List.of(new StaticBinding(
                                Nat64Protocol.TCP, ip("192.0.2.65"), 80, Ipv6Address.parse("2001:db8:1::10"), 8080))));
        assertThat(tables().nat64()).isEqualTo(Nat64Definition.NONE);
    }

    @Test
    void aConfigurationWithErrorsMakesNoTables() throws Exception {
        LoadedConfiguration configuration = read(DPVS.formatted(131071), "virtual_server 192.0.2.80 443 {\n}\n");

        assertThat(configuration.hasErrors()).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> DataplaneTables.of(configuration));
    }

    @Test
    void aFileThatIsMissingOrNoTextIsNamed() throws Exception {
        Path absent = folder.resolve("absent.conf");
        Files.write(folder.resolve("binary.conf"), new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> LoadedConfiguration.read(absent, absent))
                .withMessage(absent + " cannot be read: there is no such file");
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> LoadedConfiguration.read(folder.resolve("binary.conf"), absent))
                .withMessageEndingWith("it is not UTF-8 text");
    }
}
