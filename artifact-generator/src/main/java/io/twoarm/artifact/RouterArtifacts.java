package io.twoarm.artifact;

import io.twoarm.config.ConfigFinding;
import io.twoarm.config.vyatta.Release;
import io.twoarm.config.vyatta.Statement;
import io.twoarm.config.vyatta.VyattaFile;
import io.twoarm.config.vyatta.VyattaGrammar;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import io.twoarm.model.Port;
import io.twoarm.model.Topology;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything for a director of kind {@code vyatta} or {@code vyos}: its configuration, as a tree and as commands. */
final class RouterArtifacts {
    static final String VYOS_TREE = "/config/twoarm.boot";
    static final String VYOS_COMMANDS = "/config/scripts/twoarm-configure";
    static final String VYATTA_TREE = "/opt/vyatta/etc/config/twoarm.boot";
    static final String VYATTA_COMMANDS = "/opt/vyatta/etc/config/scripts/twoarm-configure";
    static final String UNIT = "twoarm-configuration.service";

    private final Topology topology;
    private final Host.Director director;
    private final Release release;

    RouterArtifacts(Topology topology, Host.Director director) {
        this.topology = topology;
        this.director = director;
        this.release = director.kind() == DirectorKind.VYATTA ? Release.VYATTA_6 : Release.VYOS_1_4;
    }

    HostArtifacts generate() {
        List<Statement> statements = new RouterSettings(topology, director, release).statements();
        String header = String.join(
                " ",
                FileHeader.lines(topology, director, release.title() + ": ways out.").stream()
                        .filter(line -> !line.isEmpty())
                        .toList());
        // One line: these systems attach a comment to the node that follows, and keep it as one text.
        String tree = "/* " + header.replace("*/", "* /") + " */\n"
                + VyattaGrammar.of(release).braces(statements);
        checked(tree);
        boolean vyos = release == Release.VYOS_1_4;
        List<HostFile> files = new ArrayList<>();
        List<Validation> validations = new ArrayList<>();
        List<HostService> services = new ArrayList<>();
        String commands = vyos ? VYOS_COMMANDS : VYATTA_COMMANDS;
        files.add(new HostFile(
                vyos ? VYOS_TREE : VYATTA_TREE, 0644, tree, "the router's settings as a tree, for reading and load"));
        files.add(new HostFile(commands, 0755, commands(statements), "sets the same by commands, as one change"));
        validations.add(
                new Validation(List.of("/bin/sh", "-n", Validation.staged(commands)), "the shell can read the script"));
        if (vyos) {
            HostFile unit = Units.file(
                    UNIT,
                    TextFile.render(
                            "configuration.service",
                            Map.of(
                                    "header", FileHeader.lines(topology, director, "Sets the router's settings."),
                                    "host", director.name(),
                                    "script", commands)),
                    "runs the commands");
            files.add(unit);
            services.add(new HostService(UNIT, List.of(commands, unit.path()), false));
            Units.validation(files).ifPresent(validations::add);
        }
        return new HostArtifacts(director.name(), List.of(), false, files, validations, services);
    }

    /** The tree is read back before it is handed out. */
    private void checked(String tree) {
        List<ConfigFinding> findings = VyattaGrammar.of(release).check(VyattaFile.parse(tree));
        if (!findings.isEmpty()) {
            throw new GenerationException(
                    "hosts." + director.name(), findings.getFirst().message());
        }
    }

    private String commands(List<Statement> statements) {
        return TextFile.render(
                "router-configure",
                Map.of(
                        "header",
                        FileHeader.lines(
                                topology,
                                director,
                                "Sets what the project says, as one change: all of it or nothing.",
                                "Settings that the project does not speak of, such as logins, stay."),
                        "owned",
                        owned(statements),
                        "commands",
                        statements.stream().map(VyattaGrammar::command).toList()));
    }

    /** What is deleted first, so that former values do not stay beside new ones, or without any. */
    private List<String> owned(List<Statement> statements) {
        boolean vyos = release == Release.VYOS_1_4;
        Set<String> roots = new LinkedHashSet<>();
        for (Port port : director.ports()) {
            String way = String.join(" ", RouterSettings.wayTo(topology, director, port));
            roots.add(way + " address");
            if (!vyos) {
                roots.add(way + " firewall in");
                roots.add(way + " vrrp");
            }
            roots.add((vyos ? "firewall ipv4 name " : "firewall name ") + RouterSettings.ruleSet(port));
        }
        if (vyos) {
            roots.addAll(List.of("firewall ipv4 forward filter", "high-availability vrrp", "nat source"));
        } else {
            roots.add("service nat");
        }
        roots.add("service conntrack-sync");
        statements.stream()
                .filter(it -> it.startsWith("protocols", "static", "*", "*"))
                .forEach(it -> roots.add("protocols static " + it.word(2) + " " + it.word(3)));
        return List.copyOf(roots);
    }
}
