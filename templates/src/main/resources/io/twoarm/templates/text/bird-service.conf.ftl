<#-- Drop-in for bird.service. configuration: the path of its file. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

[Service]
# Units of distributions read /etc/bird/bird.conf or /etc/bird.conf; this way it is the same file everywhere.
ExecStart=
ExecStart=/usr/sbin/bird -f -u bird -g bird -c ${configuration}
