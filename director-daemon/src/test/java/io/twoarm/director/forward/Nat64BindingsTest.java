package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.nat64.BindingTable;
import io.twoarm.director.nat64.Nat64Definition;
import io.twoarm.director.nat64.Nat64Protocol;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;
import io.twoarm.director.report.ReportRing;
import io.twoarm.director.share.WorkerShare;
import io.twoarm.director.siit.TranslationPrefix;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Nat64BindingsTest {
    private static final int POOL = 0xcb00_7101;
    private static final TranslationPrefix PREFIX = new TranslationPrefix(0x64_ff9b_0000_0000L, 0, 96);

    private final Counters counters = new Counters(NativeMemory.ofProcess());

    private Nat64Bindings maker(List<Integer> pool) {
        return maker(pool, WorkerShare.ALONE);
    }

    private Nat64Bindings maker(List<Integer> pool, WorkerShare share) {
        Nat64Definition definition = Nat64Definition.of(PREFIX, pool, 100_000, 16);
        return new Nat64Bindings(definition, share, NativeMemory.ofProcess(), counters, new ReportRing(counters), 4711);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1022, 1023, 1024, 1025, 65_534, 65_535})
    void portsKeepTheirHalfAndParity(int port) {
        Nat64Bindings maker = maker(List.of(POOL));
        Set<Integer> found = new HashSet<>();
        for (int host = 0; host < 20; host++) {
            int outside = maker.bindings.outsidePort(maker.make(Nat64Protocol.UDP, 1, host, port, 0));
            assertThat(outside < 1024).isEqualTo(port < 1024);
            assertThat(outside & 1).isEqualTo(port & 1);
            assertThat(outside).isPositive();
            found.add(outside);
        }
        assertThat(found).contains(port).hasSize(20);
    }

    @Test
    void allPortsOfAHostGetTheSameAddressAndHostsDifferentOnes() {
        Nat64Bindings maker = maker(List.of(POOL, POOL + 1, POOL + 2, POOL + 3));
        Set<Integer> all = new HashSet<>();
        for (int host = 0; host < 64; host++) {
            Set<Integer> own = new HashSet<>();
            for (int port = 2000; port < 2010; port++) {
                own.add(maker.bindings.outside(maker.make(Nat64Protocol.TCP, 1, host, port, 0)));
            }
            assertThat(own).hasSize(1);
            all.addAll(own);
        }
        assertThat(all).containsExactlyInAnyOrder(POOL, POOL + 1, POOL + 2, POOL + 3);
    }

    @Test
    void whereTheLowerHalfIsFullAPortOfTheUpperOneIsTaken() {
        Nat64Bindings maker = maker(List.of(POOL));
        int upper = 0;
        for (int host = 0; host < 600; host++) {
            int outside = maker.bindings.outsidePort(maker.make(Nat64Protocol.UDP, 1, host, 53, 0));
            assertThat(outside & 1).isOne();
            upper += outside < 1024 ? 0 : 1;
        }
        assertThat(upper).isBetween(600 - 512, 200);
    }

    @Test
    void anAddressWithoutFreePortsRefuses() {
        Nat64Bindings maker = maker(List.of(POOL));
        int made = 0;
        for (int host = 0; host < 40_000; host++) {
            if (maker.make(Nat64Protocol.UDP, 1, host, 2001, 0) != BindingTable.NONE) {
                made++;
            }
        }
        assertThat(made).isBetween(30_000, 32_256);
        assertThat(counters.get(Counter.LOCAL_PORTS_EXHAUSTED)).isEqualTo(40_000 - made);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 16})
    void workersTakePortsOfTheirOwnAndGiveOutAllTogether(int workers) {
        Set<Integer> found = new HashSet<>();
        for (int worker = 0; worker < workers; worker++) {
            WorkerShare share = new WorkerShare(worker, workers);
            Nat64Bindings maker = maker(List.of(POOL), share);
            for (int host = 0; host < 1000; host++) {
                int port = worker * 2 + 1;
                int binding = maker.make(Nat64Protocol.TCP, 1, host, port, 0);
                int outside = maker.bindings.outsidePort(binding);
                assertThat(share.ofPoolPort(outside)).isEqualTo(worker);
                assertThat(outside & 1).isOne();
                assertThat(found.add(outside)).isTrue();
            }
        }
        assertThat(found).filteredOn(port -> port < 1024).hasSize(512);
    }
}
