package io.twoarm.artifact.existing;

import io.twoarm.artifact.existing.ExistingDirector.Vlan;
import io.twoarm.config.ConfigFinding;
import io.twoarm.config.dpvs.DpvsFile;
import io.twoarm.config.vyatta.VyattaFile;
import io.twoarm.model.DirectorGroup.RoutingDaemon;
import io.twoarm.model.DirectorKind;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads all files of one director. What kind of file one is follows from its name and content. */
public final class ExistingDirectorReader {
    private ExistingDirectorReader() {}

    /**
     * Reads any texts; what cannot be mapped is listed.
     *
     * @param name for a director whose files give it none
     * @param kind empty to find it out: a {@code dpvs.conf}, FullNAT or local addresses mean DPVS, with static addresses
     *     and routes in {@code keepalived.conf}, which DPVS's own ignores, the bundled director; all else is the kernel
     */
    public static ExistingDirector read(String name, List<ExistingFile> files, Optional<DirectorKind> kind) {
        Gathering gathering = new Gathering();
        Map<String, InetAddress> hosts = new HashMap<>();
        files.forEach(file -> HowtoImport.hosts(file, hosts));
        for (ExistingFile file : files) {
            Optional<RoutingDaemon> daemon = RoutingDaemonImport.daemonOf(file);
            if (VyattaFile.isOne(file.text())) {
                new RouterImport(file, gathering).read();
            } else if (HowtoImport.isOne(file)) {
                new HowtoImport(file, gathering, hosts).read();
            } else if (daemon.isPresent()) {
                new RoutingDaemonImport(file, gathering).read(daemon.get());
            } else if (isConntrackdConf(file)) {
                syncPort(file, gathering);
            } else if (isDpvsConf(file)) {
                dpvs(file, gathering);
            } else if (isKeepalivedConf(file)) {
                new KeepalivedImport(file, gathering).read();
            } else {
                new CommandImport(file, gathering).read();
            }
        }
        return new ExistingDirector(
                gathering.name.orElse(name),
                kind.orElseGet(() -> kindOf(gathering)),
                gathering.dpvs,
                gathering.oldLanguage,
                gathering.nics,
                gathering.vlans.stream().distinct().toList(),
                gathering.addresses.stream().distinct().toList(),
                gathering.routes.stream().distinct().toList(),
                gathering.instances,
                gathering.services,
                gathering.filteredGateways(),
                gathering.syncPort,
                gathering.bgp,
                gathering.unmapped);
    }

    /** Whether a file is one of those that say how a director balances. */
    public static boolean matters(ExistingFile file) {
        return isDpvsConf(file) || isKeepalivedConf(file) || VyattaFile.isOne(file.text()) || HowtoImport.isOne(file);
    }

    private static boolean isConntrackdConf(ExistingFile file) {
        return file.text().lines().anyMatch(line -> line.matches("\\s*Sync\\s*\\{.*"));
    }

    /** The interface of whatever way the messages take, and its address. */
    private static void syncPort(ExistingFile file, Gathering gathering) {
        Optional<String> port = value(file, "Interface");
        if (port.isPresent()) {
            gathering.syncPort = port;
            value(file, "IPv4_interface")
                    .flatMap(address -> Gathering.owned(address, port.get()))
                    .ifPresent(gathering.addresses::add);
        }
    }

    private static Optional<String> value(ExistingFile file, String keywords) {
        return file.text()
                .lines()
                .map(String::strip)
                .filter(line -> line.matches("(" + keywords + ")\\s+\\S+"))
                .map(line -> line.split("\\s+")[1])
                .findFirst();
    }

    private static boolean isDpvsConf(ExistingFile file) {
        return file.text().lines().anyMatch(line -> line.matches("\\s*(netif_defs|worker_defs)\\b.*"));
    }

    private static boolean isKeepalivedConf(ExistingFile file) {
        return file.text()
                .lines()
                .anyMatch(line ->
                        line.matches("\\s*(virtual_server|vrrp_instance|local_address_group|global_defs)\\b.*"));
    }

    private static DirectorKind kindOf(Gathering gathering) {
        if (gathering.router.isPresent()) {
            return gathering.router.get();
        }
        boolean dataplane = gathering.dpvs.isPresent() || gathering.localAddressGroups || gathering.dpvsDialect;
        if (!dataplane) {
            return DirectorKind.IPVS;
        }
        return gathering.staticAddresses && gathering.staticRoutes ? DirectorKind.BUNDLED : DirectorKind.DPVS;
    }

    private static void dpvs(ExistingFile file, Gathering gathering) {
        DpvsFile read = DpvsFile.parse(file.text());
        gathering.dpvs = Optional.of(read.conf());
        read.conf()
                .vlans()
                .forEach(vlan -> gathering.vlans.add(
                        new Vlan(vlan.name(), vlan.link(), vlan.protocol(), Integer.toString(vlan.id()))));
        gathering.oldLanguage =
                file.text().lines().anyMatch(line -> line.matches("\\s*(fdir\\s*\\{|max_burst_size\\b).*"));
        read.findings().stream()
                .filter(ConfigFinding::isError)
                .forEach(finding -> gathering.unmapped(file, finding.line(), finding.keyword(), finding.message()));
    }
}
