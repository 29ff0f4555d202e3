<#-- Kernel settings of a router. ipv6: whether it forwards IPv6 too. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

# Forward packets between interfaces (RFC 1812). Off by default: the host would drop what is not for itself.
net.ipv4.ip_forward = 1
<#if ipv6>
# The same for IPv6. A forwarding host takes no router advertisements any more.
net.ipv6.conf.all.forwarding = 1
</#if>
