package io.twoarm.model.lint;

import static io.twoarm.model.lint.LintCase.DPDK0;
import static io.twoarm.model.lint.LintCase.DPDK2;
import static io.twoarm.model.lint.LintCase.LAN;
import static io.twoarm.model.lint.LintCase.RS1_PORT;
import static io.twoarm.model.lint.LintCase.in;
import static io.twoarm.model.lint.LintCase.with;

import io.twoarm.model.lint.LintCase.Clean;
import io.twoarm.model.lint.LintCase.Found;
import java.util.List;

/** Cases of rules about ports that share a cable. */
final class VlanCases {
    private static final String WAN = "  wan: { subnets: [10.0.96.0/24] }\n";
    private static final String WAN_100 = "  wan: { subnets: [10.0.96.0/24], vlan: 100 }\n";
    private static final String LAN_200 = "  lan: { subnets: [192.168.229.0/24], vlan: 200 }\n";
    private static final String CABLE = "  cable: { subnets: [] }\n";
    private static final String NIC = "nic0: { segment: cable, attach: af_packet }\n      ";
    private static final String DPDK0_VLAN = "dpdk0: { segment: lan, attach: \"vlan:nic0\" }";
    private static final String DPDK2_VLAN = "dpdk2: { segment: wan, attach: \"vlan:nic0\" }";

    private VlanCases() {}

    static final List<Found> FOUND = List.of(
            new Found(
                    "a VLAN is on a port that does not exist",
                    "vlan-link",
                    with(LAN, LAN_200, DPDK0, "dpdk0: { segment: lan, attach: \"vlan:dpdk3\" }"),
                    "dpdk0:",
                    "VLAN dpdk0 of director is on \"dpdk3\", which is no port of it; allowed are dpdk2",
                    "kernel-port",
                    "director-cannot-reach-realserver",
                    "director-cannot-reach-realserver"),
            new Found(
                    "a VLAN is on a VLAN",
                    "vlan-link",
                    with(
                            LAN,
                            LAN_200,
                            RS1_PORT,
                            RS1_PORT + "\n      eth1: { segment: lan, attach: \"vlan:eth0\" }"
                                    + "\n      eth2: { segment: lan, attach: \"vlan:eth1\" }"),
                    "eth2:",
                    "VLAN eth2 of rs1 is on \"eth1\", a VLAN itself; allowed are eth0",
                    "vlan-number-twice"),
            new Found(
                    "the segment of a VLAN has no number",
                    "vlan-without-number",
                    with(LAN, LAN_200, WAN, WAN + CABLE, DPDK0, NIC + DPDK0_VLAN, DPDK2, DPDK2_VLAN),
                    "  wan: {",
                    "segment wan has no vlan:, and dpdk2 of director is a VLAN of it"),
            new Found(
                    "two VLANs of a port have the same number",
                    "vlan-number-twice",
                    with(
                            LAN,
                            LAN_200,
                            WAN,
                            WAN_100.replace("100", "200") + CABLE,
                            DPDK0,
                            NIC + DPDK0_VLAN,
                            DPDK2,
                            DPDK2_VLAN),
                    "dpdk2:",
                    "number 200 on port nic0 of director is that of dpdk2 and of dpdk0"),
            new Found(
                    "a VLAN has the number of the port's own segment",
                    "vlan-number-twice",
                    with(LAN, LAN_200, RS1_PORT, RS1_PORT + "\n      eth1: { segment: lan, attach: \"vlan:eth0\" }"),
                    "eth1:",
                    "number 200 on port eth0 of rs1 is that of eth1 and of eth0"),
            new Found(
                    "a number is another segment at another host of the wire",
                    "vlan-number-differs",
                    with(
                            LAN,
                            LAN_200,
                            WAN,
                            WAN_100 + CABLE + "  backup: { subnets: [192.0.2.0/24], vlan: 100 }\n",
                            DPDK0,
                            NIC + DPDK0_VLAN,
                            DPDK2,
                            DPDK2_VLAN,
                            RS1_PORT,
                            RS1_PORT
                                    + "\n      eth1: { segment: cable }\n      eth2: { segment: backup, attach: \"vlan:eth1\" }"),
                    "eth2:",
                    "number 100 on wire cable is segment backup at eth2 of rs1, and segment wan at dpdk2 of director"),
            new Found(
                    "a number is another segment at another port of the host on the same wire",
                    "vlan-number-differs",
                    with(
                            LAN,
                            LAN
                                    + CABLE
                                    + "  backup: { subnets: [192.0.2.0/24], vlan: 100 }\n"
                                    + "  store: { subnets: [198.51.100.0/24], vlan: 100 }\n",
                            RS1_PORT,
                            RS1_PORT
                                    + "\n      eth1: { segment: cable }\n      eth2: { segment: cable }"
                                    + "\n      eth3: { segment: backup, attach: \"vlan:eth1\" }"
                                    + "\n      eth4: { segment: store, attach: \"vlan:eth2\" }"),
                    "eth4:",
                    "number 100 on wire cable is segment store at eth4 of rs1, and segment backup at eth3 of rs1"),
            new Found(
                    "a VLAN has larger packets than the port below",
                    "vlan-mtu",
                    with(
                            LAN,
                            LAN + "  backup: { subnets: [192.0.2.0/24], vlan: 100, mtu: 9000 }\n",
                            RS1_PORT,
                            RS1_PORT + "\n      eth1: { segment: backup, attach: \"vlan:eth0\" }"),
                    "eth1:",
                    "segment backup of VLAN eth1 has an MTU of 9000, and segment lan of port eth0 has 1500"),
            new Found(
                    "a VLAN of a dataplane has an address of the kernel",
                    "vlan-kernel-address",
                    with(
                            LAN,
                            LAN_200,
                            WAN,
                            WAN_100 + CABLE,
                            DPDK0,
                            NIC + DPDK0_VLAN.replace("nic0\" }", "nic0\", kernelAddresses: [192.168.229.250/24] }"),
                            DPDK2,
                            DPDK2_VLAN),
                    "dpdk0:",
                    "VLAN dpdk0 of director has kernelAddresses"),
            new Found(
                    "a VRRP instance is on a VLAN of a dataplane",
                    "vlan-vrrp",
                    in(
                            "bundled-pair",
                            "dpdk2: { segment: wan, attach: af_packet, kernelAddresses: [10.0.96.200/24] }",
                            "dpdk2: { segment: wan, attach: \"vlan:dpdk0\" }",
                            "10.0.96.0/24, \"2001:db8:96::/64\"] }",
                            "10.0.96.0/24, \"2001:db8:96::/64\"], vlan: 100 }"),
                    "wan4:",
                    "instance wan4 of group pair is on dpdk2, a VLAN of lb1's dataplane",
                    "vlan-vrrp"));

