<#-- Loads twoarm-toa. notPossible: its exit status where a container's root may not. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

[Unit]
Description=Clients behind directors, for the servers of this host
# A connection that a server accepts before shows the director's local address for as long as it lasts.
Before=network-online.target nginx.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/bash /usr/local/sbin/twoarm-toa load
ExecReload=/bin/bash /usr/local/sbin/twoarm-toa load
ExecStop=/bin/bash /usr/local/sbin/twoarm-toa unload
# The root of a container may not load the programs; the host is of use without them.
SuccessExitStatus=${notPossible?c}

[Install]
WantedBy=multi-user.target
