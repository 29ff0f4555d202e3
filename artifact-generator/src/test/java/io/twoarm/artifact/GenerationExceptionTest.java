package io.twoarm.artifact;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerationExceptionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "localAddresses: lan-lips | localAddresses: lips | virtualServices.web.localAddresses: there is no local address pool called lips",
                "realservers: web         | realservers: app     | virtualServices.web.realservers: there is no realserver pool called app",
                "    port: dpdk2          |     port: dpdk9      | virtualServices.web.port: director has no port called dpdk9",
                "director: director, port: dpdk0 | director: director, port: dpdk9 | localAddressPools.lan-lips.port: director has no port called dpdk9",
                "via: 10.0.96.254, port: dpdk2 | via: 10.0.96.254, port: dpdk9 | hosts.director.routes[0].port: director has no port called dpdk9",
                "via: 10.0.96.254, port: dpdk2 | via: 10.9.96.254 | hosts.director.routes[0].via: the gateway 10.9.96.254 is on-link at no port of director",
                "workers: 1               | workers: 17          | hosts.director.dataplane.workers: 17 workers need as many queues",
                "addresses: [192.168.229.204] | addresses: ['fd00:229::204'] | hosts.director: the director would refuse the configuration",
                "addresses: [192.168.229.204] | addresses: [192.168.230.204] | hosts.director: the director would refuse the configuration",
            })
    void aTopologyThatLeadsNowhereIsRefusedWithThePlace(String good, String bad, String message) {
        String yaml = Topologies.twoArmText().replace(good, bad);

        assertThatThrownBy(() -> ArtifactGenerator.generate(Topologies.read(yaml)))
                .isInstanceOf(GenerationException.class)
                .hasMessageStartingWith(message);
    }
}
