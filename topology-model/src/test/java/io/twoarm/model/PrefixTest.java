package io.twoarm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.96.0/24, 10.0.96.0, true",
        "10.0.96.0/24, 10.0.96.255, true",
        "10.0.96.0/24, 10.0.97.0, false",
        "10.0.96.0/23, 10.0.97.255, true",
        "10.0.96.0/23, 10.0.98.0, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::1, false",
        "192.0.2.1/32, 192.0.2.1, true",
        "192.0.2.1/32, 192.0.2.0, false",
        "2001:db8::/64, 2001:db8::ffff:ffff:ffff:ffff, true",
        "2001:db8::/64, 2001:db8:0:1::, false",
        "2001:db8::/61, 2001:db8:0:7::1, true",
        "2001:db8::/61, 2001:db8:0:8::1, false",
        "::/0, 10.0.0.1, false"
    })
    void anAddressLiesInsideByItsFirstBits(String prefix, String address, boolean inside) {
        assertThat(Prefix.parse(prefix).contains(IpLiteral.parse(address))).isEqualTo(inside);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.96.0/24, true, true",
        "10.0.96.0/24, 10.0.0.0/8, false, true",
        "10.0.96.0/24, 10.0.96.0/24, true, true",
        "10.0.96.0/24, 10.0.97.0/24, false, false",
        "0.0.0.0/0, ::/0, false, false",
        "2001:db8::/32, 2001:db8:1::/48, true, true"
    })
    void prefixesContainAndOverlapOneAnother(String left, String right, boolean contains, boolean overlaps) {
        assertThat(Prefix.parse(left).contains(Prefix.parse(right))).isEqualTo(contains);
        assertThat(Prefix.parse(left).overlaps(Prefix.parse(right))).isEqualTo(overlaps);
        assertThat(Prefix.parse(right).overlaps(Prefix.parse(left))).isEqualTo(overlaps);
    }

    @Test
    void aSetHostBitIsRefusedAndTheNetworkIsOffered() {
        assertThatThrownBy(() -> Prefix.parse("10.0.96.1/24"))
                .hasMessageContaining("10.0.96.1/24 is not a network")
                .satisfies(e -> assertThat(((InvalidLiteralException) e).fix()).isEqualTo("Write 10.0.96.0/24."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.96.0", "10.0.96.0/", "10.0.96.0/33", "10.0.96.0/-1", "10.0.96.0/08", "10.0.96.0/24/8",
                "10.0.96.0/a", "::/129", "::/1000", "/24", "10.0.96.0 /24", "10.0.96.0/ 24"
            })
    void whatIsNoPrefixIsRefused(String text) {
        assertThatThrownBy(() -> Prefix.parse(text)).isInstanceOf(InvalidLiteralException.class);
        assertThatThrownBy(() -> InterfaceAddress.parse(text)).isInstanceOf(InvalidLiteralException.class);
    }

    @ParameterizedTest
    @CsvSource({"10.0.96.0/24, 10.0.96.255", "10.0.96.0/30, 10.0.96.3", "0.0.0.0/0, 255.255.255.255"})
    void anIpv4NetworkEndsWithItsBroadcastAddress(String prefix, String broadcast) {
        assertThat(Prefix.parse(prefix).broadcast()).contains(IpLiteral.parse(broadcast));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.96.0/31", "10.0.96.0/32", "2001:db8::/64"})
    void pointToPointLinksAndIpv6HaveNoBroadcastAddress(String prefix) {
        assertThat(Prefix.parse(prefix).broadcast()).isEmpty();
    }

    @Test
    void anInterfaceAddressKnowsItsSubnet() {
        InterfaceAddress address = InterfaceAddress.parse("192.168.229.1/24");

        assertThat(address.subnet()).isEqualTo(Prefix.parse("192.168.229.0/24"));
        assertThat(address).hasToString("192.168.229.1/24");
        assertThat(InterfaceAddress.parse("192.168.229.1/32").subnet()).hasToString("192.168.229.1/32");
        assertThat(InterfaceAddress.parse("2001:db8::1/0").subnet()).hasToString("::/0");
    }
}
