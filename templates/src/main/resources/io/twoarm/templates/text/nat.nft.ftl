<#-- Source NAT by nftables. rules: list of {comment, text}. -->
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
}
