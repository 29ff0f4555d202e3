<#-- Of modules-load.d(5). -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>
${module}
