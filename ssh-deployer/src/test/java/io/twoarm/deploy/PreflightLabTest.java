package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.deploy.HostPreflight.Fact;
import io.twoarm.deploy.HostPreflight.Finding;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a real host says of itself, and what stands in the way of a deployment. */
@Tag("lab")
@Timeout(600)
class PreflightLabTest {
    private static LabHosts lab;

    private ProbeHost host;

    @BeforeAll
    static void startLab() {
        lab = LabHosts.start("t-preflight");
    }

    @AfterAll
    static void stopLab() {
        lab.close();
    }

    @BeforeEach
    void connect() {
        host = ProbeHost.clean(lab.target("alpha"));
    }

    @AfterEach
    void disconnect() {
        host.close();
    }

    private PreflightReport preflight(ProbeDesign design) {
        return new Deployer(host.deploying()).preflight(List.of(host.deployment(design, Optional.empty())));
    }

    private HostPreflight checked(ProbeDesign design) {
        return preflight(design).hosts().getFirst();
    }

    @Test
    void aGoodHostTellsItsFactsAndHasNoFindings() {
        HostState before = host.state();

        PreflightReport report = preflight(ProbeDesign.standard());

        assertThat(report.ready()).isTrue();
        HostPreflight alpha = report.hosts().getFirst();
        assertThat(alpha.findings()).isEmpty();
        assertThat(alpha.facts())
                .extracting(Fact::name)
                .contains("system", "kernel", "user", "processors", "memory", "NIC");
        assertThat(alpha.facts())
                .filteredOn(fact -> fact.name().equals("NIC"))
                .extracting(Fact::value)
                .anySatisfy(nic -> assertThat(nic).startsWith("eth0"));
        assertThat(host.state()).isEqualTo(before);
    }

    @Test
    void aMissingPackageIsNamedWithTheWayToInstallIt() {
        HostPreflight checked = checked(ProbeDesign.standard().aPackage("librte-nowhere"));

        assertThat(checked.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.blocking()).isFalse();
            assertThat(finding.found()).isEqualTo("not installed: librte-nowhere");
            assertThat(finding.fix()).contains("apt-get install librte-nowhere");
        });
    }

    @Test
    void whatADeploymentWouldRefuseBlocksWithItsFix() {
        host.sh("mkdir -p /etc/probe/notes && mount -t tmpfs -o size=64k none /var/lib/twoarm"
                + " || { mkdir -p /var/lib/twoarm && mount -t tmpfs -o size=64k none /var/lib/twoarm; }");
        PreflightReport report = preflight(ProbeDesign.standard());
        host.sh("umount /var/lib/twoarm");

        assertThat(report.ready()).isFalse();
        assertThat(report.hosts().getFirst().findings())
                .filteredOn(Finding::blocking)
                .extracting(Finding::found)
                .anySatisfy(found -> assertThat(found).contains("/etc/probe/notes is a directory"))
                .anySatisfy(found -> assertThat(found).contains("0 MiB are free for /var/lib/twoarm"));
    }

    @Test
    void aHostThatCannotBeAskedIsAFailure() {
        host.close();
        SshTarget known = host.target();
        SshTarget nowhere = new SshTarget("gamma", "127.0.0.1", 1, "root", known.identity(), known.knownHosts());
        try (SshConnections connections = new SshConnections()) {
            PreflightReport report = new Deployer(connections)
                    .preflight(List.of(
                            new HostDeployment(nowhere, ProbeDesign.standard().artifacts("gamma"), Optional.empty())));

            assertThat(report.ready()).isFalse();
            assertThat(report.failures()).singleElement().asString().contains("gamma", "refuses connections");
        }
    }

    private HostPreflight needing(HostNeeds needs) {
        HostDeployment deployment = new HostDeployment(
                host.target(), ProbeDesign.standard().artifacts("alpha"), Optional.empty(), Optional.empty(), needs);
        return new Deployer(host.deploying())
                .preflight(List.of(deployment))
                .hosts()
                .getFirst();
    }

    @Test
    void aNicThatTheHostDoesNotHaveAndMemoryThatItLacksAreTold() {
        HostPreflight checked = needing(new HostNeeds(List.of("00ff:3b:00.0"), 1 << 24, List.of()));

        assertThat(checked.findings())
                .filteredOn(Finding::blocking)
                .extracting(Finding::found)
                .anySatisfy(found -> assertThat(found).isEqualTo("no NIC has the PCI address 00ff:3b:00.0"))
                .anySatisfy(found -> assertThat(found).contains("MiB are free in hugepages"));
        assertThat(checked.findings())
                .extracting(Finding::fix)
                .anySatisfy(fix -> assertThat(fix).contains("lspci -D"));
    }

    @Test
    void anotherRouterWithTheSameVridIsHeardButNotTheHostsOwnPeers() {
        try (ProbeHost beta = ProbeHost.clean(lab.target("beta"))) {
            beta.sh("""
                    cat >/etc/stranger.conf <<'END'
                    vrrp_instance stranger {
                        interface eth0
                        state MASTER
                        virtual_router_id 77
                        priority 100
                        advert_int 1
                        virtual_ipaddress {
                            10.9.0.100/24
                        }
                    }
                    END
                    systemd-run --quiet --collect --unit=stranger keepalived --dont-fork --vrrp --use-file /etc/stranger.conf
                    """);
            Waiting.until(
                    "the stranger is master",
                    () -> beta.sh("ip -o address show dev eth0").contains("10.9.0.100"));

            HostPreflight clash = needing(routers(77, "10.9.0.1"));
            HostPreflight own = needing(routers(77, "10.9.0.2"));
            HostPreflight other = needing(routers(78, "10.9.0.1"));

            beta.sh("systemctl stop stranger");
            assertThat(clash.findings())
                    .filteredOn(Finding::blocking)
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.found()).isEqualTo("10.9.0.2 announces VRID 77 on the wire of eth0");
                        assertThat(finding.fix()).contains("virtualRouterId");
                    });
            assertThat(own.findings()).isEmpty();
            assertThat(other.findings()).isEmpty();
        }
    }

    private static HostNeeds routers(int id, String member) {
        return new HostNeeds(List.of(), 0, List.of(new HostNeeds.VirtualRouter(id, "eth0", Set.of(member))));
    }
}
