package io.twoarm.director.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceNumbersTest {
    /** The vector for twelve bytes 00 to 0b and key 00 to 0f that comes with the reference implementation. */
    @Test
    void theHashIsSipHash24() {
        assertThat(SequenceNumbers.hash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L, 0x0706050403020100L, 0x0b0a0908))
                .isEqualTo(0x751e8fbc860ee5fbL);
    }

    @Test
    void theNumberOfOneConnectionGrowsByAMillionInASixteenthOfASecond() {
        SequenceNumbers numbers = new SequenceNumbers(new SecretKey(1, 2));
        int first = numbers.initial(3, 4, 1_000_000);
        assertThat(numbers.initial(3, 4, 1_062_500) - first).isEqualTo(1_000_000);
    }

    @Test
    void otherConnectionsAndOtherKeysHaveUnrelatedNumbers() {
        SequenceNumbers numbers = new SequenceNumbers(new SecretKey(1, 2));
        int number = numbers.initial(3, 4, 0);
        assertThat(numbers.initial(3, 5, 0)).isNotEqualTo(number);
        assertThat(numbers.initial(2, 4, 0)).isNotEqualTo(number);
        assertThat(new SequenceNumbers(new SecretKey(1, 3)).initial(3, 4, 0)).isNotEqualTo(number);
    }
}
