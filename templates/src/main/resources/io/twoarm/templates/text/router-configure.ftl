<#-- Sets a router's settings. owned: subtrees that are deleted first; commands: set commands. -->
#!/bin/vbash
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

# Settings belong to this group; another one's files could not be saved by logins later.
if [ "$(id -g -n)" != vyattacfg ]; then
    exec sg vyattacfg -c "/bin/vbash $0"
fi
source /opt/vyatta/etc/functions/script-template

configure
# What is no longer in the project goes; what is set again below does not change.
<#list owned as subtree>
delete ${subtree}
</#list>
<#list commands as command>
${command}
</#list>
commit && save
status=$?
exit discard
exit $status
