<#-- Kernel settings. lines: list of {comment, key, value}. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

<#list lines as line>
# ${line.comment()}
${line.key()} = ${line.value()?c}
</#list>
