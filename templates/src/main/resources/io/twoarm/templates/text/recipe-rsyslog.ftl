<#-- Log of keepalived in a file of its own. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>
#
# Goes to /etc/rsyslog.d/. keepalived logs there when it is started with -S 0 (facility local0); add that to its unit:
#     systemctl edit ${unit}

local0.*    /var/log/keepalived.log
# Not also into the common log.
& stop
