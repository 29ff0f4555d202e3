<#-- NetworkManager's settings for DPVS's kernel interfaces. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

[keyfile]
# NetworkManager would take addresses and routes off interfaces that it has no profile for.
unmanaged-devices=interface-name:*.kni
