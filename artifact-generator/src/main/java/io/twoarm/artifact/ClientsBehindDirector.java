package io.twoarm.artifact;

import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.toa.RealserverToa;
import io.twoarm.toa.ToaModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What makes a realserver's programs see the client that a director names by TOA: one of two ways. */
enum ClientsBehindDirector {
    /** BPF programs, for kernels that have the hooks for them. */
    BPF,
    /** A kernel module that is compiled on the host, for others. */
    MODULE;

    static final String LOADER = "/usr/local/sbin/twoarm-toa";
    static final String CONF = "/etc/twoarm/toa.conf";
    static final String UNIT = "twoarm-toa.service";
    static final String MODULE_LOADER = "/usr/local/sbin/twoarm-toa-module";
    static final String MODULE_CONF = "/etc/modprobe.d/twoarm-toa.conf";
    static final String MODULE_AT_BOOT = "/etc/modules-load.d/twoarm-toa.conf";
    static final String MODULE_UNIT = "twoarm-toa-module.service";

    private static final String UNIT_ABOUT = "Shows the servers of this host the clients behind directors.";
    private static final String CONF_ABOUT = "Local addresses whose word about the client is believed.";

    /** An address as the templates take it. */
    private record Trusted(String lip, String reason) {
        Map<String, String> fields() {
            return Map.of("lip", lip, "reason", reason);
        }
    }

    /** Whether a service names its clients to this realserver by TOA. */
    static boolean concern(Topology topology, Host.Realserver realserver) {
        return !pools(topology, realserver).isEmpty();
    }

    /** Debian packages that it takes. */
    List<String> packages() {
        if (this == BPF) {
            return RealserverToa.PACKAGES;
        }
        List<String> packages = new ArrayList<>(ToaModule.PACKAGES);
        packages.add(ToaModule.HEADERS_PACKAGE);
        return packages;
    }

    void addTo(
            Topology topology,
            Host.Realserver realserver,
            List<HostFile> files,
            List<Validation> validations,
            List<HostService> services) {
        switch (this) {
            case BPF -> addPrograms(topology, realserver, files, validations, services);
            case MODULE -> addModule(topology, realserver, files, validations, services);
        }
    }

    private static void addPrograms(
            Topology topology,
            Host.Realserver realserver,
            List<HostFile> files,
            List<Validation> validations,
            List<HostService> services) {
        String conf = TextFile.render(
                "toa.conf",
                Map.of(
                        "header",
                        FileHeader.lines(topology, realserver, CONF_ABOUT),
                        "trusted",
                        trusted(topology, realserver).stream()
                                .map(Trusted::fields)
                                .toList()));
        String unit = TextFile.render(
                "toa.service",
                Map.of(
                        "header",
                        FileHeader.lines(topology, realserver, UNIT_ABOUT),
                        "notPossible",
                        RealserverToa.NOT_POSSIBLE_HERE));
        HostFile unitFile = Units.file(UNIT, unit, "loads that program at every start, before the servers");
        files.add(new HostFile(LOADER, 0755, RealserverToa.loader(), "lets servers see the client that TOA names"));
        files.add(new HostFile(CONF, 0644, conf, "names the directors' local addresses to it"));
        files.add(unitFile);
        validations.add(new Validation(
                List.of("/bin/bash", Validation.staged(LOADER), "check", Validation.staged(CONF)),
                "the loader understands its configuration"));
        services.add(new HostService(UNIT, List.of(LOADER, CONF, unitFile.path()), true));
    }

    private static void addModule(
            Topology topology,
            Host.Realserver realserver,
            List<HostFile> files,
            List<Validation> validations,
            List<HostService> services) {
        List<HostFile> sources = ToaModule.sources().entrySet().stream()
                .map(source -> new HostFile(
                        ToaModule.SOURCE_FOLDER + "/" + source.getKey(),
                        0644,
                        source.getValue(),
                        "source of the kernel module that lets servers see the client that TOA names"))
                .toList();
        List<Trusted> trusted = trusted(topology, realserver);
        Map<String, Object> values = Map.of(
                "header",
                FileHeader.lines(topology, realserver, CONF_ABOUT),
                "module",
                ToaModule.NAME,
                "trusted",
                trusted.stream().map(Trusted::fields).toList());
        Map<String, Object> unitValues = Map.of("header", FileHeader.lines(topology, realserver, UNIT_ABOUT));
        Map<String, Object> bootValues =
                Map.of("header", FileHeader.lines(topology, realserver, UNIT_ABOUT), "module", ToaModule.NAME);
        HostFile unitFile = Units.file(
                MODULE_UNIT,
                TextFile.render("toa-module.service", unitValues),
                "builds the module for the kernel that runs, and loads it before the servers");
        files.addAll(sources);
        files.add(new HostFile(MODULE_LOADER, 0755, ToaModule.loader(), "probes, builds and loads that module"));
        files.add(new HostFile(
                MODULE_CONF,
                0644,
                TextFile.render("toa-module.conf", values),
                "names the directors' local addresses to it"));
        files.add(new HostFile(
                MODULE_AT_BOOT,
                0644,
                TextFile.render("toa-module-load.conf", bootValues),
                "loads it at boot, before anything listens"));
        files.add(unitFile);
        List<String> probe = new ArrayList<>(List.of("/bin/bash", Validation.staged(MODULE_LOADER), "probe"));
        sources.forEach(source -> probe.add(Validation.staged(source.path())));
        validations.add(new Validation(probe, "the module compiles for the host's kernel"));
        List<String> built =
                new ArrayList<>(sources.stream().map(HostFile::path).collect(Collectors.toCollection(ArrayList::new)));
        built.addAll(List.of(MODULE_LOADER, MODULE_CONF, unitFile.path()));
        services.add(new HostService(MODULE_UNIT, built, false, List.of(MODULE_CONF)));
    }

    private static List<Trusted> trusted(Topology topology, Host.Realserver realserver) {
        return pools(topology, realserver).stream()
                .flatMap(pool -> pool.addresses().stream()
                        .map(lip ->
                                new Trusted(IpLiteral.format(lip), "pool " + pool.name() + " of " + pool.director())))
                .toList();
    }

    private static List<LocalAddressPool> pools(Topology topology, Host.Realserver realserver) {
        return LocalAddressReach.pools(
                topology,
                realserver,
                service -> service.protocol() == VirtualService.Protocol.TCP
                        && service.mode() == VirtualService.ForwardingMode.FULLNAT
                        && service.clientAddress() == VirtualService.ClientAddress.TOA);
    }
}
