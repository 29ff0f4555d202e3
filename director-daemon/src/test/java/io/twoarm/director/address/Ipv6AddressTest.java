package io.twoarm.director.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv6AddressTest {
    /** RFC 5952, section 4. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "1::",
                "2001:db8::1",
                "2001:db8:0:1:1:1:1:1",
                "2001:db8::1:0:0:1",
                "2001:0:0:1::1",
                "fe80::ff:fe00:a01",
                "1:2:3:4:5:6:7:8",
                "1::8"
            })
    void anAddressIsWrittenInItsShortestForm(String text) {
        assertThat(Ipv6Address.parse(text)).hasToString(text);
    }

    @Test
    void theLongFormIsReadAndAPortNeedsBrackets() {
        assertThat(IpAddress.parse("2001:0DB8:0:0:0:0:0:1").withPort(80)).isEqualTo("[2001:db8::1]:80");
        assertThat(IpAddress.parse("192.0.2.1").withPort(80)).isEqualTo("192.0.2.1:80");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1:2", "1::2::3", "12345::", "fe80::1%eth0", "[::1]", "::g"})
    void anythingElseIsRefusedWithTheText(String text) {
        assertThatThrownBy(() -> Ipv6Address.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\" is no IPv6 address");
    }

    @Test
    void aPortsLinkLocalAddressComesFromItsEthernetAddress() {
        assertThat(Ipv6Address.linkLocal(0x3456_789a_bcdeL)).hasToString("fe80::3656:78ff:fe9a:bcde");
    }

    @Test
    void theGroupOfSolicitationsHasTheLast24Bits() {
        Ipv6Address address = Ipv6Address.parse("4037::1:800:200e:8c6c");
        assertThat(new Ipv6Address(Ipv6Address.LINK_GROUP_HIGH, Ipv6Address.solicitedGroup(address.low())))
                .hasToString("ff02::1:ff0e:8c6c");
    }

    @Test
    void anIndexFindsWhatAMapFindsWhileKeysComeAndGo() {
        Random random = new Random(6);
        WideKeyIndex index = new WideKeyIndex(64);
        Map<Integer, Integer> map = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            int key = random.nextInt(128);
            if (map.size() == 64 || random.nextBoolean()) {
                map.remove(key);
                index.remove(key / 16, key % 16, key % 3);
            } else {
                map.put(key, i);
                index.put(key / 16, key % 16, key % 3, i);
            }
            int asked = random.nextInt(128);
            assertThat(index.find(asked / 16, asked % 16, asked % 3)).isEqualTo(map.getOrDefault(asked, -1));
        }
    }
}
