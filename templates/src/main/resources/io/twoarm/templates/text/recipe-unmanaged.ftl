<#-- Keeps NetworkManager off one interface. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>
#
# Goes to /etc/NetworkManager/conf.d/; then: nmcli general reload.

[keyfile]
# NetworkManager would take addresses and routes off interfaces that it has no profile for.
unmanaged-devices=interface-name:${port}
