package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketRateTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.4, 0",
        "7.5, 8",
        "999.4, 999",
        "999.6, 1.00k",
        "1240, 1.24k",
        "12345, 12.3k",
        "99960, 100k",
        "999499, 999k",
        "999500, 1.00M",
        "12300000, 12.3M"
    })
    void ratesTakeThreeDigits(double perSecond, String text) {
        assertThat(PacketRate.text(perSecond)).isEqualTo(text);
    }
}
