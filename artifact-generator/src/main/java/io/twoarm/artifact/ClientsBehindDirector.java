package io.twoarm.artifact;

import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.toa.RealserverToa;
import java.util.List;
import java.util.Map;

/** What makes a realserver's programs see the client that a director names by TOA. */
final class ClientsBehindDirector {
    static final String LOADER = "/usr/local/sbin/twoarm-toa";
    static final String CONF = "/etc/twoarm/toa.conf";
    static final String UNIT = "twoarm-toa.service";

    private ClientsBehindDirector() {}

    /** Whether a service names its clients to this realserver by TOA. */
    static boolean concern(Topology topology, Host.Realserver realserver) {
        return !trusted(topology, realserver).isEmpty();
    }

    static void addTo(
            Topology topology,
            Host.Realserver realserver,
            List<HostFile> files,
            List<Validation> validations,
            List<HostService> services) {
        List<Map<String, String>> trusted = trusted(topology, realserver).stream()
                .flatMap(pool -> pool.addresses().stream()
                        .map(lip -> Map.of(
                                "lip",
                                IpLiteral.format(lip),
                                "reason",
                                "pool " + pool.name() + " of " + pool.director())))
                .toList();
        String conf = TextFile.render(
                "toa.conf",
                Map.of(
                        "header",
                        FileHeader.lines(
                                topology, realserver, "Local addresses whose word about the client is believed."),
                        "trusted",
                        trusted));
        String unit = TextFile.render(
                "toa.service",
                Map.of(
                        "header",
                        FileHeader.lines(
                                topology, realserver, "Shows the servers of this host the clients behind directors."),
                        "notPossible",
                        RealserverToa.NOT_POSSIBLE_HERE));
        HostFile unitFile = Units.file(UNIT, unit, "loads that program at every start, before the servers");
        files.add(new HostFile(LOADER, 0755, RealserverToa.loader(), "lets servers see the client that TOA names"));
        files.add(new HostFile(CONF, 0644, conf, "names the directors' local addresses to it"));
        files.add(unitFile);
        validations.add(new Validation(
                List.of("/bin/bash", "{" + LOADER + "}", "check", "{" + CONF + "}"),
                "the loader understands its configuration"));
        services.add(new HostService(UNIT, List.of(LOADER, CONF, unitFile.path()), true));
    }

    private static List<LocalAddressPool> trusted(Topology topology, Host.Realserver realserver) {
        return LocalAddressReach.pools(
                topology,
                realserver,
                service -> service.protocol() == VirtualService.Protocol.TCP
                        && service.mode() == VirtualService.ForwardingMode.FULLNAT
                        && service.clientAddress() == VirtualService.ClientAddress.TOA);
    }
}
