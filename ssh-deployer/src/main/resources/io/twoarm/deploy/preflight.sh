# Prints what a person wants to know about a host before a deployment, one fact per line, fields separated by tabs.
# The line "preflight" comes first, "end" comes last. Arguments: vrrp:INTERFACE, to be listened on for virtual routers.
PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
tab=$(printf '\t')
fact() {
    IFS=$tab
    printf '%s\n' "$*"
    unset IFS
}
first() {
    cat "$1" 2>/dev/null || echo "$2"
}
echo preflight
fact user "$(id -un)" "$(id -u)"
fact time "$(date +%s)"
fact processor "$(nproc)" "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
fact memory "$(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo)" "$(sed -n 's/^MemAvailable: *\([0-9]*\) kB/\1/p' /proc/meminfo)"
for pages in /sys/kernel/mm/hugepages/hugepages-*; do
    if [ -d "$pages" ]; then
        fact hugepages "${pages##*hugepages-}" "$(cat "$pages/nr_hugepages")" "$(cat "$pages/free_hugepages")"
    fi
done
fact iommu "$(ls /sys/kernel/iommu_groups 2>/dev/null | wc -l)" "$([ -d /sys/module/vfio_pci ] && echo yes || echo no)"
for nic in /sys/class/net/*; do
    name=${nic##*/}
    if [ -e "$nic/device" ]; then
        fact nic "$name" "$(basename -- "$(readlink -f "$nic/device")")" "$(basename -- "$(readlink -f "$nic/device/driver")")" \
            "$(first "$nic/device/numa_node" -1)" "$(ls -d "$nic"/queues/rx-* 2>/dev/null | wc -l)" \
            "$(ethtool -l "$name" 2>/dev/null | awk '/^(RX|Combined):/ && $2 + 0 > most { most = $2 } END { print most + 0 }')" \
            "$(ethtool -k "$name" 2>/dev/null | sed -n 's/^receive-hashing: \([a-z]*\).*/\1/p')" \
            "$(ethtool -k "$name" 2>/dev/null | sed -n 's/^ntuple-filters: \([a-z]*\).*/\1/p')"
    elif [ "$name" != lo ]; then
        fact nic "$name" virtual - -1 "$(ls -d "$nic"/queues/rx-* 2>/dev/null | wc -l)"
    fi
done
# NICs by PCI address, also those that no kernel driver has.
for device in /sys/bus/pci/devices/*; do
    case $(first "$device/class" none) in
        0x02*)
            driver=none
            if [ -e "$device/driver" ]; then
                driver=$(basename -- "$(readlink -f "$device/driver")")
            fi
            fact pci "${device##*/}" "$driver" "$(first "$device/numa_node" -1)" "$(ls "$device/net" "$device"/virtio*/net 2>/dev/null | grep -v -e : -e '^$' | tr '\n' ' ' | sed 's/ $//')"
            ;;
    esac
done
ip -o route show default 2>/dev/null | sed -n 's/.* dev \([^ ]*\).*/\1/p' | sort -u | while read -r name; do
    fact default "$name"
done
fact vfio "$({ [ -d /sys/module/vfio_pci ] || modprobe --dry-run vfio-pci 2>/dev/null; } && echo yes || echo no)"
fact headers "$([ -d "/lib/modules/$(uname -r)/build/" ] && echo "of this kernel are installed" || echo none)"
for library in /usr/lib/*/librte_eal.so.*.* /usr/lib64/librte_eal.so.*.* /usr/local/lib*/librte_eal.so.*.*; do
    if [ -e "$library" ]; then
        fact dpdk "$library"
    fi
done
for path in /etc/dpvs.conf /etc/keepalived/keepalived.conf /etc/nginx/nginx.conf /etc/haproxy/haproxy.cfg /etc/twoarm; do
    if [ -e "$path" ]; then
        fact configuration "$path"
    fi
done
ports=$(ss -Hltn 2>/dev/null | awk '{ print $4 }' | sort -u | tr '\n' ' ')
if [ -n "$ports" ]; then
    fact listening "${ports% }"
fi
# Who sets up the kernel's interfaces, and what may keep packets and programs from what the design asks for.
for path in /etc/netplan/*.yaml; do
    if [ -e "$path" ]; then
        fact network netplan
        break
    fi
done
for unit in systemd-networkd NetworkManager wicked network networking; do
    if systemctl --quiet is-active "$unit.service"; then
        fact network "$unit"
    fi
done
if [ -e /sys/fs/selinux/enforce ]; then
    fact selinux "$(first /sys/fs/selinux/enforce 0)"
fi
for unit in firewalld SuSEfirewall2 iptables nftables; do
    if systemctl --quiet is-active "$unit.service"; then
        fact firewall "$unit"
    fi
done
if grep -qs '^ENABLED=yes' /etc/ufw/ufw.conf; then
    fact firewall ufw
fi
for unit in dpvs keepalived nginx haproxy ipvsadm ldirectord; do
    if systemctl --quiet is-active "$unit.service"; then
        fact service "$unit.service"
    fi
done
# Virtual routers announce themselves every second, or as often as they are told; some seconds of listening find them.
listen() {
    if ! [ -e "/sys/class/net/$1" ]; then
        return
    fi
    if ! command -v tcpdump >/dev/null; then
        fact unheard "$1" "there is no tcpdump"
        return
    fi
    timeout 4 tcpdump -i "$1" -nn -l -c 200 'ip proto 112' 2>/dev/null |
        sed -n 's/.* IP \([0-9.]*\) > [^ ]*: *\(ah,\)*VRRPv[23], Advertisement, .*vrid \([0-9]*\),.*/\1 \3/p' | sort -u |
        while read -r source id; do
            fact vrrp "$1" "$source" "$id"
        done
}
for argument; do
    listen "${argument#vrrp:}" &
done
wait
echo end
