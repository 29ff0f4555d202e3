<#-- NICs and hugepages for DPDK. nics: PCI addresses. megabytes: memory in hugepages, 0 for none. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

[Unit]
Description=Hardware of the TwoArm director ${host}:<#list nics as nic> ${nic}</#list><#if megabytes != 0> ${megabytes} MiB of hugepages</#if>
# Before the network is configured, so that nobody gives a NIC of the dataplane addresses.
DefaultDependencies=no
After=systemd-udev-settle.service local-fs.target
Wants=systemd-udev-settle.service
Before=network-pre.target
Conflicts=shutdown.target
Before=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
# Remembers how everything was before, so that stopping restores it.
RuntimeDirectory=twoarm-hardware
ExecStart=/bin/sh /etc/twoarm/hardware start
ExecStop=/bin/sh /etc/twoarm/hardware stop
TimeoutStartSec=60

[Install]
WantedBy=multi-user.target
