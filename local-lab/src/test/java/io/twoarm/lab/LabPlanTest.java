package io.twoarm.lab;

import static io.twoarm.lab.TopologyFixture.dataplane;
import static io.twoarm.lab.TopologyFixture.kernel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.twoarm.model.Attachment;
import io.twoarm.model.Port;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.change.ObjectList;
import java.util.List;
import java.util.OptionalInt;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabPlanTest {

    private static LabPlan.Nic nicOf(Port port) {
        return LabPlan.of(new TopologyFixture().director("director", port).topology())
                .nics()
                .getFirst();
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(Topology topology) {
        return assertThatThrownBy(() -> LabPlan.of(topology)).isInstanceOf(LabException.class);
    }

    @Test
    void everySegmentIsABridgeAndEveryPortACableToIt() {
        LabPlan plan = LabPlan.of(TopologyFixture.twoArmed());
        assertThat(plan.bridges()).extracting(LabPlan.Bridge::segment).containsExactly("client-lan", "wan", "lan");
        assertThat(plan.hosts()).containsExactly("client", "gateway", "director", "rs1", "rs2");
        assertThat(plan.nics())
                .filteredOn(nic -> nic.host().equals("gateway"))
                .extracting(LabPlan.Nic::name, LabPlan.Nic::bridge, LabPlan.Nic::addresses)
                .containsExactly(
                        tuple("inside", "br0", List.of("172.16.0.254/24")),
                        tuple("outside", "br1", List.of("10.0.96.254/24")));
    }

    @Test
    void macAddressesAndWireEndsAreUniqueAndTheSameInEveryRun() {
        LabPlan plan = LabPlan.of(TopologyFixture.twoArmed());
        assertThat(plan.nics()).extracting(LabPlan.Nic::mac).doesNotHaveDuplicates();
        assertThat(plan.nics()).extracting(LabPlan.Nic::wireEnd).doesNotHaveDuplicates();
        assertThat(LabPlan.of(TopologyFixture.twoArmed())).isEqualTo(plan);
    }

    @Test
    void aDataplanePortHasTheNameOfItsInterfaceAndNoAddress() {
        Port port =
                new Port("wan0", "wan", kernel("x", "wan", "10.0.0.1/24").addresses(), new Attachment.AfPacket("eth7"));
        assertThat(nicOf(port).name()).isEqualTo("eth7");
        assertThat(nicOf(port).port()).isEqualTo("wan0");
        assertThat(nicOf(port).dataplane()).isTrue();
        assertThat(nicOf(port).addresses()).isEmpty();
    }

    @Test
    void aPortOnPciIsAnInterfaceOfThePortsNameInTheLab() {
        LabPlan.Nic nic = nicOf(new Port("dpdk0", "wan", List.of(), new Attachment.Pci("0000:3b:00.0")));
        assertThat(nic.name()).isEqualTo("dpdk0");
        assertThat(nic.dataplane()).isTrue();
    }

    @Test
    void aBondHasACableForEachOfItsMembers() {
        LabPlan plan = LabPlan.of(new TopologyFixture()
                .director(
                        "director",
                        new Port(
                                "bond1",
                                "wan",
                                List.of(),
                                new Attachment.Bond(
                                        4,
                                        List.of(new Attachment.AfPacket("eth0"), new Attachment.Pci("0000:3b:00.1")))))
                .topology());
        assertThat(plan.nics()).extracting(LabPlan.Nic::name).containsExactly("eth0", "bond1s1");
        assertThat(plan.nics()).allMatch(nic -> nic.port().equals("bond1") && nic.dataplane());
        assertThat(plan.portTable()).contains(" bond4");
        assertThat(LabPlan.parse(plan.segmentTable(), plan.hostTable(), plan.portTable(), LabVlan.table(plan.vlans())))
                .isEqualTo(plan);
    }

    @Test
    void aVlanOfADataplaneSharesTheCableAndOneOfTheKernelHasItsOwn() {
        Topology fixture = new TopologyFixture()
                .director(
                        "director",
                        dataplane("dpdk0", "cable"),
                        new Port("dpdk0.7", "wire", List.of(), new Attachment.Vlan("dpdk0")))
                .realserver(
                        "rs",
                        kernel("eth0", "cable"),
                        new Port(
                                "eth0.7",
                                "wire",
                                kernel("x", "wire", "10.0.0.1/24").addresses(),
                                new Attachment.Vlan("eth0")))
                .topology();
        assertRefused(fixture).hasMessageContaining("hosts.director.ports.dpdk0.7");

        LabPlan plan =
                LabPlan.of(ObjectList.SEGMENTS.change(fixture, "wire", segment -> segment.withVlan(OptionalInt.of(7))));

        assertThat(plan.nics())
                .extracting(LabPlan.Nic::host, LabPlan.Nic::name, LabPlan.Nic::bridge)
                .containsExactly(
                        tuple("director", "dpdk0", "br0"), tuple("rs", "eth0", "br0"), tuple("rs", "eth0.7", "br1"));
        assertThat(plan.vlans()).containsExactly(new LabVlan("director", "dpdk0.7", "dpdk0", 7, "br0", "br1"));
        assertThat(LabPlan.parse(plan.segmentTable(), plan.hostTable(), plan.portTable(), LabVlan.table(plan.vlans())))
                .isEqualTo(plan);
    }

    @Test
    void theTablesHoldTheWholePlan() {
        LabPlan plan = LabPlan.of(new TopologyFixture()
                .client("a", kernel("eth0", "wire-1.lan", "10.0.0.1/24", "fd00::1/64"))
                .director("b", dataplane("dpdk0", "wire-1.lan"))
                .topology());
        assertThat(LabPlan.parse(plan.segmentTable(), plan.hostTable(), plan.portTable(), LabVlan.table(plan.vlans())))
                .isEqualTo(plan);
    }

    @Test
    void theHostsFileNamesEveryAddressOfTheKernel() {
        assertThat(LabPlan.of(TopologyFixture.twoArmed()).hostsFile().lines())
                .contains("127.0.0.1 localhost", "10.0.96.254 gateway", "192.168.229.1 rs1", "fd00:229:0:0:0:0:0:1 rs1")
                .noneMatch(line -> line.endsWith("director"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sixteen-letters-", "lo", "all", "default"})
    void aNameThatTheKernelHasNoPlaceForIsRefused(String name) {
        assertRefused(new TopologyFixture()
                        .client("client", kernel(name, "wire", "10.0.0.1/24"))
                        .topology())
                .hasMessageContaining("\"" + name + "\"")
                .hasMessageContaining("hosts.client.ports." + name);
    }

    @Test
    void aSegmentsMtuIsThatOfItsPorts() {
        Topology plain = TopologyFixture.single();
        Topology jumbo = new Topology(
                plain.name(),
                plain.title(),
                plain.description(),
                List.of(new Segment("wire", List.of()).withMtu(9000)),
                plain.hosts(),
                List.of(),
                List.of(),
                List.of());
        assertThat(LabPlan.of(jumbo).nics()).extracting(LabPlan.Nic::mtu).containsExactly(9000);
    }

    @Test
    void aPortInANonexistentSegmentIsRefusedWithThoseThatExist() {
        Topology topology = new TopologyFixture()
                .client("client", kernel("eth0", "wire", "10.0.0.1/24"))
                .topology();
        Topology broken = new Topology(
                topology.name(),
                topology.title(),
                topology.description(),
                List.of(new Segment("other", List.of())),
                topology.hosts(),
                List.of(),
                List.of(),
                List.of());
        assertRefused(broken)
                .hasMessageContaining("segment \"wire\", which does not exist")
                .hasMessageContaining("hosts.client.ports.eth0")
                .hasMessageContaining("use one of other");
    }

    @Test
    void twoPortsWithTheSameInterfaceAreRefused() {
        assertRefused(new TopologyFixture()
                        .director(
                                "director",
                                new Port("a", "wire", List.of(), new Attachment.AfPacket("eth0")),
                                new Port("b", "wire", List.of(), new Attachment.AfPacket("eth0")))
                        .topology())
                .hasMessageContaining("\"eth0\" is taken")
                .hasMessageContaining("hosts.director.ports.b");
    }

    @Test
    void aTopologyWithoutHostsOrWithTooManyIsRefused() {
        assertRefused(new TopologyFixture().topology()).hasMessageContaining("1 to 254 hosts");
        TopologyFixture many = new TopologyFixture();
        for (int host = 0; host < 255; host++) {
            many.client("c" + host);
        }
        assertRefused(many.topology()).hasMessageContaining("has 255");
    }
}
