package io.twoarm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.net.Inet6Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.0.96.204", "172.16.0.1", "255.255.255.255", "1.2.3.4"})
    void fourDecimalNumbersAreAnIpv4Address(String text) {
        assertThat(IpLiteral.parse(text)).isInstanceOf(Inet4Address.class);
        assertThat(IpLiteral.format(IpLiteral.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "01.2.3.4",
                "1.2.3.00",
                "256.1.1.1",
                "1.2.3.1000",
                "1.2.3.-4",
                "+1.2.3.4",
                "1.2.3.4 ",
                " 1.2.3.4",
                "0x10.1.1.1",
                "1.2.3.a",
                "example.net",
                "localhost",
                "1.2.3.4/24",
                "٣.1.1.1",
                "3232235521"
            })
    void anythingElseWithoutColonIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> IpLiteral.parse(text))
                .isInstanceOf(InvalidLiteralException.class)
                .hasMessageContaining("\"" + text + "\" is not an IP address")
                .satisfies(e -> assertThat(((InvalidLiteralException) e).fix()).contains("192.168.229.1"));
    }

    @Test
    void aLeadingZeroIsExplained() {
        assertThatThrownBy(() -> IpLiteral.parse("192.168.010.1")).hasMessageContaining("leading zero");
    }

    @ParameterizedTest
    @CsvSource({
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "2001:db8::1, 2001:db8::1",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:0db8:0000:0000:0001:0000:0000:0001, 2001:db8::1:0:0:1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:0:3:4:5:6:7:8, 1:0:3:4:5:6:7:8",
        "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
        "0:0:3:4:5:6:7:8, ::3:4:5:6:7:8",
        "1::8, 1::8",
        "1:0:0:4:0:0:0:8, 1:0:0:4::8",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "::13.1.68.3, ::d01:4403",
        "fe80::1, fe80::1"
    })
    void everyIpv6FormIsReadAndWrittenAsRfc5952Says(String text, String canonical) {
        assertThat(IpLiteral.parse(text)).isInstanceOf(Inet6Address.class);
        assertThat(IpLiteral.format(IpLiteral.parse(text))).isEqualTo(canonical);
        assertThat(IpLiteral.parse(canonical)).isEqualTo(IpLiteral.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "12345::",
                "g::",
                "1:2:3:4:5:6:7::8",
                "::1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7:",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1.2.3",
                "1.2.3.4::",
                "::01.2.3.4",
                "[::1]",
                "::1/64",
                "fe80::1%eth0",
                "::ffff:192.0.2.1",
                "::ffff:c000:201"
            })
    void brokenZonedAndMappedIpv6IsRefused(String text) {
        assertThatThrownBy(() -> IpLiteral.parse(text)).isInstanceOf(InvalidLiteralException.class);
    }

    @Test
    void aMappedAddressIsToBeWrittenAsIpv4() {
        assertThatThrownBy(() -> IpLiteral.parse("::ffff:192.0.2.1"))
                .satisfies(e -> assertThat(((InvalidLiteralException) e).fix()).isEqualTo("Write 192.0.2.1."));
    }

    @Test
    void whatIsFormattedIsParsedAsTheSame() {
        RandomTopologies random = new RandomTopologies(1);
        for (int i = 0; i < 10_000; i++) {
            var address = random.address();
            assertThat(IpLiteral.parse(IpLiteral.format(address))).isEqualTo(address);
        }
    }
}
