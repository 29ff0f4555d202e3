<#-- Runs the commands of a router. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

[Unit]
Description=Settings of ${host}
# Not before the router has loaded what it saved.
After=vyos-router.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=${script}

[Install]
WantedBy=multi-user.target
