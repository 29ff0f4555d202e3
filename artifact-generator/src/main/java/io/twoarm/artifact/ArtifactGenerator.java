package io.twoarm.artifact;

import io.twoarm.model.Host;
import io.twoarm.model.Topology;
import java.util.List;

/** Makes every file, package and service that the hosts of a topology need. */
public final class ArtifactGenerator {
    private ArtifactGenerator() {}

    /**
     * The artifacts of all hosts, in the order of the topology. The same topology always gives the same bytes.
     *
     * @throws GenerationException when the topology refers to something that does not exist or does not fit
     */
    public static List<HostArtifacts> generate(Topology topology) {
        return topology.hosts().stream().map(host -> generate(topology, host)).toList();
    }

    /**
     * The artifacts of one host.
     *
     * @throws GenerationException when there is no such host, or its part of the topology does not fit together
     */
    public static HostArtifacts generate(Topology topology, String host) {
        return topology.host(host)
                .map(found -> generate(topology, found))
                .orElseThrow(() -> new GenerationException("hosts", "there is no host called " + host));
    }

    private static HostArtifacts generate(Topology topology, Host host) {
        return switch (host) {
            case Host.Director director -> director(topology, director);
            case Host.Client client -> new KernelHostArtifacts(topology, client).client();
            case Host.Router router -> new KernelHostArtifacts(topology, router).router();
            case Host.Realserver realserver -> new KernelHostArtifacts(topology, realserver).realserver(realserver);
        };
    }

    private static HostArtifacts director(Topology topology, Host.Director director) {
        return switch (director.kind()) {
            case BUNDLED -> new DirectorArtifacts(topology, director).generate();
            case DPVS -> new DpvsArtifacts(topology, director).generate();
            case IPVS -> new IpvsArtifacts(topology, director).generate();
            case VYATTA, VYOS -> new RouterArtifacts(topology, director).generate();
        };
    }
}
