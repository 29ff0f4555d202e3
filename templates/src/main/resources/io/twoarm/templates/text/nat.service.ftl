<#-- Loads NAT rules. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

[Unit]
Description=Source NAT of ${host}
# Before anything leaves with an inside address.
Before=network.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/nft --file /etc/twoarm/nat.nft
ExecStop=/usr/sbin/nft delete table inet twoarm_nat

[Install]
WantedBy=multi-user.target
