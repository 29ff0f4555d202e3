<#-- One interface for CentOS and RHEL. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>
#
# Goes to /etc/sysconfig/network-scripts/. Enterprise Linux 8 needs the package network-scripts for it; 9 has it no more and
# takes the recipe keyfile.<#if twin> The interface is there only while DPVS runs, and comes back without
# addresses after each start of it; ifup ${port} then, or let twoarm-dpvs-network.service do it.</#if>
DEVICE=${port}
<#if link?has_content>
TYPE=Vlan
VLAN=yes
PHYSDEV=${link}
VLAN_ID=${vlan?c}
<#else>
TYPE=Ethernet
</#if>
BOOTPROTO=static
ONBOOT=yes
NM_CONTROLLED=no
<#list ipv4 as own>
IPADDR${own?index}=${own.address()}
PREFIX${own?index}=${own.length()}
</#list>
<#if ipv4Gateway?has_content>
GATEWAY=${ipv4Gateway}
</#if>
<#if ipv6?has_content>
IPV6INIT=yes
IPV6_AUTOCONF=no
IPV6ADDR=${ipv6?first.text()}
<#if (ipv6?size > 1)>
IPV6ADDR_SECONDARIES="<#list ipv6[1..] as own>${own.text()}<#sep> </#list>"
</#if>
</#if>
<#if ipv6Gateway?has_content>
IPV6_DEFAULTGW=${ipv6Gateway}
</#if>
<#if mtu != 1500>
MTU=${mtu?c}
</#if>
