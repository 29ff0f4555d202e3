package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.twoarm.deploy.HostDrift.Item;
import io.twoarm.deploy.HostDrift.Meaning;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Design, last deployment and a real host, compared. */
@Tag("lab")
@Timeout(600)
class DriftLabTest {
    private static LabHosts lab;

    private ProbeHost host;

    @BeforeAll
    static void startLab() {
        lab = LabHosts.start("t-drift");
    }

    @AfterAll
    static void stopLab() {
        lab.close();
    }

    @BeforeEach
    void connect() {
        host = ProbeHost.clean(lab.target("alpha"));
        host.deployed(ProbeDesign.standard());
    }

    @AfterEach
    void disconnect() {
        host.close();
    }

    private List<Item> drift(ProbeDesign design) {
        DriftReport report = new Deployer(host.deploying()).drift(List.of(host.deployment(design, Optional.empty())));
        assertThat(report.failures()).isEmpty();
        return report.hosts().getFirst().items();
    }

    @Test
    void afterADeploymentThereIsNone() {
        assertThat(drift(ProbeDesign.standard())).isEmpty();
    }

    @Test
    void whatWasChangedOnTheHostIsNamedAndNothingIsChangedByLooking() {
        host.sh("echo other >/etc/probe/one.conf; rm /etc/probe/notes; systemctl stop probe-two");
        HostState before = host.state();

        assertThat(drift(ProbeDesign.standard()))
                .extracting(Item::thing, Item::meaning)
                .containsExactlyInAnyOrder(
                        tuple("/etc/probe/one.conf", Meaning.CHANGED_ON_THE_HOST),
                        tuple("/etc/probe/notes", Meaning.CHANGED_ON_THE_HOST),
                        tuple("probe-two.service", Meaning.CHANGED_ON_THE_HOST));
        assertThat(host.state()).isEqualTo(before);
    }

    @Test
    void whatTheProjectChangedIsNotDeployedYet() {
        assertThat(drift(ProbeDesign.standard().service("one", "second").withoutService("two")))
                .extracting(Item::thing, Item::meaning)
                .containsExactlyInAnyOrder(
                        tuple("/etc/probe/one.conf", Meaning.NOT_DEPLOYED),
                        tuple("/etc/probe/two.conf", Meaning.NO_LONGER_DESIGNED),
                        tuple("/etc/systemd/system/probe-two.service", Meaning.NO_LONGER_DESIGNED),
                        tuple("probe-two.service", Meaning.NO_LONGER_DESIGNED));
    }

    @Test
    void whatBothSidesChangedIsToldApartFromWhatIsAlreadyThere() {
        host.sh("echo other >/etc/probe/one.conf; echo second >/etc/probe/two.conf");

        assertThat(drift(ProbeDesign.standard().service("one", "second").service("two", "second")))
                .extracting(Item::thing, Item::meaning)
                .containsExactlyInAnyOrder(
                        tuple("/etc/probe/one.conf", Meaning.CHANGED_ON_BOTH_SIDES),
                        tuple("/etc/probe/two.conf", Meaning.ALREADY_THERE));
    }

    @Test
    void aKernelSettingThatWasChangedIsNamedWithItsValues() {
        ProbeDesign design = ProbeDesign.standard().kernelSettings("net.ipv4.ip_forward = 1\n");
        host.deployed(design);
        host.sh("sysctl -q -w net.ipv4.ip_forward=0");

        assertThat(drift(design)).containsExactly(new Item("net.ipv4.ip_forward", "1", "1", "0"));
    }
}
