package io.twoarm.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./bench allocation}. */
@Command(
        name = "allocation",
        description = {
            "Bytes that the worker allocates on the Java heap while connections begin, end and expire without a pause,",
            "by the virtual machine's counter of that thread; with the daemon's garbage collector, and with none at all",
            "and a heap of 128 MiB, which the process would not outlive if packets cost heap. Other load does not matter."
        },
        mixinStandardHelpOptions = true)
final class AllocationCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Option(
            names = "--seconds",
            defaultValue = "600",
            description = "How long it is watched with each collector. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--collector",
            split = ",",
            defaultValue = "z,epsilon",
            description = "${COMPLETION-CANDIDATES}, with commas between. Default: ${DEFAULT-VALUE}.")
    private List<Allocation.Collector> collectors;

    @Override
    public Integer call() throws Exception {
        try (Workplace workplace = Workplace.of(common.bundle)) {
            Allocation allocation = new Allocation(workplace, Duration.ofSeconds(seconds), common::progress);
            List<String> json = new ArrayList<>();
            for (Allocation.Collector collector : collectors) {
                Allocation.Result result = allocation.measure(collector);
                print(result);
                json.add(
                        "{\"collector\":\"%s\",\"seconds\":%d,\"packets\":%d,\"at_start\":%d,\"bytes\":%d,\"resolution\":%d}"
                                .formatted(
                                        result.collector(),
                                        result.seconds(),
                                        result.packets(),
                                        result.atStart(),
                                        result.bytes(),
                                        result.resolution()));
            }
            common.write(json);
            return 0;
        }
    }

    private void print(Allocation.Result result) {
        PrintWriter out = common.out();
        out.printf(
                "%-8s %,d bytes in %d s and %,d packets, counted in steps of %,d; %,d at the start%n",
                result.collector(),
                result.bytes(),
                result.seconds(),
                result.packets(),
                result.resolution(),
                result.atStart());
        out.flush();
    }
}
