<#-- One interface for wicked. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>
#
# Goes to /etc/sysconfig/network/; then: wicked ifreload ${port}.<#if twin> The interface appears when DPVS starts.</#if>
BOOTPROTO='static'
STARTMODE='<#if twin>hotplug<#else>auto</#if>'
<#if link?has_content>
ETHERDEVICE='${link}'
VLAN_ID='${vlan?c}'
</#if>
MTU='${mtu?c}'
<#list ipv4 + ipv6 as own>
IPADDR<#if !own?is_first>_${own?index}</#if>='${own.text()}'
</#list>
