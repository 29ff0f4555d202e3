<#-- nftables rules: keeps frames of dataplane ports from the kernel. interfaces: list of names. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>
#
# DPDK's net_af_packet gets every frame before this hook, so it misses nothing. The kernel gets none: without
# this it would answer ARP, ping and TCP for itself on the same wire.

table netdev twoarm_ports
delete table netdev twoarm_ports

table netdev twoarm_ports {
<#list interfaces as interface>
    chain port${interface?index} {
        type filter hook ingress device "${interface}" priority -500; policy drop;
    }
</#list>
}
