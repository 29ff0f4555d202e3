<#-- Which of FRR's daemons run. bfd: whether bfdd does. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

bgpd=yes
bfdd=<#if bfd>yes<#else>no</#if>

vtysh_enable=yes
zebra_options="  -A 127.0.0.1 -s 90000000"
bgpd_options="   -A 127.0.0.1"
bfdd_options="   -A 127.0.0.1"
