package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.PoolRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.desktop.design.ObjectRef.ServiceRef;
import io.twoarm.model.Topology;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PropertiesBuilderTest {
    private final Topology topology = ProjectFixture.twoArm().topology();

    @Test
    void aDirectorShowsItsDataplaneServicesLocalAddressesPortsAndRoutes() {
        List<String> lines = lines(new HostRef("director"));

        assertThat(lines)
                .contains(
                        "Dataplane/Workers=1",
                        "Dataplane/Memory=512 MiB",
                        "Dataplane/Hugepages=no",
                        "Virtual services/web=10.0.96.204:80 tcp",
                        "Local addresses (LIP)/lan-lips=192.168.229.204",
                        "Port dpdk2/VIP=10.0.96.204",
                        "Port dpdk0/LIP=192.168.229.204",
                        "Port dpdk0/Attachment=DPDK af_packet on dpdk0",
                        "Routes/default=via 10.0.96.254 through dpdk2");
    }

    @Test
    void aRealserverShowsItsPoolItsAddressAndItsEchoPorts() {
        assertThat(lines(new HostRef("rs1")))
                .contains(
                        "Member of/web=192.168.229.1:80 · weight 1",
                        "Port eth0/Address=192.168.229.1/24",
                        "Demonstration application/Echo on TCP ports=80");
    }

    @Test
    void aPoolShowsEveryTimeOfItsHealthCheckWithItsUnit() {
        assertThat(lines(new PoolRef("web")))
                .contains(
                        "Health check/Interval=3 s",
                        "Health check/Connect timeout=3 s",
                        "Health check/Retries=2",
                        "Health check/Retry delay=1 s",
                        "Serves/web=10.0.96.204:80");
    }

    @Test
    void aServiceLeadsToItsDirectorPortPoolAndLocalAddresses() {
        List<ObjectRef> targets = PropertiesBuilder.propertiesOf(topology, new ServiceRef("web")).stream()
                .flatMap(section -> section.rows().stream())
                .map(PropertySection.Row::target)
                .flatMap(Optional::stream)
                .toList();

        assertThat(targets)
                .containsExactly(
                        new HostRef("director"),
                        new PortRef("director", "dpdk2"),
                        new PoolRef("web"),
                        new ObjectRef.LocalPoolRef("lan-lips"));
    }

    @Test
    void aSegmentListsThePortsThatAreAttachedToIt() {
        assertThat(lines(new SegmentRef("wan")))
                .contains(
                        "Segment/Subnet=10.0.96.0/24",
                        "Attached ports/gateway eth1=10.0.96.254/24",
                        "Attached ports/director dpdk2=no own address");
    }

    @Test
    void whatTheTopologyDoesNotHaveHasNoProperties() {
        assertThat(PropertiesBuilder.propertiesOf(topology, new HostRef("rs9"))).isEmpty();
    }

    private List<String> lines(ObjectRef ref) {
        return PropertiesBuilder.propertiesOf(topology, ref).stream()
                .flatMap(section ->
                        section.rows().stream().map(row -> section.title() + "/" + row.label() + "=" + row.value()))
                .toList();
    }
}
