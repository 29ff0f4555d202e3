<#-- DPVS. arguments: lines of arguments for DPDK. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

[Unit]
Description=DPVS of ${host}
After=network.target

[Service]
# The path of the configuration is absolute on purpose: DPVS reads nothing from a relative one, and says nothing.
ExecStart=${programs}dpvs -c /etc/dpvs.conf -- \
<#list arguments as argument>
    ${argument}<#sep> \</#sep>
</#list>
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
RestartSec=5
LimitMEMLOCK=infinity
LimitNOFILE=65536

[Install]
WantedBy=multi-user.target
