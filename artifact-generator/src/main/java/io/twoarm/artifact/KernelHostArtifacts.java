package io.twoarm.artifact;

import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything for a host whose packets the kernel handles: client, router, realserver. */
final class KernelHostArtifacts {
    static final String FORWARDING_CONF = "/etc/sysctl.d/60-twoarm.conf";
    static final String FORWARDING_UNIT = "twoarm-forwarding.service";

    private final Topology topology;
    private final Host host;
    private final List<HostFile> files = new ArrayList<>();
    private final List<Validation> validations = new ArrayList<>();
    private final List<HostService> services = new ArrayList<>();

    KernelHostArtifacts(Topology topology, Host host) {
        this.topology = topology;
        this.host = host;
    }

    HostArtifacts client() {
        KernelRoutes.of(topology, host, List.of(), List.of()).addTo(files, services);
        // What tests and probes start on a client.
        return artifacts(List.of("curl", "iproute2", "iputils-ping"));
    }

    HostArtifacts router() {
        KernelRoutes.of(topology, host, List.of(), List.of()).addTo(files, services);
        boolean ipv6 = host.ports().stream()
                .flatMap(port -> port.addresses().stream())
                .anyMatch(own -> !IpLiteral.isIpv4(own.address()));
        String conf = TextFile.render(
                "forwarding.conf",
                Map.of("header", FileHeader.lines(topology, host, "Kernel settings of a router."), "ipv6", ipv6));
        String unit = TextFile.render(
                "forwarding.service",
                Map.of(
                        "header", FileHeader.lines(topology, host, "Makes this host a router."),
                        "host", host.name(),
                        "project", topology.name()));
        HostFile unitFile = Units.file(FORWARDING_UNIT, unit, "applies the kernel settings of a router");
        files.add(new HostFile(FORWARDING_CONF, 0644, conf, "lets the kernel forward packets"));
        files.add(unitFile);
        services.add(new HostService(FORWARDING_UNIT, List.of(FORWARDING_CONF, unitFile.path()), false));
        BgpSpeaker.addTo(topology, host, files, validations, services);
        List<String> packages = new ArrayList<>(List.of("iproute2", "procps"));
        packages.addAll(BgpSpeaker.packages(topology, host));
        return artifacts(packages.stream().sorted().toList());
    }

    HostArtifacts realserver(Host.Realserver realserver) {
        if (!ClientsBehindDirector.concern(topology, realserver)) {
            return realserver(realserver, Optional.empty());
        }
        HostArtifacts byBpf = realserver(realserver, Optional.of(ClientsBehindDirector.BPF));
        HostArtifacts byModule = new KernelHostArtifacts(topology, host)
                .realserver(realserver, Optional.of(ClientsBehindDirector.MODULE));
        return new HostArtifacts(
                byBpf.host(),
                byBpf.packages(),
                byBpf.daemonBundle(),
                byBpf.files(),
                byBpf.validations(),
                byBpf.services(),
                Optional.of(byModule));
    }

    private HostArtifacts realserver(Host.Realserver realserver, Optional<ClientsBehindDirector> clients) {
        LocalAddressReach reach = LocalAddressReach.of(topology, realserver);
        KernelRoutes.of(topology, host, reach.routes(), reach.notes()).addTo(files, services);
        RealserverAddresses addresses = RealserverAddresses.of(topology, realserver);
        addresses.addTo(files, services);
        List<String> packages = new ArrayList<>(List.of("iproute2"));
        packages.addAll(addresses.packages());
        clients.ifPresent(way -> {
            way.addTo(topology, realserver, files, validations, services);
            packages.addAll(way.packages());
        });
        if (!realserver.echoPorts().isEmpty()) {
            EchoServer.addTo(topology, realserver, files, validations, services);
            packages.add("nginx");
        }
        if (files.stream().anyMatch(file -> file.path().equals(KernelSettings.CONF))) {
            packages.addAll(List.of("kmod", "procps"));
        }
        return artifacts(packages.stream().distinct().sorted().toList());
    }

    private HostArtifacts artifacts(List<String> packages) {
        Units.validation(files).ifPresent(validations::add);
        return new HostArtifacts(host.name(), packages, false, files, validations, services);
    }
}
