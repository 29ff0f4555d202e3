package io.twoarm.cli;

import io.twoarm.diagnose.Diagnosis;
import io.twoarm.diagnose.host.HostTables;
import io.twoarm.engine.Engine;
import io.twoarm.engine.OpenProject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "inspect",
        description = "Shows what decides on a host where packets go: addresses, routes, neighbours and the kernel "
                + "settings that act on each device.",
        mixinStandardHelpOptions = true)
final class InspectCommand extends ProjectCommand {
    @Mixin
    private HostOptions options;

    @Option(names = "--host", paramLabel = "HOST", required = true, description = "The host.")
    private String host;

    @Option(names = "--to", paramLabel = "ADDRESS", defaultValue = "", description = "Also the way to this address.")
    private String to;

    InspectCommand(Engine engine, Terminal terminal) {
        super(engine, terminal);
    }

    @Override
    public Integer call() {
        OpenProject project = deployableProject();
        try (Diagnosis diagnosis = engine.diagnose(project, estate(project, options))) {
            print(diagnosis.tables(host, to));
        }
        return 0;
    }

    private void print(HostTables tables) {
        tables.way().ifPresent(way -> terminal.line("to " + to + ": " + way));
        table(
                "addresses",
                List.of("device", "address", "MAC", "state"),
                tables.addresses().stream()
                        .map(each -> List.of(each.device(), each.address(), each.mac(), each.up() ? "up" : "down"))
                        .toList());
        table(
                "routes",
                List.of("destination", "gateway", "device", "table", "made by"),
                tables.routes().stream()
                        .map(each -> List.of(
                                each.destination(), each.gateway(), each.device(), each.table(), each.protocol()))
                        .toList());
        table(
                "neighbours",
                List.of("address", "MAC", "device", "state"),
                tables.neighbours().stream()
                        .map(each -> List.of(each.address(), each.mac(), each.device(), each.state()))
                        .toList());
        table(
                "settings",
                List.of("device", "setting", "acts as", "from"),
                tables.settings().stream()
                        .filter(each -> !each.device().equals("lo"))
                        .map(each -> List.of(each.device(), each.name(), each.value(), each.origin()))
                        .toList());
    }

    private void table(String title, List<String> header, List<List<String>> rows) {
        if (!rows.isEmpty()) {
            terminal.heading(title);
            terminal.table(header, rows);
        }
    }
}
