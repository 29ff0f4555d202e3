package io.twoarm.bench;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./bench parts}. */
@Command(
        name = "parts",
        description = {
            "Nanoseconds of parts of the packet path by themselves (JMH): finding, missing and replacing a session, choosing a",
            "realserver, bringing a checksum up to date. --rounds is the number of processes."
        },
        mixinStandardHelpOptions = true)
final class PartsCommand implements Callable<Integer> {
    private static final int WARM_UPS = 3;
    private static final int SLICES = 5;
    private static final TimeValue SLICE = TimeValue.milliseconds(500);

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--only",
            defaultValue = "",
            paramLabel = "PATTERN",
            description = "Those whose name has this regular expression: find, miss, replace, choose, update, sum.")
    private String only;

    @Override
    public Integer call() throws Exception {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(Parts.class.getName().replace(".", "\\.") + "\\..*" + only)
                .forks(common.rounds)
                .warmupIterations(WARM_UPS)
                .warmupTime(SLICE)
                .measurementIterations(SLICES)
                .measurementTime(SLICE)
                .shouldFailOnError(true)
                .jvmArgs(
                        "-XX:+UseZGC",
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");
        if (common.json != null) {
            options.resultFormat(ResultFormatType.JSON)
                    .result(Path.of("").toAbsolutePath().resolve(common.json).toString());
        }
        new Runner(options.build()).run();
        return 0;
    }
}
