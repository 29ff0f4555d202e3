package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.wire.PacketReader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Addresses and services of IPv6 that come while packets flow. */
class NewIpv6AddressTest {
    private final Director director = Director.standard();

    private List<String> sent(int port) {
        return director.sent(port).stream().map(PacketReader::text).toList();
    }

    private void addIpv6() {
        ForwardingTables wanted =
                DirectorTables.withIpv6(director.forwarder.status().tables());
        director.forwarder.apply(director.forwarder.prepare(wanted), director.now);
    }

    @Test
    void newAddressesAreCheckedBeforeTheyAreAdvertised() {
        addIpv6();
        director.pass(Duration.ofMillis(10));
        assertThat(sent(Director.WAN))
                .anyMatch(frame -> frame.startsWith("ns :: > ff02::1:ff00:204 target=2001:db8:96::204 "))
                .noneMatch(frame -> frame.startsWith("na "));
        director.pass(Duration.ofSeconds(1));
        assertThat(sent(Director.WAN))
                .anyMatch(frame -> frame.startsWith("na 2001:db8:96::204 > ff02::1 flags=O "))
                .noneMatch(frame -> frame.startsWith("ns "));
    }

    @Test
    void addressesThatStayAreNotCheckedAgain() {
        addIpv6();
        director.pass(Duration.ofSeconds(5));
        sent(Director.WAN);
        director.forwarder.announceAddresses(director.now);
        director.pass(Duration.ofMillis(10));
        assertThat(sent(Director.WAN))
                .anyMatch(frame -> frame.startsWith("na 2001:db8:96::204 > ff02::1 flags=O "))
                .noneMatch(frame -> frame.startsWith("ns "));
    }

    @Test
    void aServiceThatComesLaterTakesConnections() {
        addIpv6();
        director.pass(Duration.ofSeconds(5));
        sent(Director.LAN);
        director.deliver(Director.WAN, "tcp [2001:db8:1::1]:40000 > [2001:db8:96::204]:80 S seq=1000 mss=1440");
        director.deliver(Director.WAN, "tcp [2001:db8:1::1]:40000 > [2001:db8:96::64]:80 S seq=1000 mss=1440");
        List<String> frames = sent(Director.LAN);
        assertThat(frames).hasSize(2);
        assertThat(frames.get(0)).startsWith("tcp [2001:db8:229::204]:").contains("> [2001:db8:229::1]:80 S ");
        assertThat(frames.get(1)).startsWith("tcp 192.168.229.204:").contains("> 192.168.229.1:80 S ");
        assertThat(director.forwarder.status().sessionCount()).isEqualTo(2);
    }
}
