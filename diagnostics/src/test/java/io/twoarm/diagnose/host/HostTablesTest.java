package io.twoarm.diagnose.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostTablesTest {

    @Test
    void theTablesOfAHostAreReadFromItsCommands() {
        HostTables tables = HostTables.of("rs1", """
                @routes
                [{"dst":"default","gateway":"192.168.229.254","dev":"eth0","protocol":"76","flags":[]},{"type":"local","dst":"192.168.229.1","dev":"eth0","table":"local","protocol":"kernel"},{"type":"blackhole","dst":"10.9.0.0/16","flags":[]}]
                @routes6
                @neighbours
                [{"dst":"192.168.229.204","dev":"eth0","lladdr":"02:54:41:00:03:00","state":["REACHABLE"]},{"dst":"192.168.229.77","dev":"eth0","state":["FAILED"]}]
                @addresses
                [{"ifname":"eth0","flags":["UP"],"address":"02:54:41:00:04:00","addr_info":[{"local":"192.168.229.1","prefixlen":24}]}]
                @way
                [{"dst":"10.0.96.204","gateway":"192.168.229.254","dev":"eth0","prefsrc":"192.168.229.1","flags":[],"cache":[]}]
                @settings
                net.ipv4.ip_forward = 0
                """);

        assertThat(tables.routes())
                .containsExactly(
                        new HostTables.RouteEntry("default", "192.168.229.254", "eth0", "main", "twoarm"),
                        new HostTables.RouteEntry("blackhole 10.9.0.0/16", "", "", "main", ""));
        assertThat(tables.neighbours()).contains(new HostTables.NeighbourEntry("192.168.229.77", "", "eth0", "FAILED"));
        assertThat(tables.addresses())
                .containsExactly(new HostTables.AddressEntry("eth0", "192.168.229.1/24", "02:54:41:00:04:00", true));
        assertThat(tables.way()).contains("via 192.168.229.254 dev eth0 src 192.168.229.1");
        assertThat(tables.settings()).containsExactly(new EffectiveSetting("", "net.ipv4.ip_forward", "0", ""));
    }

    @Test
    void noRouteIsSaidInTheKernelsWords() {
        HostTables tables = HostTables.of("rs1", "@way\nRTNETLINK answers: Network is unreachable\n");

        assertThat(tables.way()).contains("RTNETLINK answers: Network is unreachable");
        assertThat(tables.routes()).isEmpty();
    }

    @Test
    void settingsAreThoseThatActOnADevice() {
        List<EffectiveSetting> settings = EffectiveSetting.of(List.of(
                "net.ipv4.conf.all.rp_filter = 2",
                "net.ipv4.conf.eth0.rp_filter = 1",
                "net.ipv4.conf.all.send_redirects = 0",
                "net.ipv4.conf.eth0.send_redirects = 1",
                "net.ipv4.conf.all.accept_redirects = 0",
                "net.ipv4.conf.eth0.accept_redirects = 1",
                "net.ipv4.conf.eth1.accept_redirects = 1",
                "net.ipv4.conf.eth1.forwarding = 1",
                "net.ipv4.conf.all.forwarding = 0",
                "net.ipv4.conf.eth0.forwarding = 0",
                "net.ipv4.conf.default.rp_filter = 1"));

        assertThat(value(settings, "eth0", "ipv4.rp_filter")).isEqualTo("2");
        assertThat(value(settings, "eth0", "ipv4.send_redirects")).isEqualTo("1");
        assertThat(value(settings, "eth0", "ipv4.accept_redirects"))
                .as("a host")
                .isEqualTo("1");
        assertThat(value(settings, "eth1", "ipv4.accept_redirects"))
                .as("a router")
                .isEqualTo("0");
        assertThat(settings).noneMatch(setting -> setting.device().equals("default"));
    }

    private static String value(List<EffectiveSetting> settings, String device, String name) {
        return settings.stream()
                .filter(setting ->
                        setting.device().equals(device) && setting.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
