<#-- Prepares kernel interfaces for DPDK's net_af_packet. interfaces: list of names. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

[Unit]
Description=Interfaces of the TwoArm director ${host}: <#list interfaces as interface>${interface}<#sep>, </#sep></#list>
After=network.target

[Service]
Type=oneshot
RemainAfterExit=yes
# Remembers how each interface was, so that stopping restores it.
RuntimeDirectory=twoarm-ports
ExecStart=/bin/sh /etc/twoarm/ports start
ExecStop=/bin/sh /etc/twoarm/ports stop
TimeoutStartSec=30

[Install]
WantedBy=multi-user.target
