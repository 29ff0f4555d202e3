<#-- One interface for NetworkManager. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>
#
# Goes to /etc/NetworkManager/system-connections/, mode 0600, owner root; then: nmcli connection reload.<#if twin> The interface
# appears when DPVS starts; NetworkManager sets it up each time.</#if>

[connection]
id=twoarm-${port}
type=<#if link?has_content>vlan<#else>ethernet</#if>
interface-name=${port}
autoconnect=true

[ethernet]
mtu=${mtu?c}
<#if link?has_content>

[vlan]
id=${vlan?c}
parent=${link}
</#if>

[ipv4]
<@family ipv4 ipv4Gateway/>

[ipv6]
<@family ipv6 ipv6Gateway/>
<#macro family addresses gateway>
<#if addresses?has_content>
method=manual
<#list addresses as own>
address${own?counter}=${own.text()}
</#list>
<#if gateway?has_content>
gateway=${gateway}
</#if>
<#else>
method=disabled
</#if>
</#macro>
