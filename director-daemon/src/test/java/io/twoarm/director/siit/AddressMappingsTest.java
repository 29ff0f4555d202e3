package io.twoarm.director.siit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressMappingsTest {
    private static TranslationPrefix prefix(String address, int length) {
        IpAddress parsed = IpAddress.parse(address);
        return new TranslationPrefix(parsed.high(), parsed.low(), length);
    }

    private static int ipv4(String address) {
        return (int) IpAddress.parse(address).low();
    }

    private static ExplicitMapping mapping(String ipv4, int length, String ipv6, int wideLength) {
        IpAddress wide = IpAddress.parse(ipv6);
        return new ExplicitMapping(ipv4(ipv4), length, wide.high(), wide.low(), wideLength);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::, 32, 2001:db8:c000:221::",
        "2001:db8:100::, 40, 2001:db8:1c0:2:21::",
        "2001:db8:122::, 48, 2001:db8:122:c000:2:2100::",
        "2001:db8:122:300::, 56, 2001:db8:122:3c0:0:221::",
        "2001:db8:122:344::, 64, 2001:db8:122:344:c0:2:2100::",
        "2001:db8:122:344::, 96, 2001:db8:122:344::c000:221",
        "64:ff9b::, 96, 64:ff9b::c000:221"
    })
    void anIpv4AddressHasItsPlaceInAPrefixOfEachLength(String address, int length, String expected) {
        TranslationPrefix prefix = prefix(address, length);
        int inner = ipv4("192.0.2.33");
        assertThat(IpAddress.of(prefix.embedHigh(inner), prefix.embedLow(inner)))
                .isEqualTo(IpAddress.parse(expected));
        IpAddress wide = IpAddress.parse(expected);
        assertThat(prefix.contains(wide.high(), wide.low())).isTrue();
        assertThat(prefix.extract(wide.high(), wide.low())).isEqualTo(inner);
        assertThat(prefix.contains(wide.high() ^ 1L << 40, wide.low())).isFalse();
    }

    @Test
    void anAddressWithBits64To71IsNoneOfAShorterPrefix() {
        IpAddress wide = IpAddress.parse("2001:db8:122:344:1c0:2:2100::");
        assertThat(prefix("2001:db8:122:344::", 64).contains(wide.high(), wide.low()))
                .isFalse();
        assertThatThrownBy(() -> prefix("2001:db8::", 97)).hasMessageContaining("97");
        assertThatThrownBy(() -> prefix("2001:db8:0:0:100::", 96)).hasMessageContaining("64 to 71");
    }

    /** As in the example of RFC 7757, 3.2. */
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 2001:db8:aaaa::",
        "192.0.2.2, 2001:db8:bbbb::b",
        "192.0.2.16, 2001:db8:cccc::",
        "192.0.2.31, 2001:db8:cccc::f",
        "192.0.2.128, 2001:db8:dddd::",
        "192.0.2.160, 2001:db8:dddd:0:8000::",
        "192.0.2.191, 2001:db8:dddd:0:fc00::",
        "192.0.2.193, 2001:db8:eeee:8:8000::",
        "192.0.2.194, 2001:db8:eeee:9::",
        "192.0.2.200, 2001:db8:eeee:8008::",
        "192.0.2.226, 64:ff9b::c000:2e2"
    })
    void explicitMappingsComeFirst(String ipv4, String ipv6) {
        AddressMappings mappings = new AddressMappings(
                Optional.of(prefix("64:ff9b::", 96)),
                List.of(
                        mapping("192.0.2.1", 32, "2001:db8:aaaa::", 128),
                        mapping("192.0.2.2", 32, "2001:db8:bbbb::b", 128),
                        mapping("192.0.2.16", 28, "2001:db8:cccc::", 124),
                        mapping("192.0.2.128", 26, "2001:db8:dddd::", 64),
                        mapping("192.0.2.192", 29, "2001:db8:eeee:8::", 62),
                        mapping("192.0.2.192", 27, "2001:db8:eeee:8000::", 59)));
        int inner = ipv4(ipv4);
        int there = mappings.findIpv4(inner);
        IpAddress wide = IpAddress.parse(ipv6);
        assertThat(IpAddress.of(mappings.high(there, inner), mappings.low(there, inner)))
                .isEqualTo(wide);
        int back = mappings.findIpv6(wide.high(), wide.low());
        assertThat(new Ipv4Address(mappings.ipv4(back, wide.high(), wide.low())))
                .hasToString(ipv4);
    }

    @Test
    void everyAddressComesBackAsItself() {
        AddressMappings mappings = new AddressMappings(
                Optional.of(prefix("2001:db8:64::", 48)), List.of(mapping("10.0.0.0", 8, "2001:db8:1::", 60)));
        for (int i = 0; i < 20_000; i++) {
            int inner = i * 0x9e37_79b9;
            int there = mappings.findIpv4(inner);
            long high = mappings.high(there, inner);
            long low = mappings.low(there, inner);
            int back = mappings.findIpv6(high, low);
            assertThat(mappings.ipv4(back, high, low)).isEqualTo(inner);
        }
    }

    @Test
    void nothingIsMappedWithoutAnything() {
        assertThat(AddressMappings.NONE.isEmpty()).isTrue();
        assertThat(AddressMappings.NONE.findIpv4(ipv4("192.0.2.1"))).isEqualTo(AddressMappings.UNKNOWN);
        assertThat(AddressMappings.NONE.findIpv6(1, 1)).isEqualTo(AddressMappings.UNKNOWN);
        assertThatThrownBy(() -> mapping("10.0.0.0", 8, "2001:db8::", 105)).hasMessageContaining("105");
    }
}
