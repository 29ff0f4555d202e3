package io.twoarm.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.config.dpvs.DpvsFile;
import io.twoarm.config.keepalived.KeepalivedFile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reading takes time in proportion to the text, whatever the text: a file can be too large, but never hang a host. */
class LinearTimeTest {
    /** Processor time, so that what else the machine does makes no difference. */
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private static final int SMALL = 1_000;
    private static final int FACTOR = 8;

    /** Below this the clock and the collector say more than the reader. */
    private static final long NOISE_NANOS = Duration.ofMillis(1_500).toNanos();

    record Growing(String name, Consumer<String> reader, IntFunction<String> text) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Growing> texts() {
        Consumer<String> dpvs = DpvsFile::parse;
        Consumer<String> keepalived = KeepalivedFile::parse;
        return Stream.of(
                new Growing(
                        "dpvs.conf, devices",
                        dpvs,
                        n -> "netif_defs {\n"
                                + repeated(
                                        n,
                                        "    <init> device dpdk%d {\n        rx {\n            queue_number 1\n        }\n    }\n")
                                + "}\n"),
                new Growing(
                        "dpvs.conf, workers",
                        dpvs,
                        n -> "worker_defs {\n"
                                + repeated(
                                        n, "    <init> worker cpu%d {\n        type slave\n        cpu_id 1\n    }\n")
                                + "}\n"),
                new Growing("dpvs.conf, unknown words", dpvs, n -> repeated(n, "word%d {\n} x\n")),
                new Growing("dpvs.conf, blocks in blocks", dpvs, n -> "a {\n".repeat(n)),
                new Growing("dpvs.conf, one line", dpvs, n -> "x ".repeat(10 * n)),
                new Growing(
                        "keepalived.conf, services",
                        keepalived,
                        n -> repeated(
                                n,
                                "virtual_server 10.0.0.1 %d {\n    lb_algo rr\n    lb_kind NAT\n    real_server 10.1.0.1 80 {\n"
                                        + "        weight 1\n    }\n}\n")),
                new Growing(
                        "keepalived.conf, realservers of one",
                        keepalived,
                        n -> "virtual_server 10.0.0.1 80 {\n"
                                + repeated(n, "    real_server 10.1.0.1 %d {\n        weight 1\n    }\n") + "}\n"),
                new Growing(
                        "keepalived.conf, groups",
                        keepalived,
                        n -> repeated(n, "virtual_server_group g%d {\n    10.0.0.1 80\n}\n")),
                new Growing("keepalived.conf, closing braces", keepalived, n -> "}\n".repeat(n)),
                new Growing("keepalived.conf, blocks in blocks", keepalived, n -> "a {\n".repeat(n)),
                new Growing("keepalived.conf, quotes", keepalived, n -> "a \"b\n".repeat(n)),
                new Growing("keepalived.conf, comments", keepalived, n -> "! # x\n".repeat(10 * n)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void readingTakesTimeInProportionToTheText(Growing growing) {
        String small = growing.text().apply(SMALL);
        String large = growing.text().apply(FACTOR * SMALL);
        time(growing, small); // warms up
        long one = Math.min(time(growing, small), time(growing, small));
        long many = Math.min(time(growing, large), Math.min(time(growing, large), time(growing, large)));

        // A reader in quadratic time would need sixty-four times as long.
        assertThat(many).isLessThan(Math.max(3L * FACTOR * one, NOISE_NANOS));
    }

    private static long time(Growing growing, String text) {
        long start = CLOCK.getCurrentThreadCpuTime();
        growing.reader().accept(text);
        return CLOCK.getCurrentThreadCpuTime() - start;
    }

    private static String repeated(int times, String pattern) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < times; i++) {
            text.append(pattern.replace("%d", Integer.toString(i % 60_000 + 1)));
        }
        return text.toString();
    }
}
