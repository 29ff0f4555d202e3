<#-- Addresses and routes of DPVS. vlans: steps for dpip; twins: for ip; steps: for dpip; lists of {comment, command}. -->
#!/bin/sh
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>
#
# DPVS keeps none of this over a restart, and its keepalived cannot set it: static_ipaddress does nothing there, and
# static_routes reach only IPv6.
set -eu

# The program answers once its master core serves the control socket.
seconds=0
until ${dpip} link show >/dev/null 2>&1; do
    seconds=$((seconds + 1))
    if [ "$seconds" -gt 60 ]; then
        echo "dpvs does not answer; see: journalctl -u twoarm-dpvs" >&2
        exit 1
    fi
    sleep 1
done

# What is there already stays: this script may run again beside a DPVS that was not restarted.
tell() {
    if ! answer=$(${dpip} "$@" 2>&1); then
        case $answer in
            *exist*) ;;
            *)
                echo "dpip $*: $answer" >&2
                return 1
                ;;
        esac
    fi
}

<#list vlans as step>
# ${step.comment()}
tell ${step.command()}
</#list>
<#list twins as step>
# ${step.comment()}
/usr/sbin/ip ${step.command()}
</#list>
<#list steps as step>
# ${step.comment()}
tell ${step.command()}
</#list>
