<#-- Applies a router's kernel settings now, and after boots where systemd-sysctl is not run (containers). -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

[Unit]
Description=Packet forwarding of ${host} in the TwoArm project ${project}
# Sockets and interfaces that come later take these values over.
Before=network.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/sysctl -p /etc/sysctl.d/60-twoarm.conf

[Install]
WantedBy=multi-user.target
