<#-- DPVS's keepalived. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

[Unit]
Description=keepalived of DPVS on ${host}
# After a start of DPVS everything must be pushed to it again, and the kernel interfaces must be up.
BindsTo=twoarm-dpvs.service
PartOf=twoarm-dpvs.service
Requires=twoarm-dpvs-network.service
After=twoarm-dpvs.service twoarm-dpvs-network.service
Conflicts=keepalived.service

[Service]
ExecStart=${programs}keepalived --dont-fork -f /etc/keepalived/keepalived.conf -D
ExecReload=/bin/kill -HUP $MAINPID
# Realservers and VIPs are taken back by the main process; children follow it.
KillMode=process
Restart=on-failure
RestartSec=5

[Install]
WantedBy=multi-user.target twoarm-dpvs.service
