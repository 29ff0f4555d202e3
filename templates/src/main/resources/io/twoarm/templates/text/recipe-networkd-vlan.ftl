<#-- A VLAN for systemd-networkd. port, link, vlan. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>
#
# Goes to /etc/systemd/network/. Port ${link} names this VLAN in its own file, and ${port} has one with its addresses.

[NetDev]
Name=${port}
Kind=vlan
MTUBytes=${mtu?c}

[VLAN]
Id=${vlan?c}