    static final List<Clean> CLEAN = List.of(
            new Clean(
                    "a director has two VLANs on one NIC",
                    with(LAN, LAN_200, WAN, WAN_100 + CABLE, DPDK0, NIC + DPDK0_VLAN, DPDK2, DPDK2_VLAN)),
            new Clean(
                    "two ports of a host on one wire have a VLAN each of the same segment",
                    with(
                            LAN,
                            LAN + CABLE + "  backup: { subnets: [192.0.2.0/24], vlan: 100 }\n",
                            RS1_PORT,
                            RS1_PORT
                                    + "\n      eth1: { segment: cable }\n      eth2: { segment: cable }"
                                    + "\n      eth3: { segment: backup, attach: \"vlan:eth1\" }"
                                    + "\n      eth4: { segment: backup, attach: \"vlan:eth2\" }")),
            new Clean(
                    "routers of their own kind have a VLAN that is called as they call it",
                    in(
                            "vyatta-nat-pair",
                            "eth1: { segment: sync, addresses: [10.10.10.2/24] }",
                            "eth2.7: { segment: sync, attach: \"vlan:eth2\", addresses: [10.10.10.2/24] }",
                            "eth1: { segment: sync, addresses: [10.10.10.3/24] }",
                            "eth2.7: { segment: sync, attach: \"vlan:eth2\", addresses: [10.10.10.3/24] }",
                            "syncPort: eth1",
                            "syncPort: eth2.7",
                            "10.10.10.0/24] }",
                            "10.10.10.0/24], vlan: 7 }")),
            new Clean(
                    "a realserver has a VLAN beside the untagged segment",
                    with(
                            LAN,
                            LAN + "  backup: { subnets: [192.0.2.0/24], vlan: 4094 }\n",
                            RS1_PORT,
                            RS1_PORT
                                    + "\n      eth0.4094: { segment: backup, attach: \"vlan:eth0\", addresses: [192.0.2.1/24] }")));
}
