package io.twoarm.model.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.model.Finding;
import org.junit.jupiter.api.Test;

/** What is said to values that a key does not take. */
class ProjectValueTest {

    @Test
    void aValueOfAnotherKindIsToldWithWhatWasFound() {
        assertThat(SoleFinding.messageOf("segments: []"))
                .isEqualTo("segments is a list; allowed is a mapping from names to entries.");
        assertThat(SoleFinding.messageOf("segments:"))
                .isEqualTo("segments is nothing; allowed is a mapping from names to entries.");
        assertThat(SoleFinding.messageOf("title: 2026")).isEqualTo("title is the number 2026; allowed is a text.");
        assertThat(SoleFinding.of(SoleFinding.HEAD + "title: 2026\n").fix())
                .isEqualTo("Put the value in quotes: \"2026\".");
        assertThat(SoleFinding.messageOf("title: true")).isEqualTo("title is true; allowed is a text.");
        assertThat(SoleFinding.messageOf("segments: { lan: { subnets: 10.0.0.0/8 } }"))
                .isEqualTo("segments.lan.subnets is the text \"10.0.0.0/8\"; allowed is a list.");
        assertThat(SoleFinding.messageOf("segments: { lan: { subnets: [[]] } }"))
                .isEqualTo("segments.lan.subnets[0] is a list; allowed is a text.");
        assertThat(SoleFinding.messageOf("segments: { lan: 5 }"))
                .isEqualTo("segments.lan is the number 5; allowed is a mapping.");
        assertThat(SoleFinding.messageOf("hosts: { lb: { role: director, dataplane: { hugepages: yes } } }"))
                .isEqualTo("hosts.lb.dataplane.hugepages is the text \"yes\"; allowed is true or false.");
        assertThat(SoleFinding.messageOf("hosts: { lb: { role: director, dataplane: { workers: \"2\" } } }"))
                .isEqualTo("hosts.lb.dataplane.workers is the text \"2\"; allowed is a whole number from 1 to 63.");
        assertThat(SoleFinding.messageOf("? [a]\n: b"))
                .isEqualTo("a key is a list or a mapping; allowed is a plain word.");
        assertThat(SoleFinding.of("[]\n").message()).isEqualTo("the file is a list; allowed is a mapping.");
    }

