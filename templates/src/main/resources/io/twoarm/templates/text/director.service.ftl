<#-- The director daemon. ealArguments: list of words. twins: commands for ip, about the kernel's interfaces. hasPortsUnit: whether ports must be prepared first. hasHardwareUnit: the same for NICs and hugepages. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

[Unit]
Description=TwoArm director ${host}
Documentation=file:/etc/twoarm/dpvs.conf file:/etc/twoarm/keepalived.conf
After=network.target
# A director that fails is started again and again: without it there is no service at all.
StartLimitIntervalSec=0
<#if hasPortsUnit>
# Without prepared ports the kernel would answer packets that belong to the dataplane.
Requires=twoarm-ports.service
After=twoarm-ports.service
</#if>
<#if hasHardwareUnit>
# Without its NICs and hugepages it could not start.
Requires=twoarm-hardware.service
After=twoarm-hardware.service
</#if>

[Service]
# Ready means: the ports are up and packets are being forwarded.
Type=notify
NotifyAccess=main
# /run/twoarm holds the process id and the control socket.
RuntimeDirectory=twoarm
# What follows -- is for DPDK's environment:
<#list ealNotes as note>
#   ${note}
</#list>
ExecStart=${command} \
    -c /etc/twoarm/dpvs.conf \
    -k /etc/twoarm/keepalived.conf \
    -p /run/twoarm/director.pid \
    -x /run/twoarm/director.ipc \
    -- \
<#list ealArguments as argument>
    ${argument}<#sep> \</#sep>
</#list>
<#list twins>
# The kernel's interfaces beside the ports are made at each start, without addresses.
<#items as twin>
ExecStartPost=/usr/sbin/ip ${twin}
</#items>
</#list>
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
RestartSec=2
TimeoutStartSec=30
TimeoutStopSec=15
# DPDK locks its memory and needs a descriptor for every port, queue and health check.
LimitMEMLOCK=infinity
LimitNOFILE=65536
NoNewPrivileges=yes

[Install]
WantedBy=multi-user.target
