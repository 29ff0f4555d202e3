<#-- Kernel modules, one to a line. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

<#list modules as module>
${module}
</#list>
