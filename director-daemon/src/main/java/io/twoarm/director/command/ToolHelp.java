package io.twoarm.director.command;

/** What the tools say when asked for help. */
final class ToolHelp {
    static final String IPVSADM = """
            usage: ipvsadm COMMAND [OPTIONS]

            services     -A|-E SERVICE [-s SCHEDULER] [-p [SECONDS]] [-M MASK] [--ops] [--conn-timeout SECONDS]
                               [--conn-rate PER-SECOND] [--packet-rate PER-SECOND]
                               [--bps MEGABITS [--limit-proportion PERCENT]]
                               [--hash-target sip|qid] [--sched-flags FLAGS] [--expire-quiescent]
                         -D SERVICE    -C
            realservers  -a|-e SERVICE -r RIP[:PORT] -b|-m|-g|-i|-J [-w WEIGHT] [-x UPPER] [-y LOWER]
                         -d SERVICE -r RIP[:PORT]
            local        -P|-Q SERVICE -z LIP -F DEVICE    (--add-laddr, --del-laddr)
            addresses    -G [SERVICE]
            denied       -U|-V SERVICE -k CLIENT    -B [SERVICE]    (--add-blklst, --del-blklst, --get-blklst)
            allowed      -O|-Y SERVICE -2 CLIENT    -W [SERVICE]    (--add-whtlst, --del-whtlst, --get-whtlst)
            tables       -L|-l [SERVICE] [-n] [--stats|--rate|--thresholds|--persistent-conn] [-X] [--nosort]
                         -L -c [-n] [SERVICE] [--sockpair PROTOCOL:CIP:CPORT:VIP:VPORT] [--persistent-conn]
                         -L --timeout
            figures      -Z [SERVICE]
            timeouts     --set TCP TCPFIN UDP    (seconds; 0 leaves one as it is)
            files        -S [-n]    -R < FILE

            SERVICE: -t VIP:PORT, -u VIP:PORT, --sctp-service VIP:PORT, -q VIP (ICMP), -1 VIP (ICMPv6);
                     IPv6 as [VIP]:PORT
                     -H proto=PROTOCOL[,src-range=A-B:P-Q][,dst-range=A-B:P-Q][,iif=DEVICE][,oif=DEVICE][,af=ipv4|ipv6]
                        for hosts behind the director, with -r OWN-ADDRESS:0 -J
            CLIENT: an address, A-B, NETWORK/LENGTH or ipset:NAME
            SCHEDULER: rr wrr lc wlc lblc lblcr dh sh mh conhash sed nq fo ovf
            """;

    static final String DPIP = """
            usage: dpip [-4|-6] [-s] [-v] OBJECT VERB ...

            dpip addr show [dev DEVICE]
            dpip addr { add | del } ADDRESS[/LENGTH] dev DEVICE
            dpip addr flush dev DEVICE
            dpip [-6] route show [dev DEVICE]
            dpip [-6] route { add | del | set } { NETWORK | default } [via GATEWAY] [dev DEVICE] [mtu BYTES] [src ADDRESS]
            dpip [-6] route flush dev DEVICE
            dpip neigh show [dev DEVICE]
            dpip neigh { add | del } ADDRESS lladdr MAC dev DEVICE
            dpip [-s] [-v] link show [DEVICE [status] | cpu | WORKER] [-i SECONDS [-c TIMES]]
            dpip link set DEVICE { promisc | allmulticast } { on | off }    dpip link set DEVICE link { up | down }
            dpip vlan add [NAME] link DEVICE [proto 802.1q|802.1ad|vlan|QinQ] id NUMBER
            dpip vlan del { NAME | link DEVICE id NUMBER }
            dpip vlan show [NAME | link DEVICE [proto PROTO] [id NUMBER]]
            dpip maddr show [dev DEVICE]
            dpip eal-mem show [pool | seg]
            dpip [-6] ipset create NAME TYPE [comment] [range RANGE] [hashsize N] [maxelem N]
            dpip ipset { add | del | test } NAME ENTRY [comment TEXT] [nomatch] [-F] [-v]
            dpip ipset { show | flush | destroy } NAME    dpip ipset { show | flush }

            TYPE: bitmap:ip bitmap:ip,mac bitmap:port hash:ip hash:net hash:ip,port hash:net,port hash:net,port,iface
                  hash:ip,port,ip hash:ip,port,net hash:net,port,net hash:net,port,net,port
            """;

    private ToolHelp() {}
}
