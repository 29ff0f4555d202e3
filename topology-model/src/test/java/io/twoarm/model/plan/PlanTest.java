package io.twoarm.model.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.model.DataplaneSettings;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Prefix;
import io.twoarm.model.Topology;
import io.twoarm.model.plan.CapacityPlan.PoolNeed;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.templates.StarterTopologies;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
    private final Topology twoArm = read("two-arm-fullnat", "", "");

    @Test
    void oneLocalAddressCarriesItsPortsToEveryRealserver() {
        CapacityPlan plan = CapacityPlan.of(twoArm, 0).getFirst();

        assertThat(plan.pools()).containsExactly(new PoolNeed("lan-lips", 1, 2 * 64_511, 1));
        assertThat(plan.tableSessions()).isEqualTo(524_287);
        assertThat(plan.carried()).isEqualTo(129_022);
    }

    @Test
    void aWishSaysHowManyLocalAddressesAndHowMuchMemoryItNeeds() {
        CapacityPlan plan = CapacityPlan.of(twoArm, 1_000_000).getFirst();

        assertThat(plan.isEnough()).isFalse();
        assertThat(plan.pools().getFirst().needed()).isEqualTo(8); // 500000 sessions of each realserver
        assertThat(DataplaneSizes.of(new DataplaneSettings(1, plan.memoryMegabytes(), false), 2)
                        .sessions())
                .isGreaterThanOrEqualTo(1_000_000);
        assertThat(plan.hugepages()).isEqualTo(plan.memoryMegabytes() / 2);
        assertThat(CapacityPlan.of(twoArm, 100_000).getFirst().isEnough()).isTrue();
        assertThat(CapacityPlan.sessions(2_000, 30.5)).isEqualTo(61_000);
    }

    @Test
    void theBusiestRealserverDecidesAndADrainedOneGetsNothing() {
        Topology uneven = read(
                "two-arm-fullnat",
                "address: 192.168.229.1, port: 80, weight: 1",
                "address: 192.168.229.1, port: 80, weight: 3");
        Topology drained = read(
                "two-arm-fullnat",
                "address: 192.168.229.1, port: 80, weight: 1",
                "address: 192.168.229.1, port: 80, weight: 0");

        assertThat(CapacityPlan.of(uneven, 1_000_000)
                        .getFirst()
                        .pools()
                        .getFirst()
                        .needed())
                .isEqualTo(12);
        assertThat(CapacityPlan.of(drained, 1_000_000)
                        .getFirst()
                        .pools()
                        .getFirst()
                        .needed())
                .isEqualTo(16);
    }

    @Test
    void workersThatAreNoPowerOfTwoLeavePortsUnused() {
        Topology three = read("two-arm-fullnat", "workers: 1", "workers: 3");
        CapacityPlan plan = CapacityPlan.of(three, 0).getFirst();

        assertThat(plan.pools().getFirst().sessions()).isEqualTo(2 * (64_511L * 3 / 4));
        assertThat(plan.queues()).hasSize(3);
        assertThat(plan.queues().getLast()).isEqualTo(new CapacityPlan.WorkerQueues(3, 2, List.of("dpdk0", "dpdk2")));
    }

    @Test
    void theAddressPlanKnowsWhoHasWhatAndWhatIsFree() {
        AddressPlan.Subnet lan = AddressPlan.of(twoArm).subnets().stream()
                .filter(subnet -> subnet.segment().equals("lan"))
                .findFirst()
                .orElseThrow();

        assertThat(lan.uses())
                .extracting(use -> IpLiteral.format(use.address()) + " " + use.owners())
                .containsExactly(
                        "192.168.229.1 [address of rs1's port eth0]",
                        "192.168.229.2 [address of rs2's port eth0]",
                        "192.168.229.204 [LIP of director's port dpdk0]");
        assertThat(lan.free()).isEqualTo(251);
        assertThat(lan.next()).contains(IpLiteral.parse("192.168.229.3"));
    }

    @Test
    void freeAddressesAreGivenOutOnce() {
        FreeAddresses free = FreeAddresses.of(twoArm);
        Prefix lan = Prefix.parse("192.168.229.0/24");

        assertThat(IpLiteral.format(free.after(IpLiteral.parse("192.168.229.204"), lan)))
                .isEqualTo("192.168.229.205");
        assertThat(IpLiteral.format(free.after(IpLiteral.parse("192.168.229.204"), lan)))
                .isEqualTo("192.168.229.206");
        assertThat(free.subnet(lan)).isEqualTo(Prefix.parse("192.168.230.0/24"));
        assertThat(free.subnet(lan)).isEqualTo(Prefix.parse("192.168.231.0/24"));
        Prefix tiny = Prefix.parse("198.51.100.0/30");
        free.first(tiny);
        free.first(tiny);
        assertThatThrownBy(() -> free.first(tiny)).hasMessageContaining("no address of 198.51.100.0/30 is free");
    }

    private static Topology read(String starter, String found, String replacement) {
        String text = StarterTopologies.named(starter).orElseThrow().topology();
        assertThat(text).contains(found);
        return ProjectReader.readText(text.replace(found, replacement), Path.of("topology.yaml"))
                .topology()
                .orElseThrow();
    }
}
