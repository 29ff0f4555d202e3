<#-- One interface for ifupdown. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>
#
# Goes to /etc/network/interfaces.d/; then: ifup ${port}.<#if twin> The interface appears when DPVS starts.</#if>
<#if twin>
allow-hotplug ${port}
<#else>
auto ${port}
</#if>
<#if ipv4?has_content>
<#list ipv4 as own>
iface ${port} inet static
    address ${own.text()}
<#if own?is_first && ipv4Gateway?has_content>
    gateway ${ipv4Gateway}
</#if>
<#if own?is_first>
<@device/>
</#if>
</#list>
<#elseif !ipv6?has_content>
iface ${port} inet manual
<@device/>
</#if>
<#list ipv6 as own>
iface ${port} inet6 static
    address ${own.text()}
    accept_ra 0
<#if own?is_first && ipv6Gateway?has_content>
    gateway ${ipv6Gateway}
</#if>
<#if own?is_first && !ipv4?has_content>
<@device/>
</#if>
</#list>
<#macro device>
<#if link?has_content>
    pre-up ip link show dev ${port} >/dev/null 2>&1 || ip link add link ${link} name ${port} type vlan id ${vlan?c}
    post-down ip link del dev ${port}
</#if>
    pre-up ip link set dev ${port} mtu ${mtu?c}
</#macro>
