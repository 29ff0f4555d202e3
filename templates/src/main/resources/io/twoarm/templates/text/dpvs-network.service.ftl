<#-- Addresses and routes of DPVS, after each of its starts. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

[Unit]
Description=Addresses and routes of DPVS on ${host}
# Bound: a DPVS that was restarted has lost them.
BindsTo=twoarm-dpvs.service
PartOf=twoarm-dpvs.service
After=twoarm-dpvs.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh /etc/twoarm/dpvs-network
TimeoutStartSec=90

[Install]
WantedBy=multi-user.target twoarm-dpvs.service
