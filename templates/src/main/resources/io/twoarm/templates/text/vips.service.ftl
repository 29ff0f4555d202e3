<#-- VIPs on a realserver. tunnels: arguments of the loader, or nothing; vips: list of {comment, address}. -->
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
<#if tunnels?has_content>
# Packets come in a tunnel; the kernel takes them out where it can, else a BPF program at the ports.
ExecStart=/bin/bash /usr/local/sbin/twoarm-tunnel open ${tunnels}
</#if>
<#list vips as vip>
# ${vip.comment()}
ExecStart=/usr/sbin/ip addr replace ${vip.address()} dev lo
</#list>
<#list vips as vip>
ExecStop=-/usr/sbin/ip addr del ${vip.address()} dev lo
</#list>
<#if tunnels?has_content>
ExecStop=-/bin/bash /usr/local/sbin/twoarm-tunnel close ${tunnels?keep_after(" ")}
</#if>

[Install]
WantedBy=multi-user.target
