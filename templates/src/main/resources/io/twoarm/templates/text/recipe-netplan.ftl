<#-- One interface for netplan. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>
#
# Goes to /etc/netplan/, mode 0600; then: netplan apply.<#if twin> The interface appears when DPVS starts.</#if>
network:
  version: 2
  ethernets:
    ${port}:
      dhcp4: false
      dhcp6: false
      accept-ra: false
      mtu: ${mtu?c}
<#if twin>
      optional: true
</#if>
      addresses:
<#list ipv4 + ipv6 as own>
        - "${own.text()}"
</#list>
<#if gateways?has_content>
      routes:
<#list gateways as gateway>
        - { to: default, via: "${gateway}" }
</#list>
</#if>
