package io.twoarm.desktop.design;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ObjectRefTest {

    @Test
    void theFieldOfAFindingLeadsToTheObjectThatHasIt() {
        assertThat(ObjectRef.at("localAddressPools.lan-lips.addresses[0]"))
                .contains(new ObjectRef.LocalPoolRef("lan-lips"));
        assertThat(ObjectRef.at("virtualServices.web.realservers")).contains(new ObjectRef.ServiceRef("web"));
        assertThat(ObjectRef.at("realserverPools.web.members[1].host")).contains(new ObjectRef.PoolRef("web"));
    }

    @Test
    void aPortIsAnObjectOfItsOwn() {
        assertThat(ObjectRef.at("hosts.rs1.ports.eth0.addresses[0]")).contains(new ObjectRef.PortRef("rs1", "eth0"));
        assertThat(ObjectRef.at("hosts.rs1.routes[0].via")).contains(new ObjectRef.HostRef("rs1"));
    }

    @Test
    void aPortWithADotInItsNameIsFound() {
        ObjectRef vlan = new ObjectRef.PortRef("rs1", "eth0.100");

        assertThat(vlan.path()).isEqualTo("hosts.rs1.ports.\"eth0.100\"");
        assertThat(ObjectRef.at(vlan.path())).contains(vlan);
    }

    @Test
    void aFindingAboutTheWholeFileSelectsNothing() {
        assertThat(ObjectRef.at("name")).isEmpty();
        assertThat(ObjectRef.at("")).isEmpty();
    }
}
