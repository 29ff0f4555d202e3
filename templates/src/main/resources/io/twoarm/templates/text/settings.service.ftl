<#-- Applies kernel settings now, and after boots where systemd-sysctl is not run (containers). modules: list. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

[Unit]
Description=Kernel settings of ${host} in the TwoArm project ${project}
Before=network.target

[Service]
Type=oneshot
RemainAfterExit=yes
<#list modules as module>
# The minus sign: a kernel may have it built in.
ExecStart=-/usr/sbin/modprobe ${module}
</#list>
ExecStart=/usr/sbin/sysctl -p /etc/sysctl.d/60-twoarm.conf

[Install]
WantedBy=multi-user.target
