<#-- VIPs on a realserver. tunnels: interfaces that must be up; vips: list of {comment, address, device}. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

[Unit]
Description=Virtual addresses on ${host}
# First the settings, then the addresses: without them this host would answer ARP for the VIPs.
After=network.target twoarm-settings.service
Wants=twoarm-settings.service

[Service]
Type=oneshot
RemainAfterExit=yes
<#list tunnels as tunnel>
ExecStart=/usr/bin/ip link set ${tunnel} up
</#list>
<#list vips as vip>
# ${vip.comment()}
ExecStart=/usr/bin/ip addr replace ${vip.address()} dev ${vip.device()}
</#list>
<#list vips as vip>
ExecStop=-/usr/bin/ip addr del ${vip.address()} dev ${vip.device()}
</#list>

[Install]
WantedBy=multi-user.target
