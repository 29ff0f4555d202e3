<#-- Static routes of a kernel host. notes: lines of comment; routes: list of {comment, words}. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>
#
# The routes carry the protocol number ${protocol}, so that exactly they are removed again.
<#list notes as note>
# ${note}
</#list>

[Unit]
Description=Routes of ${host} in the TwoArm project ${project}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
RemainAfterExit=yes
# Routes of an earlier version of this file. The minus sign: a kernel without IPv6 has none of it to remove.
ExecStart=/usr/sbin/ip -4 route flush proto ${protocol}
ExecStart=-/usr/sbin/ip -6 route flush proto ${protocol}
<#list routes as route>
# ${route.comment()}
ExecStart=/usr/sbin/ip ${route.arguments()} proto ${protocol}
</#list>
ExecStop=/usr/sbin/ip -4 route flush proto ${protocol}
ExecStop=-/usr/sbin/ip -6 route flush proto ${protocol}

[Install]
WantedBy=multi-user.target
