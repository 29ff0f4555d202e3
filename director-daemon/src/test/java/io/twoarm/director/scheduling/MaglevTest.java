package io.twoarm.director.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaglevTest {
    private static Maglev table(List<Share> shares) {
        return Maglev.of(HashTarget.SOURCE, shares, TestMembers.alike(shares.size(), 1));
    }

    private static int[] slots(Maglev table, int count) {
        int[] slots = new int[count];
        for (int slot = 0; slot < Maglev.SIZE; slot++) {
            slots[table.slot(slot)]++;
        }
        return slots;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 100, 655})
    void equalRealserversDifferByOneSlotAtMost(int count) {
        int[] slots = slots(table(TestMembers.alike(count, 100).shares()), count);
        for (int number : slots) {
            assertThat(number).isBetween(Maglev.SIZE / count, Maglev.SIZE / count + 1);
        }
    }

    @Test
    void sharesFollowWeightsByTheSlotAndNobodyHasNone() {
        int[] weights = {1, 10, 100, 1000, 65535};
        int[] slots = slots(table(new TestMembers(weights).shares()), weights.length);
        int sum = 66_646;
        for (int place = 0; place < weights.length; place++) {
            double due = (double) Maglev.SIZE * weights[place] / sum;
            assertThat(slots[place]).isPositive();
            assertThat((double) slots[place]).isBetween(due - 4, due + 1);
        }
    }

    /** Measured: the part of the others' slots that moves when one of so many realservers goes, in hundredths of a percent. */
    @ParameterizedTest
    @CsvSource({"10, 25", "100, 70", "400, 110", "655, 90"})
    void fewOthersMoveWhenARealserverGoes(int count, int mostPerTenThousand) {
        List<Share> shares = TestMembers.alike(count, 1).shares();
        Maglev before = table(shares);
        int gone = count / 2;
        List<Share> left = new ArrayList<>(shares);
        left.remove(gone);
        Maglev after = table(left);
        int moved = 0;
        for (int slot = 0; slot < Maglev.SIZE; slot++) {
            int then = before.slot(slot);
            int now = after.slot(slot);
            if (then != gone && !shares.get(then).equals(left.get(now))) {
                moved++;
            }
        }
        assertThat(moved * 10_000L / Maglev.SIZE).isLessThanOrEqualTo(mostPerTenThousand);
    }

    @Test
    void theOrderOfRealserversDoesNotMatterAndAnyOtherDifferenceShows() {
        List<Share> shares = new TestMembers(3, 1, 2).shares();
        List<Share> turned = new ArrayList<>(shares);
        Collections.reverse(turned);
        String digest = table(shares).digest().orElseThrow();

        assertThat(digest).matches("[0-9a-f]{16}");
        assertThat(table(turned).digest()).contains(digest);
        assertThat(table(new TestMembers(3, 1, 3).shares()).digest()).get().isNotEqualTo(digest);
        assertThat(table(shares.subList(0, 2)).digest()).get().isNotEqualTo(digest);
    }
}
