package io.twoarm.cli;

import io.twoarm.deploy.HostHistory;
import io.twoarm.deploy.PastChange;
import io.twoarm.engine.Engine;
import io.twoarm.engine.OpenProject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "history",
        description = "Lists the deployments that the hosts remember, oldest first.",
        mixinStandardHelpOptions = true)
final class HistoryCommand extends ProjectCommand {
    @Mixin
    private HostOptions options;

    HistoryCommand(Engine engine, Terminal terminal) {
        super(engine, terminal);
    }

    /** What one deployment did to one host. */
    private record OnHost(String host, PastChange change) {}

    @Override
    public Integer call() {
        OpenProject project = deployableProject();
        Map<String, List<OnHost>> deployments = new TreeMap<>();
        for (HostHistory history : engine.history(estate(project, options))) {
            history.changes()
                    .forEach(change -> deployments
                            .computeIfAbsent(change.id(), id -> new ArrayList<>())
                            .add(new OnHost(history.host(), change)));
        }
        if (deployments.isEmpty()) {
            terminal.line("nothing was deployed to these hosts yet");
        }
        deployments.forEach(this::print);
        return 0;
    }

    private void print(String id, List<OnHost> hosts) {
        PastChange first = hosts.getFirst().change();
        terminal.heading(id + "  " + first.what());
        terminal.faint("  by " + first.owner());
        for (OnHost one : hosts) {
            long files = one.change().steps().stream()
                    .filter(step -> step.startsWith("put ") || step.startsWith("remove "))
                    .filter(step -> !step.contains(" /var/lib/twoarm/"))
                    .count();
            String why = one.change().reason().map(reason -> "; " + reason).orElse("");
            String line = "%s, %d files%s".formatted(one.change().result(), files, why);
            terminal.line("  %-14s %s".formatted(one.host(), line));
        }
    }
}
