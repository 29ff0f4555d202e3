package io.twoarm.model.lint;

import static io.twoarm.model.lint.LintCase.DPDK0;
import static io.twoarm.model.lint.LintCase.LIPS;
import static io.twoarm.model.lint.LintCase.POOL;
import static io.twoarm.model.lint.LintCase.RS1_MEMBER;
import static io.twoarm.model.lint.LintCase.SECOND_SERVICE;
import static io.twoarm.model.lint.LintCase.appended;
import static io.twoarm.model.lint.LintCase.with;

import io.twoarm.model.lint.LintCase.Found;
import java.util.List;

/** Cases of rules about references and local addresses. */
final class PoolCases {
    private PoolCases() {}

    static final List<Found> FOUND = List.of(
            new Found(
                    "a service belongs to a router",
                    "unknown-director",
                    text -> text.replace("    director: director\n", "    director: gateway\n"),
                    "director: gateway",
                    "host \"gateway\" is no director; the topology has director",
                    "lip-pool-of-other-director",
                    "director-without-service"),
            new Found(
                    "a pool belongs to nobody",
                    "unknown-director",
                    with(POOL, "  lan-lips: { director: directer, port: dpdk0, addresses: [192.168.229.204] }\n"),
                    "directer",
                    "there is no director \"directer\"",
                    "lip-pool-of-other-director"),
            new Found(
                    "a service stands on a port that its director has not",
                    "unknown-port",
                    text -> text.replace("    port: dpdk2\n", "    port: dpdk3\n"),
                    "port: dpdk3",
                    "director has no port \"dpdk3\"; it has dpdk0, dpdk2"),
            new Found(
                    "a LIP stands on a kernel port",
                    "kernel-port",
                    with(DPDK0, "dpdk0: { segment: lan, addresses: [192.168.229.3/24] }"),
                    "lan-lips:",
                    "port dpdk0 of director belongs to the kernel"),
            new Found(
                    "a service names a realserver pool that does not exist",
                    "unknown-pool",
                    text -> text.replace("    realservers: web\n", "    realservers: wep\n"),
                    "realservers: wep",
                    "there is no realserver pool \"wep\"; the topology has web",
                    "realserver-pool-unused"),
            new Found(
                    "a service names a local address pool that does not exist",
                    "unknown-pool",
                    text -> text.replace("    localAddresses: lan-lips\n", "    localAddresses: wan-lips\n"),
                    "localAddresses: wan-lips",
                    "there is no local address pool \"wan-lips\"; the topology has lan-lips",
                    "lip-pool-unused"),
            new Found(
                    "nobody uses a realserver pool",
                    "realserver-pool-unused",
                    with(
                            "virtualServices:\n",
                            "  spare: { members: [{ host: rs1, address: 192.168.229.1, port: 81 }] }\n\nvirtualServices:\n"),
                    "spare:",
                    "no virtual service uses the realserver pool spare"),
            new Found(
                    "a member's host does not exist",
                    "unknown-host",
                    with(RS1_MEMBER, RS1_MEMBER.replace("rs1", "rs3")),
                    "host: rs3",
                    "there is no realserver \"rs3\"; the topology has rs1, rs2"),
            new Found(
                    "a member's host is no realserver",
                    "unknown-host",
                    with(RS1_MEMBER, RS1_MEMBER.replace("rs1, address: 192.168.229.1", "client, address: 172.16.0.1")),
                    "host: client",
                    "host \"client\" is no realserver",
                    "realserver-cannot-reach-lip"),
            new Found(
                    "a pool of LIPs is empty",
                    "lip-pool-empty",
                    with(LIPS, "addresses: []"),
                    "lan-lips:",
                    "pool lan-lips has no addresses"),
            new Found(
                    "nobody uses a pool of LIPs",
                    "lip-pool-unused",
                    with(POOL, POOL + POOL.replace("lan-lips", "spare").replace(".204", ".205")),
                    "spare:",
                    "no virtual service uses the local address pool spare"),
            new Found(
                    "a LIP lies outside of its wire's subnets",
                    "lip-outside-subnet",
                    with(LIPS, "addresses: [192.168.228.204]"),
                    "lan-lips:",
                    "LIP 192.168.228.204 lies in no subnet of segment lan, where director's port dpdk0 is; it has 192.168.229.0/24",
                    "realserver-cannot-reach-lip",
                    "realserver-cannot-reach-lip"),
            new Found(
                    "a LIP is configured as a plain address",
                    "lip-plain-address",
                    with(DPDK0, "dpdk0: { segment: lan, attach: af_packet, addresses: [192.168.229.204/24] }"),
                    "lan-lips:",
                    "LIP 192.168.229.204 is also a port's own address on director"),
            new Found(
                    "a LIP stands in two pools",
                    "lip-twice",
                    text -> with(POOL, POOL + POOL.replace("lan-lips", "other"))
                            .andThen(appended(SECOND_SERVICE
                                    .replace("servicePort: 80", "servicePort: 81")
                                    .replace("lan-lips", "other")))
                            .apply(text),
                    "other:",
                    "LIP 192.168.229.204 of pool other stands already in pool lan-lips"));
}