    @Test
    void aPasswordInAProjectIsRefusedWithTheReasonAndNotRepeated() {
        for (String key : new String[] {"password", "sudo_password", "passphrase", "privateKey", "Passwd"}) {
            Finding finding = SoleFinding.of(SoleFinding.HEAD
                    + "hosts: { lb: { role: client, ssh: { address: 192.0.2.1, %s: hunter2 } } }\n".formatted(key));

            assertThat(finding.rule()).isEqualTo("secret-in-project");
            assertThat(finding.text())
                    .contains("topology.yaml:3:")
                    .contains("a project never holds one")
                    .contains("twoarm secret set")
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void aValueOutOfRangeIsToldWithTheRange() {
        assertThat(SoleFinding.messageOf("hosts: { lb: { role: director, dataplane: { workers: 0 } } }"))
                .isEqualTo("hosts.lb.dataplane.workers is 0; allowed is 1 to 63.");
        assertThat(SoleFinding.messageOf("hosts: { lb: { role: realserver, echo: [99999999999999999999] } }"))
                .isEqualTo("hosts.lb.echo[0] is 99999999999999999999; allowed is 1 to 65535.");
        assertThat(SoleFinding.messageOf("hosts: { lb: { role: director, dataplane: { memory: 5 GB } } }"))
                .isEqualTo("\"5 GB\" is not an amount of memory; allowed is a whole number and MiB or GiB.");
        assertThat(SoleFinding.messageOf("hosts: { lb: { role: director, dataplane: { memory: 63 MiB } } }"))
                .isEqualTo("\"63 MiB\" is out of range; allowed is 64 MiB to 1024 GiB.");
        assertThat(SoleFinding.messageOf("hosts: { lb: { role: director, dataplane: { memory: 9999999 GiB } } }"))
                .contains("out of range");
        assertThat(SoleFinding.messageOf(
                        "realserverPools: { web: { check: { type: tcp, interval: 0s }, members: [] } }"))
                .isEqualTo("\"0s\" is out of range; allowed is 1ms to 86400s.");
        assertThat(SoleFinding.messageOf(
                        "realserverPools: { web: { check: { type: tcp, interval: 999999999h }, members: [] } }"))
                .contains("out of range");
        assertThat(SoleFinding.messageOf(
                        "realserverPools: { web: { check: { type: tcp, interval: 3 s }, members: [] } }"))
                .isEqualTo("\"3 s\" is not a time; allowed is a whole number and ms, s, m or h.");
    }

    @Test
    void aWordThatIsNoneOfTheAllowedIsToldWithThem() {
        assertThat(SoleFinding.messageOf("hosts: { lb: { role: direktor } }"))
                .isEqualTo("hosts.lb.role is \"direktor\"; allowed is client, router, director, realserver.");
        assertThat(SoleFinding.of(SoleFinding.HEAD + "hosts: { lb: { role: direktor } }\n")
                        .fix())
                .isEqualTo("Did you mean \"director\"? Write one of: client, router, director, realserver.");
        assertThat(SoleFinding.messageOf("hosts: { lb: { ports: {} } }"))
                .isEqualTo("hosts.lb has no \"role\", which is required.");
        assertThat(SoleFinding.messageOf("realserverPools: { web: { check: { type: http }, members: [] } }"))
                .isEqualTo("realserverPools.web.check.type is \"http\"; allowed is none, tcp.");
    }

    @Test
    void addressesNamesAndRoutesAreReadStrictly() {
        assertThat(SoleFinding.messageOf(
                        "localAddressPools: { p: { director: a, port: b, addresses: [192.168.229.300] } }"))
                .isEqualTo("\"192.168.229.300\" is not an IP address: 300 is above 255.");
        assertThat(SoleFinding.messageOf(
                        "localAddressPools: { p: { director: a, port: b, addresses: [lb.example.net] } }"))
                .contains("four decimal numbers");
        assertThat(SoleFinding.messageOf("segments: { lan: { subnets: [192.168.229.1/24] } }"))
                .contains("is not a network");
        assertThat(SoleFinding.messageOf("segments: { \"my lan\": { subnets: [] } }"))
                .startsWith("\"my lan\" is not a name");
        assertThat(SoleFinding.messageOf("hosts: { a: { role: client, ports: { e: { segment: \"my lan\" } } } }"))
                .startsWith("\"my lan\" is not a name");
        assertThat(SoleFinding.messageOf(
                        "hosts: { a: { role: client, ports: { e: { segment: lan, attach: dpdk } } } }"))
                .contains("allowed is kernel, af_packet, af_packet:INTERFACE, pci:ADDRESS or vlan:PORT");
        assertThat(SoleFinding.messageOf(
                        "hosts: { a: { role: client, ports: { e: { segment: lan, attach: pci:3b:00.0 } } } }"))
                .contains("not a PCI address");
        assertThat(SoleFinding.messageOf("hosts: { a: { role: client, routes: [{ to: 10.0.0.0/8 }] } }"))
                .contains("leads nowhere");
        assertThat(SoleFinding.messageOf("hosts: { a: { role: client, routes: [{ to: default, port: eth0 }] } }"))
                .contains("leaves open whether IPv4 or IPv6 is meant");
        assertThat(SoleFinding.messageOf("hosts: { a: { role: client, ssh: { address: root@lb } } }"))
                .contains("neither an IP address nor a host name");
        assertThat(SoleFinding.messageOf("title: \"a\\tb\"")).contains("U+0009");
    }
}
