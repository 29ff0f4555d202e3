package io.twoarm.artifact.existing;

import io.twoarm.artifact.existing.ExistingDirector.Bgp;
import io.twoarm.config.AddressLiteral;
import io.twoarm.model.DirectorGroup.RoutingDaemon;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a director announces by BGP: {@code frr.conf} and {@code bird.conf}. */
final class RoutingDaemonImport {
    private static final Pattern FRR_BGP = Pattern.compile("router bgp ([0-9]+).*");
    private static final Pattern FRR_REMOTE = Pattern.compile("neighbor (\\S+) remote-as ([0-9]+)");
    private static final Pattern FRR_BFD = Pattern.compile("neighbor \\S+ bfd.*");
    private static final Pattern BIRD_LOCAL = Pattern.compile("local (?:\\S+ )?as ([0-9]+);");
    private static final Pattern BIRD_NEIGHBOUR = Pattern.compile("neighbor (\\S+) as ([0-9]+);");

    private final ExistingFile file;
    private final Gathering gathering;
    private final Map<InetAddress, Integer> peers = new LinkedHashMap<>();
    private Optional<Integer> system = Optional.empty();
    private boolean bfd;

    RoutingDaemonImport(ExistingFile file, Gathering gathering) {
        this.file = file;
        this.gathering = gathering;
    }

    static Optional<RoutingDaemon> daemonOf(ExistingFile file) {
        boolean frr = file.text()
                .lines()
                .anyMatch(line -> FRR_BGP.matcher(line.strip()).matches());
        boolean bird = file.text().lines().anyMatch(line -> line.strip().matches("protocol bgp\\b.*\\{.*"));
        return frr ? Optional.of(RoutingDaemon.FRR) : bird ? Optional.of(RoutingDaemon.BIRD) : Optional.empty();
    }

    void read(RoutingDaemon daemon) {
        int number = 0;
        for (String raw : file.text().split("\n", -1)) {
            number++;
            String line = raw.strip();
            if (line.startsWith("!") || line.startsWith("#")) {
                continue;
            }
            switch (daemon) {
                case FRR -> frr(line, number);
                case BIRD -> bird(line, number);
            }
        }
        if (system.isPresent()) {
            List<Bgp.Peer> list = new ArrayList<>();
            peers.forEach((address, its) -> list.add(new Bgp.Peer(address, its)));
            gathering.bgp = Optional.of(new Bgp(daemon, system.get(), list, bfd));
        }
    }

    private void frr(String line, int number) {
        Matcher own = FRR_BGP.matcher(line);
        Matcher remote = FRR_REMOTE.matcher(line);
        if (own.matches()) {
            system = KeepalivedImport.number(own.group(1));
        } else if (remote.matches()) {
            peer(remote.group(1), remote.group(2), line, number);
        } else if (FRR_BFD.matcher(line).matches()) {
            bfd = true;
        } else if (line.matches("router (ospf|ospf6|isis|rip)\\b.*")) {
            gathering.unmapped(file, number, line, KeepalivedImport.NO_COUNTERPART);
        }
    }

    private void bird(String line, int number) {
        Matcher own = BIRD_LOCAL.matcher(line);
        Matcher neighbour = BIRD_NEIGHBOUR.matcher(line);
        if (own.matches()) {
            system = KeepalivedImport.number(own.group(1));
        } else if (neighbour.matches()) {
            peer(neighbour.group(1), neighbour.group(2), line, number);
        } else if (line.matches("bfd (on|graceful|yes);|protocol bfd\\b.*")) {
            bfd = true;
        } else if (line.matches("protocol (ospf|rip|babel)\\b.*")) {
            gathering.unmapped(file, number, line, KeepalivedImport.NO_COUNTERPART);
        }
    }

    private void peer(String address, String system, String line, int number) {
        Optional<InetAddress> found = AddressLiteral.parse(address);
        Optional<Integer> its = KeepalivedImport.number(system);
        if (found.isEmpty() || its.isEmpty()) {
            gathering.unmapped(file, number, line, "a neighbour is an address with the number of its system");
        } else {
            peers.put(found.get(), its.get());
        }
    }
}
