package io.twoarm.config.keepalived;

import io.twoarm.config.keepalived.Keyword.Use;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keywords that the bundled director acts on. */
final class HonouredKeywords {
    private static final String SCHEDULERS =
            Stream.of(Scheduler.values()).map(Scheduler::keyword).collect(Collectors.joining(", "));
    private static final String SECONDS = "0.000001 to 86400 seconds";

    static final List<Keyword> ALL = List.of(
            opens("", "global_defs", "global_defs", "", "The program as a whole."),
            plain("global_defs", "router_id", "one word", "Name of this director in logs."),
            plain(
                    "global_defs",
                    "vrrp_notify_fifo",
                    "an absolute path",
                    "Named pipe through which keepalived's VRRP tells which instances are master; keepalived's own file"
                            + " names it, too."),
            opens(
                    "",
                    "static_ipaddress",
                    Keyword.LINES,
                    "",
                    "Addresses that the director owns from its start: ADDRESS/LENGTH dev DEVICE. It answers ARP and ping"
                            + " for them."),
            opens(
                    "",
                    "static_routes",
                    Keyword.LINES,
                    "",
                    "Routes that the director has from its start: NETWORK dev DEVICE for what is on the wire, NETWORK via"
                            + " GATEWAY dev DEVICE for the rest."),
            opens(
                    "",
                    "vrrp_instance",
                    "vrrp_instance",
                    "",
                    "Addresses that the director has while this instance is master: vrrp_instance NAME. keepalived runs it,"
                            + " with a file of its own."),
            plain("vrrp_instance", "dpdk_interface", "the name of a device", "Device that the addresses belong to."),
            opens(
                    "vrrp_instance",
                    "virtual_ipaddress",
                    Keyword.LINES,
                    "",
                    "Its addresses, one a line; what stands behind an address counts for keepalived only."),
            opens(
                    "vrrp_instance",
                    "virtual_ipaddress_excluded",
                    Keyword.LINES,
                    "",
                    "More of them, which VRRP does not announce."),
            opens(
                    "",
                    "local_address_group",
                    Keyword.LINES,
                    "",
                    "Local addresses (LIPs), the sources of sessions to realservers: ADDRESS DEVICE, or"
                            + " A.B.C.D-E DEVICE."),
            opens(
                    "",
                    "deny_address_group",
                    Keyword.LINES,
                    "",
                    "Clients that a virtual server refuses: ADDRESS, A.B.C.D-E, NETWORK/LENGTH or ipset:NAME (a set of dpip"
                            + " ipset)."),
            opens(
                    "",
                    "allow_address_group",
                    Keyword.LINES,
                    "",
                    "Clients that a virtual server takes, and no others: ADDRESS, A.B.C.D-E, NETWORK/LENGTH or"
                            + " ipset:NAME."),
            opens(
                    "",
                    "virtual_server_group",
                    Keyword.LINES,
                    "",
                    "VIPs and ports that are served alike: VIP PORT, or A.B.C.D-E PORT."),
            opens(
                    "",
                    "virtual_server",
                    "virtual_server",
                    "",
                    "A service for clients: virtual_server VIP PORT, or virtual_server group NAME; or a way out for hosts behind"
                            + " the director: virtual_server match NAME."),
            plain("virtual_server", "ip_family", "inet, inet6", "Address family; the VIP says it too."),
            plain("virtual_server", "protocol", "TCP, UDP, SCTP, ICMP. Default: UDP", "Protocol of the service."),
            plain(
                    "virtual_server",
                    "lb_algo",
                    SCHEDULERS + ". Default: wlc",
                    "Choice of the realserver of a new session; docs/scheduling.md tells each."),
            plain("virtual_server", "lvs_sched", SCHEDULERS, "Another name of lb_algo."),
            plain(
                    "virtual_server",
                    "hash_target",
                    "sip, qid. Default: sip",
                    "What conhash hashes: the client's address, or the connection id of QUIC."),
            plain(
                    "virtual_server",
                    "connection_rate",
                    "1 to 1000000 per second. Default: no limit",
                    "Most new sessions per second; the first packets of others are dropped. An extension of this director."),
            plain(
                    "virtual_server",
                    "bps",
                    "0 to 100000 million bits per second. Default: 0, no limit",
                    "Most traffic of each direction, counted in bytes of IP packets; packets beyond it are dropped. DPVS keeps"
                            + " the number and does nothing."),
            plain(
                    "virtual_server",
                    "limit_proportion",
                    "1 to 100 percent. Default: 100",
                    "So much of bps is given. DPVS keeps the number and does nothing."),
            plain(
                    "virtual_server",
                    "packet_rate",
                    "1 to 10000000 per second. Default: no limit",
                    "Most packets of each direction; those beyond are dropped. An extension of this director."),
            plain(
                    "virtual_server",
                    "syn_proxy",
                    "nothing, true, false",
                    "Answers SYNs for the realservers, which hear of a client only when it has proven that it is there. For"
                            + " TCP with lb_kind FNAT."),
            plain("virtual_server", "sh-port", "nothing", "lb_algo sh hashes the client's port, too."),
            plain("virtual_server", "mh-port", "nothing", "lb_algo mh hashes the client's port, too."),
            plain(
                    "virtual_server",
                    "lb_kind",
                    "FNAT, NAT, DR, TUN, TUN type gre, SNAT. Default: NAT",
                    "Way to the realserver: FNAT puts a local address and port in place of the client's; NAT keeps"
                            + " the client's; DR changes Ethernet addresses only; TUN sends the"
                            + " packet within another one, by GRE if that is its type; SNAT, for match, puts an address of the director and a port in"
                            + " place of the host's."),
            plain("virtual_server", "lvs_method", "FNAT, NAT, DR, TUN, TUN type gre, SNAT", "Another name of lb_kind."),
            plain(
                    "virtual_server",
                    "src-range",
                    "A-B or A-B:P-Q; IPv6 as [A-B]:P-Q. Default: all",
                    "Addresses and ports that flows of a match come from."),
            plain(
                    "virtual_server",
                    "dst-range",
                    "A-B or A-B:P-Q; IPv6 as [A-B]:P-Q. Default: all",
                    "Addresses and ports that flows of a match lead to."),
            plain(
                    "virtual_server",
                    "endpoint_independent",
                    "endpoint, address, address_port. Default: a port for each destination",
                    "For match, with src-range of IPv4: a host's port has one outside port towards all destinations, and hosts"
                            + " reach each other by these. It lets in packets of everybody, of addresses that the host has"
                            + " sent to, or of addresses and ports. An extension of this director."),
            plain("virtual_server", "iif", "a device. Default: any", "Device that flows of a match come in by."),
            plain(
                    "virtual_server",
                    "oif",
                    "a device. Default: any",
                    "Device that the route of a match's flows leads to."),
            plain(
                    "virtual_server",
                    "daddr_group_name",
                    "the name of a deny_address_group",
                    "Clients whose first packets are dropped."),
            plain(
                    "virtual_server",
                    "waddr_group_name",
                    "the name of an allow_address_group",
                    "Clients whose first packets alone are taken."),
            plain("virtual_server", "laddr_group_name", "the name of a local_address_group", "Its local addresses."),
            plain(
                    "virtual_server",
                    "establish_timeout",
                    "1 to 3600 seconds. Default: that of dpvs.conf",
                    "Lifetime of an established TCP session, or of any UDP session, without a packet."),
            plain(
                    "virtual_server",
                    "persistence_timeout",
                    "1 to " + Persistence.LONGEST + " seconds; without a value " + Persistence.DEFAULT_SECONDS,
                    "A client's new sessions go to the realserver of its last one for so long."),
            plain(
                    "virtual_server",
                    "persistence_granularity",
                    "a netmask, or a prefix length of 1 to 128. Default: the whole address",
                    "Clients of one network of this size share a realserver."),
            plain("virtual_server", "ops", "nothing, true, false", "Every datagram is scheduled for itself; UDP only."),
            plain(
                    "virtual_server",
                    "expire_quiescent_conn",
                    "nothing, true, false",
                    "Sessions end when their realserver goes down, is taken out or gets weight 0."),
            plain("virtual_server", "sorry_server", "ADDRESS PORT", "Takes new sessions while no realserver can."),
            plain(
                    "virtual_server",
                    "client_address",
                    "toa, toa_253, none. Default: toa",
                    "How a TCP realserver learns the client's address: by the TCP option 254 (TOA), by the same with kind"
                            + " 253, or not at all. An extension of this director; DPVS always adds option 254."),
            plain(
                    "virtual_server",
                    "proxy_protocol",
                    "v1, v2, disable. Default: disable",
                    "A header of the PROXY protocol tells the client's address instead of TOA: before the first data of a"
                            + " TCP connection, or, v2 only, in each datagram of UDP."),
            plain("virtual_server", "delay_loop", SECONDS + ". Default: 60", "Time between two checks."),
            plain("virtual_server", "connect_timeout", SECONDS + ". Default: 5", "Passed down to the checks."),
            plain("virtual_server", "retry", "0 to 1000. Default: 1", "Passed down to the checks."),
            plain("virtual_server", "delay_before_retry", SECONDS + ", or 0. Default: 1", "Passed down to the checks."),
            plain("virtual_server", "weight", "0 to 65535. Default: 1", "Weight of realservers that name none."),
            plain("virtual_server", "inhibit_on_failure", "nothing, true, false", "Passed down to the realservers."),
            opens(
                    "virtual_server",
                    "real_server",
                    "real_server",
                    "",
                    "A realserver: real_server ADDRESS PORT. With SNAT an own address of the director, port 0."),
            plain(
                    "real_server",
                    "weight",
                    "0 to 65535. Default: 1",
                    "Share of new sessions; 0 takes no new ones. With rr and lc all others are alike."),
            plain(
                    "real_server",
                    "inhibit_on_failure",
                    "nothing, true, false. Default when absent: false",
                    "A failed realserver stays with weight 0, so that its sessions go on, instead of being taken out."),
            plain(
                    "real_server",
                    "uthreshold",
                    "0 to " + ConnectionLimits.HIGHEST + ". Default: 0, no limit",
                    "From so many sessions on it gets no new ones."),
            plain(
                    "real_server",
                    "lthreshold",
                    "0 to " + ConnectionLimits.HIGHEST + ". Default: 0, three quarters of uthreshold",
                    "Below so many sessions it gets new ones again."),
            plain("real_server", "delay_loop", SECONDS, "Passed down to the check."),
            plain("real_server", "connect_timeout", SECONDS, "Passed down to the check."),
            plain("real_server", "retry", "0 to 1000", "Passed down to the check."),
            plain("real_server", "delay_before_retry", SECONDS + ", or 0", "Passed down to the check."),
            opens("real_server", "TCP_CHECK", "TCP_CHECK", "", "Health check: opens a TCP connection and closes it."),
            plain("TCP_CHECK", "connect_ip", "an address. Default: the realserver's", "Address that is checked."),
            plain("TCP_CHECK", "connect_port", "1 to 65535. Default: the realserver's", "Port that is checked."),
            plain("TCP_CHECK", "connect_timeout", SECONDS + ". Default: 5", "Time for the realserver to answer."),
            plain(
                    "TCP_CHECK",
                    "retry",
                    "0 to 1000. Default: 1",
                    "Failed attempts that are repeated before the realserver counts as down."),
            plain("TCP_CHECK", "nb_sock_retry", "0 to 1000", "Old name of retry, found in examples."),
            plain("TCP_CHECK", "delay_before_retry", SECONDS + ", or 0. Default: 1", "Time between such attempts."),
            plain(
                    "TCP_CHECK",
                    "delay_loop",
                    SECONDS + ". Default: that of the virtual server",
                    "Time between checks."));

    private HonouredKeywords() {}

    private static Keyword plain(String context, String name, String values, String about) {
        return new Keyword(context, name, Optional.empty(), Use.HONOURED, values, about);
    }

    private static Keyword opens(String context, String name, String block, String values, String about) {
        return new Keyword(context, name, Optional.of(block), Use.HONOURED, values, about);
    }
}
