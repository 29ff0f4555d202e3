package io.twoarm.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What all measurements have. */
final class CommonOptions {
    @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
    CommandLine.Model.CommandSpec spec;

    @Option(names = "--bundle", required = true, hidden = true)
    Path bundle;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "How often each program is started and measured. Default: ${DEFAULT-VALUE}.")
    int rounds;

    @Option(names = "--json", paramLabel = "FILE", description = "Also writes the figures there.")
    Path json;

    void progress(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Medians, least and greatest of each program, as members of a JSON array. */
    static String programs(Map<String, Figures> figures) {
        List<String> programs = new ArrayList<>();
        figures.forEach((program, one) ->
                programs.add("{\"program\":\"%s\",\"median_ns\":%.2f,\"least_ns\":%.2f,\"greatest_ns\":%.2f}"
                        .formatted(program, one.median(), one.least(), one.greatest())));
        return "[" + String.join(",", programs) + "]";
    }

    void write(List<String> results) throws IOException {
        if (json != null) {
            Files.writeString(json, "[\n" + String.join(",\n", results) + "\n]\n");
        }
    }
}
