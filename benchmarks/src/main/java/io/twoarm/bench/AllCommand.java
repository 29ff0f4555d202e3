package io.twoarm.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./bench all}. */
@Command(
        name = "all",
        description = "All measurements, one after the other; their figures as JSON and SVG.",
        mixinStandardHelpOptions = true)
final class AllCommand implements Callable<Integer> {
    @Option(names = "--bundle", required = true, hidden = true)
    private Path bundle;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "How often each program is started and measured. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the figures.")
    private Path folder;

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(folder);
        int worst = 0;
        for (String[] arguments : measurements()) {
            worst = Math.max(worst, run(arguments));
        }
        return worst;
    }

    /** Of each: command, name of its file, further options. */
    private List<String[]> measurements() {
        return List.of(
                new String[] {
                    "packet-rate",
                    "packet-rate",
                    "--flows=1,1000,10000,100000,1000000",
                    "--svg=" + folder.resolve("packet-rate.svg")
                },
                new String[] {
                    "packet-rate", "packet-rate-modes", "--mode=fullnat66,nat64,nat,dr,snat", "--flows=1,1000,100000"
                },
                new String[] {"packet-rate", "packet-rate-udp", "--protocol=udp"},
                new String[] {"packet-rate", "packet-rate-1514", "--frame=1514", "--flows=1,1000"},
                new String[] {"flows", "flows"},
                new String[] {"workers", "workers"},
                new String[] {"parts", "parts"},
                new String[] {"ports", "ports"},
                new String[] {"connections", "connections"},
                new String[] {"start", "start"},
                new String[] {"jitter", "jitter", "--collector=z,serial,parallel,g1"},
                new String[] {"idle", "idle"},
                new String[] {"allocation", "allocation"},
                new String[] {"first", "first", "--rounds=9"},
                new String[] {"latency", "latency"},
                new String[] {"latency", "latency-neighbours", "--neighbours=2"});
    }

    private int run(String... measurement) {
        List<String> arguments = new ArrayList<>(List.of(
                measurement[0],
                "--bundle=" + bundle,
                "--rounds=" + rounds,
                "--json=" + folder.resolve(measurement[1] + ".json")));
        arguments.addAll(List.of(measurement).subList(2, measurement.length));
        return Bench.commandLine().execute(arguments.toArray(String[]::new));
    }
}
