package io.twoarm.director.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnAddressesTest {
    private static OwnAddress own(String address, int port) {
        return new OwnAddress(Ipv4Address.parse(address), port, OwnAddress.Role.PORT);
    }

    private static int bits(String address) {
        return Ipv4Address.parse(address).bits();
    }

    @Test
    void amongManyAddressesEachIsFoundAndNoOther() {
        List<OwnAddress> list = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            list.add(new OwnAddress(new Ipv4Address(i << 8), i % 4, OwnAddress.Role.LOCAL));
        }
        OwnAddresses addresses = new OwnAddresses(list);
        for (int i = 0; i < 1000; i++) {
            assertThat(addresses.find(i << 8)).isEqualTo(i);
            assertThat(addresses.isOnPort(i << 8, i % 4)).isTrue();
            assertThat(addresses.isOnPort(i << 8, i % 4 + 1)).isFalse();
            assertThat(addresses.contains(i << 8 | 1)).isFalse();
        }
    }

    @Test
    void theSourceIsTheAddressNearestToTheOtherSide() {
        OwnAddresses addresses =
                new OwnAddresses(List.of(own("10.0.0.1", 0), own("192.0.2.1", 0), own("192.0.2.2", 1)));
        assertThat(addresses.sourceFor(0, bits("192.0.2.77"))).isEqualTo(bits("192.0.2.1"));
        assertThat(addresses.sourceFor(0, bits("10.9.9.9"))).isEqualTo(bits("10.0.0.1"));
        assertThat(addresses.sourceFor(1, bits("10.9.9.9"))).isEqualTo(bits("192.0.2.2"));
        assertThat(addresses.sourceFor(2, bits("10.9.9.9"))).isZero();
    }

    @Test
    void withoutAnyAddressNothingIsFound() {
        assertThat(new OwnAddresses(List.of()).find(0)).isNegative();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.-4", "1.2.3.a", "1..3.4", "01234.1.1.1", " 1.2.3.4"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThatThrownBy(() -> Ipv4Address.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"");
    }

    @Test
    void anAddressIsWrittenAsItIsRead() {
        assertThat(Ipv4Address.parse("255.0.127.128")).hasToString("255.0.127.128");
    }
}
