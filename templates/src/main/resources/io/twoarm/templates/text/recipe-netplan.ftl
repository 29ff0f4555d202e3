<#-- One interface for netplan. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>
#
# Goes to /etc/netplan/, mode 0600; then: netplan apply.<#if twin> The interface appears when DPVS starts.</#if>
network:
  version: 2
<#if link?has_content>
  vlans:
    ${port}:
      id: ${vlan?c}
      link: ${link}
<#else>
  ethernets:
    ${port}:
</#if>
      dhcp4: false
      dhcp6: false
      accept-ra: false
      mtu: ${mtu?c}
<#if twin>
      optional: true
</#if>
<#if ipv4?has_content || ipv6?has_content>
      addresses:
</#if>
<#list ipv4 + ipv6 as own>
        - "${own.text()}"
</#list>
<#if gateways?has_content>
      routes:
<#list gateways as gateway>
        - { to: default, via: "${gateway}" }
</#list>
</#if>
