# Prints what a person wants to know about a host before a deployment, one fact per line, fields separated by tabs.
# The line "preflight" comes first, "end" comes last.
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
            "$(first "$nic/device/numa_node" -1)" "$(ls -d "$nic"/queues/rx-* 2>/dev/null | wc -l)"
    elif [ "$name" != lo ]; then
        fact nic "$name" virtual - -1 "$(ls -d "$nic"/queues/rx-* 2>/dev/null | wc -l)"
    fi
done
for unit in dpvs keepalived nginx haproxy ipvsadm ldirectord; do
    if systemctl --quiet is-active "$unit.service"; then
        fact service "$unit.service"
    fi
done
echo end
