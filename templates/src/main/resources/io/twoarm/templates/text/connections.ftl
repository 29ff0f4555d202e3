<#-- What becomes of connections when a member changes its role. -->
#!/bin/sh
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>
#
# keepalived calls it with what this host has become: primary, backup or fault.
set -u
conntrackd=/usr/sbin/conntrackd

case "${r"${1:-}"}" in
    primary)
        # What the others told goes into the kernel, and the former caches are emptied: they are of the other role.
        $conntrackd -c
        $conntrackd -f
        # Then what the kernel has is read anew, and told to the others.
        $conntrackd -R
        $conntrackd -B
        ;;
    backup)
        # What the kernel still has from before ends soon; the new primary is asked for everything.
        $conntrackd -t
        $conntrackd -n
        ;;
    fault)
        $conntrackd -t
        ;;
    *)
        echo "usage: $0 primary|backup|fault" >&2
        exit 2
        ;;
esac
