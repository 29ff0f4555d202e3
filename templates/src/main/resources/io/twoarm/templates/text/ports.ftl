<#-- Shell script: takes interfaces from the kernel's stack and gives them back. interfaces: list of names. -->
#!/bin/sh
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>
#
# Usage: ports start | stop
set -eu

# The unit's RuntimeDirectory: how each interface was before.
state=<#noparse>${RUNTIME_DIRECTORY:-/run/twoarm-ports}</#noparse>
rules=$(dirname "$0")/ports.nft
interfaces="<#list interfaces as interface>${interface}<#sep> </#sep></#list>"

exists() {
    ip link show dev "$1" >/dev/null 2>&1
}

# The offloads that must be off: they leave checksums unfinished or join packets to ones longer than the MTU.
offloads() {
    ethtool -k "$1" | sed -n \
        -e 's/^tx-checksumming: \(on\|off\).*/tx \1/p' \
        -e 's/^rx-checksumming: \(on\|off\).*/rx \1/p' \
        -e 's/^tcp-segmentation-offload: \(on\|off\).*/tso \1/p' \
        -e 's/^generic-segmentation-offload: \(on\|off\).*/gso \1/p' \
        -e 's/^generic-receive-offload: \(on\|off\).*/gro \1/p'
}

take() {
    if ! exists "$1"; then
        echo "interface $1 does not exist; this host has:" $(sed -n 's/^ *\([^ ]*\):.*/\1/p' /proc/net/dev) >&2
        exit 1
    fi
    [ -e "$state/$1.offloads" ] || offloads "$1" >"$state/$1.offloads"
    if [ -e "/proc/sys/net/ipv6/conf/$1/disable_ipv6" ]; then
        [ -e "$state/$1.ipv6" ] || cat "/proc/sys/net/ipv6/conf/$1/disable_ipv6" >"$state/$1.ipv6"
        # The kernel would send neighbour discovery and listener reports of its own.
        echo 1 >"/proc/sys/net/ipv6/conf/$1/disable_ipv6"
    fi
    ethtool -K "$1" tx off rx off tso off gso off gro off
    ip link set dev "$1" up
}

give_back() {
    exists "$1" || return 0
    if [ -s "$state/$1.offloads" ]; then
        # shellcheck disable=SC2046
        ethtool -K "$1" $(cat "$state/$1.offloads") || true
    fi
    if [ -s "$state/$1.ipv6" ]; then
        cat "$state/$1.ipv6" >"/proc/sys/net/ipv6/conf/$1/disable_ipv6" || true
    fi
}

case "<#noparse>${1:-}</#noparse>" in
start)
    mkdir -p "$state"
    for interface in $interfaces; do
        take "$interface"
    done
    # From here on only the dataplane sees what arrives.
    nft -f "$rules"
    ;;
stop)
    nft delete table netdev twoarm_ports || true
    for saved in "$state"/*.offloads; do
        [ -e "$saved" ] || continue
        interface=<#noparse>${saved##*/}</#noparse>
        give_back "<#noparse>${interface%.offloads}</#noparse>"
    done
    rm -rf "$state"/*
    ;;
*)
    echo "usage: $0 start | stop" >&2
    exit 2
    ;;
esac
