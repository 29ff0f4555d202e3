package io.twoarm.director.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SynCookiesTest {
    private static final long PERIOD = 1L << 26;
    private static final long ADDRESSES = 0x0a00_60cc_ac10_0001L;
    private static final int PORTS = 0x5000_409c;

    private final SynCookies cookies = new SynCookies(new SecretKey(0x0123_4567_89ab_cdefL, 42));

    @Test
    void allOptionsComeBackInTheirPeriodAndTheNext() {
        for (int options = 0; options < 256; options++) {
            int cookie = cookies.make(ADDRESSES, PORTS, 7, options, 5 * PERIOD);
            assertThat(cookies.read(ADDRESSES, PORTS, 7, cookie, 6 * PERIOD - 1))
                    .isEqualTo(options);
            assertThat(cookies.read(ADDRESSES, PORTS, 7, cookie, 7 * PERIOD - 1))
                    .isEqualTo(options);
            assertThat(cookies.read(ADDRESSES, PORTS, 7, cookie, 7 * PERIOD)).isEqualTo(-1);
        }
    }

    @Test
    void aNumberIsOfOneConnectionOnly() {
        int cookie = cookies.make(ADDRESSES, PORTS, 7, 3, PERIOD);
        assertThat(cookies.read(ADDRESSES + 1, PORTS, 7, cookie, PERIOD)).isEqualTo(-1);
        assertThat(cookies.read(ADDRESSES, PORTS + 1, 7, cookie, PERIOD)).isEqualTo(-1);
        assertThat(cookies.read(ADDRESSES, PORTS, 8, cookie, PERIOD)).isEqualTo(-1);
        assertThat(new SynCookies(new SecretKey(1, 2)).read(ADDRESSES, PORTS, 7, cookie, PERIOD))
                .isEqualTo(-1);
    }

    @Test
    void guessesHitAsRarelyAsTheHashAllows() {
        int hits = 0;
        for (int guess = 0; guess < 1 << 22; guess++) {
            if (cookies.read(ADDRESSES, PORTS, 7, guess * 0x9E37_79B9, 3 * PERIOD) >= 0) {
                hits++;
            }
        }
        // Half a hit is to be expected.
        assertThat(hits).isLessThan(6);
    }

    @Test
    void numbersOfManyConnectionsAreSpread() {
        Set<Integer> seen = new HashSet<>();
        for (int port = 0; port < 10_000; port++) {
            seen.add(cookies.make(ADDRESSES, port, 7, 3, PERIOD) >>> 8);
        }
        assertThat(seen).hasSizeGreaterThan(9_950);
    }
}
