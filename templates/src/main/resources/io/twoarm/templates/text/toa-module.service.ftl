<#-- Builds and loads the kernel module that stands in for twoarm-toa. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

[Unit]
Description=Clients behind directors, for the servers of this host, by a kernel module
# A connection that a server accepts before shows the director's local address for as long as it lasts.
Before=network-online.target nginx.service
After=systemd-modules-load.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/bash /usr/local/sbin/twoarm-toa-module load
ExecReload=/bin/bash /usr/local/sbin/twoarm-toa-module load
# Also when it could not be loaded: what was built for it goes.
ExecStopPost=/bin/bash /usr/local/sbin/twoarm-toa-module unload

[Install]
WantedBy=multi-user.target
