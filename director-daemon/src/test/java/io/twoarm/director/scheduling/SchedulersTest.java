package io.twoarm.director.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchedulersTest {
    private static final int CLIENTS = 100_000;

    private static FlowKey client(long number) {
        FlowKey flow = new FlowKey();
        flow.sourceLow = 0x0a00_0000L + number;
        flow.destinationLow = 0x0a00_60ccL;
        return flow;
    }

    /** Places chosen for clients one after the other, with sessions that last. */
    private static String sequence(Scheduler scheduler, TestMembers members, int flows) {
        StringBuilder places = new StringBuilder();
        for (int i = 0; i < flows; i++) {
            int place = scheduler.choose(client(i));
            places.append(place == Scheduler.NONE ? '-' : (char) ('a' + place));
            if (place != Scheduler.NONE) {
                members.active[place]++;
            }
        }
        return places.toString();
    }

    private record Turn(SchedulerKind kind, String weights, String state, String expected) {}

    /** Weights; what is up (u), down (d), or carries so many active sessions; the places of flows that stay. */
    @TestFactory
    Stream<DynamicTest> flowsGoWhereTheTableSays() {
        return Stream.of(
                        new Turn(SchedulerKind.RR, "1 1 1", "u u u", "abcabc"),
                        new Turn(SchedulerKind.RR, "9 1 5", "u u u", "abcabc"),
                        new Turn(SchedulerKind.RR, "1 0 1", "u u u", "acacac"),
                        new Turn(SchedulerKind.RR, "1 1 1", "u d u", "acacac"),
                        new Turn(SchedulerKind.RR, "1 1", "d d", "--"),
                        new Turn(SchedulerKind.WRR, "5 1 1", "u u u", "aabacaa"),
                        new Turn(SchedulerKind.WRR, "2 1", "u u", "abaaba"),
                        new Turn(SchedulerKind.WRR, "5 0 1", "u u u", "aaacaa"),
                        new Turn(SchedulerKind.WRR, "3 1", "d u", "bbb"),
                        new Turn(SchedulerKind.LC, "1 9", "u u", "abab"),
                        new Turn(SchedulerKind.LC, "1 1 1", "2 0 1", "bcbcab"),
                        new Turn(SchedulerKind.LC, "1 0 1", "2 0 1", "caca"),
                        new Turn(SchedulerKind.WLC, "1 3", "u u", "abbbabbb"),
                        new Turn(SchedulerKind.WLC, "2 1", "4 0", "bbabab"),
                        new Turn(SchedulerKind.SED, "3 1", "u u", "aabaaaba"),
                        new Turn(SchedulerKind.SED, "2 1", "d u", "bb"),
                        new Turn(SchedulerKind.NQ, "3 1", "u u", "abaaaab"),
                        new Turn(SchedulerKind.FO, "1 5 3", "u u u", "bbb"),
                        new Turn(SchedulerKind.FO, "1 5 3", "u d u", "ccc"),
                        new Turn(SchedulerKind.FO, "0 0", "u u", "--"),
                        new Turn(SchedulerKind.OVF, "2 3 1", "u u u", "bbbaac--"),
                        new Turn(SchedulerKind.OVF, "2 3 0", "u d u", "aa--"),
                        new Turn(SchedulerKind.LBLC, "2 2", "u u", "aaa"),
                        new Turn(SchedulerKind.LBLCR, "2 2", "u u", "aaa"))
                .map(turn -> DynamicTest.dynamicTest(
                        turn.kind().keyword() + " weights " + turn.weights() + " state " + turn.state(),
                        () -> hold(turn)));
    }

    private static void hold(Turn turn) {
        TestMembers members = new TestMembers(
                Stream.of(turn.weights().split(" ")).mapToInt(Integer::parseInt).toArray());
        String[] states = turn.state().split(" ");
        for (int place = 0; place < states.length; place++) {
            members.up[place] = !states[place].equals("d");
            members.active[place] = states[place].matches("\\d+") ? Integer.parseInt(states[place]) : 0;
        }
        assertThat(sequence(
                        members.scheduler(turn.kind()), members, turn.expected().length()))
                .isEqualTo(turn.expected());
    }

    @ParameterizedTest
    @EnumSource(SchedulerKind.class)
    void nothingGoesToWeightZeroOrDownAndAllElseFindsAPlace(SchedulerKind kind) {
        TestMembers members = new TestMembers(3, 0, 2, 5);
        members.up[3] = false;
        Scheduler scheduler = members.scheduler(kind);
        for (int i = 0; i < 2000; i++) {
            assertThat(scheduler.choose(client(i))).isIn(0, 2);
        }
        members.up[0] = false;
        for (int i = 0; i < 2000; i++) {
            assertThat(scheduler.choose(client(i))).isEqualTo(2);
        }
        members.up[2] = false;
        assertThat(scheduler.choose(client(1))).isEqualTo(Scheduler.NONE);
    }

    @ParameterizedTest
    @EnumSource(SchedulerKind.class)
    void aServiceWithoutRealserversHasNoPlace(SchedulerKind kind) {
        assertThat(new TestMembers().scheduler(kind).choose(client(1))).isEqualTo(Scheduler.NONE);
        assertThat(new TestMembers(0, 0).scheduler(kind).choose(client(1))).isEqualTo(Scheduler.NONE);
    }

    @ParameterizedTest
    @EnumSource(
            value = SchedulerKind.class,
            names = {"WRR", "WLC", "SED", "NQ", "SH", "MH", "CONHASH"})
    void sharesFollowWeights(SchedulerKind kind) {
        TestMembers members = new TestMembers(100, 300, 600);
        Scheduler scheduler = members.scheduler(kind);
        long[] chosen = new long[3];
        for (int i = 0; i < CLIENTS; i++) {
            int place = scheduler.choose(client(i));
            chosen[place]++;
            members.active[place]++;
        }
        double tolerance = kind == SchedulerKind.CONHASH ? 15 : kind == SchedulerKind.WRR ? 0.1 : 3;
        for (int place = 0; place < 3; place++) {
            assertThat(chosen[place])
                    .as("place %d of %s", place, Arrays.toString(chosen))
                    .isCloseTo(CLIENTS * members.weights[place] / 1000L, Percentage.withPercentage(tolerance));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SchedulerKind.class,
            names = {"SH", "MH", "CONHASH"})
    void aClientStaysAndOnlyThoseOfARealserverThatFailsMove(SchedulerKind kind) {
        TestMembers members = TestMembers.alike(10, 100);
        Scheduler scheduler = members.scheduler(kind);
        int[] before = new int[CLIENTS];
        for (int i = 0; i < CLIENTS; i++) {
            before[i] = scheduler.choose(client(i));
        }
        members.up[4] = false;
        long[] taken = new long[10];
        for (int i = 0; i < CLIENTS; i++) {
            int now = scheduler.choose(client(i));
            if (before[i] == 4) {
                taken[now]++;
            } else {
                assertThat(now).isEqualTo(before[i]);
            }
        }
        // Its clients are shared by all others, none gets more than twice its part.
        long moved = Arrays.stream(taken).sum();
        for (int place = 0; place < 10; place++) {
            assertThat(taken[place]).isBetween(place == 4 ? 0 : moved / 20, place == 4 ? 0 : moved / 4);
        }
        members.up[4] = true;
        for (int i = 0; i < CLIENTS; i++) {
            assertThat(scheduler.choose(client(i))).isEqualTo(before[i]);
        }
    }

    @Test
    void dhSendsADestinationToOneRealserverWhoeverAsks() {
        TestMembers members = TestMembers.alike(5, 1);
        Scheduler scheduler = members.scheduler(SchedulerKind.DH);
        assertThat(Stream.iterate(0, i -> i + 1)
                        .limit(1000)
                        .map(i -> scheduler.choose(client(i)))
                        .distinct())
                .hasSize(1);
        long[] chosen = new long[5];
        for (int i = 0; i < CLIENTS; i++) {
            FlowKey flow = client(1);
            flow.destinationLow = i;
            chosen[scheduler.choose(flow)]++;
        }
        assertThat(Arrays.stream(chosen)).allMatch(count -> count > CLIENTS / 6 && count < CLIENTS / 4);
    }

    @Test
    void conhashFollowsTheConnectionIdWhereThereIsOne() {
        TestMembers members = TestMembers.alike(10, 1);
        Scheduler scheduler = Scheduler.of(SchedulerKind.CONHASH, HashTarget.CONNECTION, members.shares(), members);
        FlowKey flow = client(1);
        flow.connection = 0x1234_5678_9abc_def0L;
        int place = scheduler.choose(flow);
        for (int i = 0; i < 100; i++) {
            FlowKey moved = client(i);
            moved.connection = flow.connection;
            assertThat(scheduler.choose(moved)).isEqualTo(place);
        }
        assertThat(Stream.iterate(0, i -> i + 1)
                        .limit(100)
                        .map(i -> scheduler.choose(client(i)))
                        .distinct())
                .hasSizeGreaterThan(5);
    }

    @Test
    void lblcMovesADestinationWhenItsRealserverHasTooMuchAndAnotherHasRoom() {
        TestMembers members = new TestMembers(4, 4);
        Scheduler scheduler = members.scheduler(SchedulerKind.LBLC);
        assertThat(scheduler.choose(client(1))).isZero();
        members.active[0] = 5;
        assertThat(scheduler.choose(client(2))).isEqualTo(1);
        members.active[0] = 0;
        assertThat(scheduler.choose(client(3))).isEqualTo(1);
        members.up[1] = false;
        assertThat(scheduler.choose(client(4))).isZero();
    }

    @Test
    void lblcrAddsARealserverAndTakesItAwayWhenTheSetHasRestedForSixMinutes() {
        TestMembers members = new TestMembers(4, 4);
        Scheduler scheduler = members.scheduler(SchedulerKind.LBLCR);
        assertThat(scheduler.choose(client(1))).isZero();
        members.active[0] = 5;
        assertThat(scheduler.choose(client(2))).isEqualTo(1);
        members.active[1] = 3;
        members.active[0] = 2;
        assertThat(scheduler.choose(client(3)))
                .as("both are in the set, the first has less")
                .isZero();
        FlowKey late = client(4);
        late.nowMicros = 361_000_000L;
        assertThat(scheduler.choose(late)).isZero();
        members.active[0] = 4;
        assertThat(scheduler.choose(late)).as("the second has left the set").isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = SchedulerKind.class,
            names = {"SH", "MH"})
    void withThePortOneClientsFlowsAreSpreadAndEachStays(SchedulerKind kind) {
        TestMembers members = TestMembers.alike(4, 1);
        Scheduler byPort = Scheduler.of(kind, HashTarget.SOURCE_AND_PORT, members.shares(), members);
        Scheduler byAddress = Scheduler.of(kind, HashTarget.SOURCE, members.shares(), members);
        int[] flows = new int[4];
        FlowKey flow = client(1);
        int place = byAddress.choose(flow);
        for (int port = 1024; port < 5024; port++) {
            flow.sourcePort = port;
            flows[byPort.choose(flow)]++;
            assertThat(byPort.choose(flow)).isEqualTo(byPort.choose(flow));
            assertThat(byAddress.choose(flow)).isEqualTo(place);
        }
        assertThat(Arrays.stream(flows)).allMatch(count -> count > 800 && count < 1200);
    }
}
