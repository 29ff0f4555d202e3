<#-- Drop-in for keepalived.service. director: its unit. folder: of the named pipe. twins: the kernel's interfaces. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

[Unit]
# VRRP without the director would answer for addresses that nobody serves. Stopped first, keepalived hands over at once.
After=${director}
PartOf=${director}
Wants=${director}

[Service]
<#list twins as twin>
# Addresses of the kernel on ${twin} are given to it, not learned from the wire.
ExecStartPre=-/usr/sbin/sysctl -q -w net/ipv6/conf/${twin}/accept_ra=0
</#list>
ExecStartPre=/usr/bin/mkdir -p ${folder}
# The unit of Enterprise Linux 8 expects a process that goes to the background, which this one does not.
Type=simple
# -P: VRRP only. The kernel's LVS is not used, and keepalived would end without it.
ExecStart=
ExecStart=/usr/sbin/keepalived --dont-fork -P $DAEMON_ARGS
# A director whose keepalived has died gives its addresses up; with the two back, it takes its turn again.
Restart=always
RestartSec=1
