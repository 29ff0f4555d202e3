package io.twoarm.director.packet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of RFC 7915, sections 4.2 and 5.2. */
class IcmpTranslationTest {
    private static int join(String kind) {
        if (kind.equals("none")) {
            return IcmpTranslation.NONE;
        }
        String[] parts = kind.split("/");
        return Integer.parseInt(parts[0]) << 8 | Integer.parseInt(parts[1]);
    }

    @ParameterizedTest
    @CsvSource({
        "3,0,1/0",
        "3,1,1/0",
        "3,2,4/1",
        "3,3,1/4",
        "3,4,2/0",
        "3,5,1/0",
        "3,6,1/0",
        "3,7,1/0",
        "3,8,1/0",
        "3,9,1/1",
        "3,10,1/1",
        "3,11,1/0",
        "3,12,1/0",
        "3,13,1/1",
        "3,14,none",
        "3,15,1/1",
        "3,16,none",
        "3,37,none",
        "4,0,none",
        "5,0,none",
        "9,0,none",
        "11,0,3/0",
        "11,1,3/1",
        "12,0,4/0",
        "12,1,none",
        "12,2,4/0",
        "13,0,none",
        "17,0,none"
    })
    void ofEveryIcmpErrorThereIsTheRightIcmpv6One(int type, int code, String expected) {
        assertThat(IcmpTranslation.toIcmpv6(type, code)).isEqualTo(join(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "1,0,3/1",
        "1,1,3/10",
        "1,2,3/1",
        "1,3,3/1",
        "1,4,3/3",
        "1,5,none",
        "2,0,3/4",
        "3,0,11/0",
        "3,1,11/1",
        "4,0,12/0",
        "4,1,3/2",
        "4,2,none",
        "5,0,none",
        "130,0,none",
        "135,0,none"
    })
    void ofEveryIcmpv6ErrorThereIsTheRightIcmpOne(int type, int code, String expected) {
        assertThat(IcmpTranslation.toIcmp(type, code)).isEqualTo(join(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0", "1,1", "2,4", "3,4", "4,-1", "5,-1", "6,-1", "7,-1", "8,7", "9,6", "10,-1", "11,-1", "12,8", "15,8",
        "16,24", "19,24", "20,-1", "255,-1"
    })
    void aPointerIntoAnIpv4HeaderFindsItsFieldInTheIpv6One(int pointer, int expected) {
        assertThat(IcmpTranslation.pointerToIpv6(pointer)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0", "1,1", "2,-1", "3,-1", "4,2", "5,2", "6,9", "7,8", "8,12", "23,12", "24,16", "39,16", "40,-1", "-1,-1"
    })
    void aPointerIntoAnIpv6HeaderFindsItsFieldInTheIpv4One(int pointer, int expected) {
        assertThat(IcmpTranslation.pointerToIpv4(pointer)).isEqualTo(expected);
    }

    /** Stated, quoted length, MTU of IPv4, MTU of IPv6, reserve. */
    @ParameterizedTest
    @CsvSource({
        "1400,1500,1500,1500,0,1420",
        "1500,1600,1500,1500,0,1500",
        "1400,1500,1500,1410,0,1410",
        "1400,1500,1300,1500,0,1320",
        "1400,1500,1500,1500,20,1400",
        "576,1500,1500,1500,0,1280",
        "0,1500,1500,1500,0,1500",
        "0,1492,1500,1500,0,1280",
        "0,40,1500,1500,0,1280"
    })
    void anIpv6HostIsToldWhatFitsBothWays(int stated, int quoted, int four, int six, int reserve, int expected) {
        assertThat(IcmpTranslation.mtuToIpv6(stated, quoted, four, six, reserve))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1400,1500,1500,1380",
        "9000,1500,1500,1480",
        "1500,1400,1500,1400",
        "-1,1500,1500,1480",
        "60,1500,1500,68"
    })
    void anIpv4HostIsToldWhatFitsBothWays(int stated, int four, int six, int expected) {
        assertThat(IcmpTranslation.mtuToIpv4(stated, four, six)).isEqualTo(expected);
    }
}
