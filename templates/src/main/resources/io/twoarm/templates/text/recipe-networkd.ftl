<#-- One interface for systemd-networkd. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>
#
# Goes to /etc/systemd/network/.<#if twin> The interface appears when DPVS starts; networkd sets it up each time.</#if>

[Match]
Name=${port}

[Link]
MTUBytes=${mtu?c}
<#if twin>
# The machine is online without it: DPVS starts later.
RequiredForOnline=no
</#if>

[Network]
DHCP=no
IPv6AcceptRA=no
<#list vlans as name>
VLAN=${name}
</#list>
<#list ipv4 + ipv6 as own>
Address=${own.text()}
</#list>
<#list gateways as gateway>
Gateway=${gateway}
</#list>
