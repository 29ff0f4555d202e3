<#-- Of modprobe.d(5). module; trusted: lip, reason. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>
#
<#list trusted as one>
# ${one.lip} is of ${one.reason}.
</#list>
options ${module} trusted=<#list trusted as one>${one.lip}<#sep>,</#list>
