package io.twoarm.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressLiteralTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.96.204, 10.0.96.204",
        "::, ::",
        "::1, ::1",
        "2001:0DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "fe80::, fe80::",
    })
    void anAddressIsPrintedInItsShortestForm(String text, String printed) {
        assertThat(AddressLiteral.parse(text).map(AddressLiteral::print)).contains(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.96", "10.0.96.256", "010.0.0.1", "localhost", "1", "fe80::1%eth0", "::1::", "10.0.0.1 "
            })
    void whatIsNoAddressIsNotLookedUp(String text) {
        assertThat(AddressLiteral.parse(text)).isEmpty();
    }

    @Test
    void aNetworkClearsItsHostBits() {
        assertThat(Network.parse("192.168.229.7/24").map(Network::toString)).contains("192.168.229.0/24");
        assertThat(Network.parse("10.0.0.1").map(Network::toString)).contains("10.0.0.1/32");
        assertThat(Network.parse("10.0.0.1/33")).isEmpty();
        assertThat(Network.parse("2001:db8::1/64").map(Network::toString)).contains("2001:db8::/64");
    }
}
