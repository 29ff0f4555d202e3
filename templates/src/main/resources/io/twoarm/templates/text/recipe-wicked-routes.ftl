<#-- Default routes of one interface for wicked. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>
#
# Goes to /etc/sysconfig/network/ beside ifcfg-${port}. Destination, gateway, netmask, interface.
<#list gateways as gateway>
default ${gateway} - ${port}
</#list>
