<#-- Source NAT by nftables. rules: list of {comment, text}; filters: the same, in a chain of their own. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

table inet twoarm_nat
delete table inet twoarm_nat

table inet twoarm_nat {
    chain postrouting {
        type nat hook postrouting priority srcnat; policy accept;
<#list rules as rule>

        # ${rule.comment()}
        ${rule.text()}
</#list>
    }
<#if filters?has_content>

    chain forward {
        type filter hook forward priority filter; policy accept;
<#list filters as rule>

        # ${rule.comment()}
        ${rule.text()}
</#list>
    }
</#if>
}
