<#-- trusted: lip, reason. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>
<#list trusted as one>

# ${one.reason}
trust ${one.lip}
</#list>
