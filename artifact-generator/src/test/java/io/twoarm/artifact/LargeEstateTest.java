package io.twoarm.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.model.Finding;
import io.twoarm.model.Finding.Severity;
import io.twoarm.model.SourceMap;
import io.twoarm.model.Topology;
import io.twoarm.model.lint.Lint;
import io.twoarm.model.plan.AddressPlan;
import io.twoarm.model.plan.CapacityPlan;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ten clusters with 301 hosts: a pair, 27 realservers and four services each, ten clients and one router. */
class LargeEstateTest {
    private static final int CLUSTERS = 10;
    private static final int REALSERVERS = 27;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Topology estate = Topologies.read(yaml());

    @Test
    void anEstateOfManyClustersHasNoErrorAndFilesForEveryHost() {
        assertThat(estate.hosts()).hasSize(301);
        assertThat(Lint.check(estate, SourceMap.NONE).stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .map(Finding::text))
                .isEmpty();
        assertThat(ArtifactGenerator.generate(estate)).hasSize(301);
    }

    /** Processor time, so that what else the machine does makes no difference. */
    @Test
    void threeHundredHostsAreCheckedPlannedAndGeneratedInSeconds() {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        List<Duration> times = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            long start = clock.getCurrentThreadCpuTime();
            assertThat(Lint.check(estate, SourceMap.NONE)).isEmpty();
            assertThat(CapacityPlan.of(estate, 1_000_000)).hasSize(2 * CLUSTERS);
            assertThat(AddressPlan.of(estate).subnets()).hasSize(1 + 2 * CLUSTERS);
            assertThat(ArtifactGenerator.generate(estate)).hasSize(301);
            times.add(Duration.ofNanos(clock.getCurrentThreadCpuTime() - start));
        }
        Collections.sort(times);

        assertThat(times.get(1)).as("median of %s", times).isLessThan(LIMIT);
    }

    private static String yaml() {
        StringBuilder segments = new StringBuilder("  outside: { subnets: [172.16.0.0/24] }\n");
        StringBuilder hosts = new StringBuilder();
        StringBuilder groups = new StringBuilder();
        StringBuilder lips = new StringBuilder();
        StringBuilder pools = new StringBuilder();
        StringBuilder services = new StringBuilder();
        StringBuilder gateway = new StringBuilder("  gateway:\n    role: router\n    ports:\n"
                + "      eth0: { segment: outside, addresses: [172.16.0.254/24] }\n");
        for (int client = 1; client <= 10; client++) {
            hosts.append("""
                      client%1$d:
                        role: client
                        ports:
                          eth0: { segment: outside, addresses: [172.16.0.%1$d/24] }
                        routes:
                          - { to: default, via: 172.16.0.254 }
                    """.formatted(client));
        }
        for (int c = 0; c < CLUSTERS; c++) {
            segments.append("  wan%1$d: { subnets: [10.0.%1$d.0/24] }\n  lan%1$d: { subnets: [10.1.%1$d.0/24] }\n"
                    .formatted(c));
            gateway.append("      eth%d: { segment: wan%d, addresses: [10.0.%d.254/24] }\n".formatted(c + 1, c, c));
            for (int member = 1; member <= 2; member++) {
                hosts.append("""
                          lb%1$d-%2$d:
                            role: director
                            kind: dpvs
                            dataplane: { workers: 4, memory: 8 GiB, hugepages: true }
                            ports:
                              dpdk0: { segment: lan%1$d, attach: "pci:0000:3b:00.0", kernelAddresses: [10.1.%1$d.24%2$d/24] }
                              dpdk2: { segment: wan%1$d, attach: "pci:0000:5e:00.0", kernelAddresses: [10.0.%1$d.24%2$d/24] }
                            routes:
                              - { to: default, via: 10.0.%1$d.254, port: dpdk2 }
                        """.formatted(c, member));
            }
            groups.append("""
                      pair%1$d:
                        type: vrrp
                        members: [lb%1$d-1, lb%1$d-2]
                        instances:
                          wan: { port: dpdk2, family: ipv4, virtualRouterId: %2$d }
                    """.formatted(c, 51 + c));
            lips.append("  lips%1$d: { director: pair%1$d, port: dpdk0, addresses: [10.1.%1$d.201, 10.1.%1$d.202] }\n"
                    .formatted(c));
            pools.append("  web%d:\n    check: { type: tcp }\n    members:\n".formatted(c));
            for (int rs = 1; rs <= REALSERVERS; rs++) {
                hosts.append("""
                          rs%1$d-%2$d:
                            role: realserver
                            ports:
                              eth0: { segment: lan%1$d, addresses: [10.1.%1$d.%2$d/24] }
                        """.formatted(c, rs));
                pools.append("      - { host: rs%1$d-%2$d, address: 10.1.%1$d.%2$d, port: 80 }\n".formatted(c, rs));
            }
            for (int service = 1; service <= 4; service++) {
                services.append("""
                          web%1$d-%2$d:
                            director: pair%1$d
                            port: dpdk2
                            vip: 10.0.%1$d.10%2$d
                            protocol: tcp
                            servicePort: 80
                            mode: fullnat
                            scheduler: wlc
                            localAddresses: lips%1$d
                            realservers: web%1$d
                            clientAddress: toa
                        """.formatted(c, service));
            }
        }
        return "twoarm: 1\nname: estate\nsegments:\n" + segments + "hosts:\n" + gateway + hosts + "directorGroups:\n"
                + groups + "localAddressPools:\n" + lips + "realserverPools:\n" + pools + "virtualServices:\n"
                + services;
    }
}
