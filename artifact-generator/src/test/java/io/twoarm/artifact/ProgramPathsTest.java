package io.twoarm.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.model.Topology;
import io.twoarm.templates.StarterTopologies;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProgramPathsTest {
    /**
     * Where Debian, Ubuntu, Enterprise Linux 7 to 9 and SUSE 15 all have these programs. Enterprise Linux has ip in
     * /usr/sbin alone; Debian has it there as a link.
     */
    private static final Set<String> EVERYWHERE = Set.of(
            "/bin/bash",
            "/bin/kill",
            "/bin/sh",
            "/usr/bin/mkdir",
            "/usr/bin/systemd-analyze",
            "/usr/bin/vtysh",
            "/usr/sbin/bird",
            "/usr/sbin/ip",
            "/usr/sbin/keepalived",
            "/usr/sbin/modprobe",
            "/usr/sbin/nft",
            "/usr/sbin/nginx",
            "/usr/sbin/sysctl");

    private static final Pattern EXECUTED = Pattern.compile("^Exec\\w+=[-+!@:]*(/(?:usr/)?s?bin/[a-z0-9_-]+)");

    @Test
    void unitsAndChecksStartProgramsWhereEveryTargetHasThem() {
        Set<String> used = new TreeSet<>();
        for (StarterTopologies.Starter starter : StarterTopologies.all()) {
            for (String text : List.of(starter.topology(), starter.topology().replace("daemon: frr", "daemon: bird"))) {
                Topology topology = Topologies.read(text);
                ArtifactGenerator.generate(topology).stream()
                        .flatMap(host -> Stream.concat(Stream.of(host), host.withoutBpf().stream()))
                        .forEach(host -> used.addAll(programs(host)));
            }
        }

        assertThat(used).contains("/usr/sbin/ip", "/usr/sbin/bird", "/usr/bin/vtysh");
        assertThat(EVERYWHERE).containsAll(used);
    }

    private static Set<String> programs(HostArtifacts host) {
        Set<String> programs = new TreeSet<>();
        host.validations().stream()
                .map(validation -> validation.command().getFirst())
                .filter(program -> program.contains("/bin/") || program.contains("/sbin/"))
                .filter(program -> !program.startsWith(DaemonBundle.INSTALL_PATH))
                .forEach(programs::add);
        host.files().stream()
                .filter(file -> file.path().startsWith("/etc/systemd/"))
                .flatMap(file -> file.content().lines())
                .map(EXECUTED::matcher)
                .filter(Matcher::find)
                .forEach(found -> programs.add(found.group(1)));
        return programs;
    }
}
