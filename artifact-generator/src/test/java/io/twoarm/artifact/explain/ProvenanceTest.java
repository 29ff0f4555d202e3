package io.twoarm.artifact.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.artifact.ArtifactGenerator;
import io.twoarm.artifact.HostFile;
import io.twoarm.model.ObjectPath;
import io.twoarm.model.Topology;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.templates.StarterTopologies;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
    private final Topology topology = read("two-arm-fullnat");
    private final Provenance director = Provenance.of(topology, "director");
    private static final String KEEPALIVED = "/etc/twoarm/keepalived.conf";
    private static final String DPVS = "/etc/twoarm/dpvs.conf";

    @Test
    void aLineFollowsFromTheValueThatItShows() {
        assertThat(nearest("lb_algo             rr")).isEqualTo("virtualServices.web.scheduler");
        assertThat(nearest("192.168.229.204     dpdk0")).startsWith("localAddressPools.lan-lips");
        assertThat(nearest("default via 10.0.96.254 dev dpdk2")).startsWith("hosts.director.routes[0]");
        assertThat(nearest("delay_loop          3")).isEqualTo("realserverPools.web.check.interval");
        assertThat(nearest("real_server 192.168.229.2 80 {")).startsWith("realserverPools.web.members[1]");
        assertThat(director.causes(DPVS, line(DPVS, "<init> conn_pool_size 524287"))
                        .getFirst()
                        .object())
                .hasToString("hosts.director.dataplane.memory");
    }

    @Test
    void aCauseSaysWhatItsFieldIsFor() {
        Cause cause = director.causes(KEEPALIVED, line(KEEPALIVED, "lb_algo             rr"))
                .getFirst();

        assertThat(cause.meaning()).contains("How realservers are chosen.");
        assertThat(cause.text()).isEqualTo("virtualServices.web.scheduler: How realservers are chosen.");
    }

    @Test
    void anObjectKnowsItsLines() {
        List<Provenance.Line> lines = director.lines(ObjectPath.of("virtualServices", "web", "scheduler"));

        assertThat(lines).containsExactly(new Provenance.Line(KEEPALIVED, line(KEEPALIVED, "lb_algo             rr")));
        assertThat(director.lines(ObjectPath.of("virtualServices", "web")))
                .hasSizeGreaterThan(5)
                .containsAll(lines);
    }

    @Test
    void whatIsTheSameForEverySuchDirectorFollowsFromItsKindAlone() {
        assertThat(director.causes(KEEPALIVED, line(KEEPALIVED, "! Name of this director in logs.")))
                .extracting(cause -> cause.object().toString())
                .containsExactly("hosts.director.kind");
    }

    @Test
    void everyLineWithAnAddressHasACause() {
        for (String starter : List.of("keepalived-pair", "lvs-tunnel", "snat-gateway")) {
            Topology it = read(starter);
            String host = it.directors().findFirst().orElseThrow().name();
            Provenance provenance = Provenance.of(it, host);
            for (HostFile file : ArtifactGenerator.generate(it, host).files()) {
                List<String> lines = file.content().lines().toList();
                for (int number = 1; number <= lines.size(); number++) {
                    String text = lines.get(number - 1).strip();
                    boolean configures = text.matches(".*\\b(10|192|172|203)\\.[0-9]+\\.[0-9]+\\.[0-9]+.*")
                            && !text.startsWith("#")
                            && !text.startsWith("!")
                            && !file.path().startsWith("/usr");
                    if (configures) {
                        assertThat(provenance.causes(file.path(), number))
                                .as("%s %s:%d %s", starter, file.path(), number, text)
                                .isNotEmpty();
                    }
                }
            }
        }
    }

    private String nearest(String text) {
        return director.causes(KEEPALIVED, line(KEEPALIVED, text))
                .getFirst()
                .object()
                .toString();
    }

    private int line(String path, String text) {
        List<String> lines = director.file(path)
                .orElseThrow()
                .content()
                .lines()
                .map(String::strip)
                .toList();
        assertThat(lines).contains(text);
        return lines.indexOf(text) + 1;
    }

    private static Topology read(String starter) {
        return ProjectReader.readText(
                        StarterTopologies.named(starter).orElseThrow().topology(), Path.of("topology.yaml"))
                .topology()
                .orElseThrow();
    }
}
