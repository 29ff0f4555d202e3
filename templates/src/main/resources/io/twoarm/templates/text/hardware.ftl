<#-- Shell script: gives NICs and hugepages to the dataplane and takes them back. nics: PCI addresses. megabytes: memory in hugepages, 0 for none. -->
#!/bin/sh
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>
#
# Usage: hardware start | stop
set -eu

sys=<#noparse>${TWOARM_SYS:-/sys}</#noparse>
# The unit's RuntimeDirectory: what was there before.
state=<#noparse>${RUNTIME_DIRECTORY:-/run/twoarm-hardware}</#noparse>
nics="<#list nics as nic>${nic}<#sep> </#sep></#list>"
megabytes=${megabytes}
<#noparse>
devices=$sys/bus/pci/devices
pages=$sys/kernel/mm/hugepages/hugepages-2048kB

driver() {
    if [ -e "$devices/$1/driver" ]; then
        basename -- "$(readlink -- "$devices/$1/driver")"
    else
        echo none
    fi
}

nics_of_host() {
    for class in "$devices"/*/class; do
        case $(cat "$class" 2>/dev/null) in
            0x02*) basename -- "$(dirname -- "$class")" ;;
        esac
    done
}

load_vfio() {
    modprobe vfio-pci
    # Without an IOMMU a NIC can reach all memory, which vfio permits only when asked.
    if [ -z "$(ls "$sys/kernel/iommu_groups" 2>/dev/null)" ]; then
        echo "no IOMMU: NICs are used without the protection that it gives (intel_iommu=on or amd_iommu=on on the kernel's command line)"
        echo 1 >"$sys/module/vfio/parameters/enable_unsafe_noiommu_mode"
    fi
}

# $1: address, $2: driver, or nothing for the one that the kernel chooses
rebind() {
    echo "$2" >"$devices/$1/driver_override"
    if [ -e "$devices/$1/driver" ]; then
        echo "$1" >"$devices/$1/driver/unbind"
    fi
    echo "$1" >"$sys/bus/pci/drivers_probe"
}

take() {
    if ! [ -e "$devices/$1" ]; then
        echo "there is no PCI device $1; the NICs of this host:" $(nics_of_host) >&2
        exit 1
    fi
    case $(driver "$1") in
        vfio-pci)
            echo "$1: vfio-pci has it already"
            return
            ;;
        mlx4_core | mlx5_core | mana)
            echo "$1: its driver $(driver "$1") shares it between kernel and DPDK"
            return
            ;;
    esac
    load_vfio
    echo "$1: from $(driver "$1") to vfio-pci"
    [ -e "$state/$1" ] || driver "$1" >"$state/$1"
    rebind "$1" vfio-pci
    if [ "$(driver "$1")" != vfio-pci ]; then
        echo "$1 was not taken by vfio-pci but by $(driver "$1"); see: dmesg | grep vfio" >&2
        exit 1
    fi
}

reserve() {
    [ "$megabytes" -gt 0 ] || return 0
    large=$(cat "$sys/kernel/mm/hugepages/hugepages-1048576kB/free_hugepages" 2>/dev/null || echo 0)
    free=$(cat "$pages/free_hugepages")
    if [ $((large * 1024 + free * 2)) -ge "$megabytes" ]; then
        return 0
    fi
    total=$(cat "$pages/nr_hugepages")
    [ -e "$state/hugepages" ] || echo "$total" >"$state/hugepages"
    wanted=$((total + (megabytes + 1) / 2 - large * 512 - free))
    echo "hugepages of 2 MiB: from $total to $wanted"
    echo "$wanted" >"$pages/nr_hugepages"
    if [ "$(cat "$pages/nr_hugepages")" -lt "$wanted" ]; then
        echo "the kernel gave only $(cat "$pages/nr_hugepages") of $wanted hugepages of 2 MiB, since memory is short or in pieces;" \
            "reserve them while the host starts: hugepages=$wanted on the kernel's command line" >&2
        exit 1
    fi
}

give_back() {
    for saved in "$state"/*:*; do
        [ -e "$saved" ] || continue
        address=$(basename -- "$saved")
        echo "$address: back to $(cat "$saved")"
        rebind "$address" "" || true
    done
    if [ -e "$state/hugepages" ]; then
        cat "$state/hugepages" >"$pages/nr_hugepages" || true
    fi
    rm -rf "$state"/*
}

case "${1:-}" in
start)
    mkdir -p "$state"
    for nic in $nics; do
        take "$nic"
    done
    reserve
    ;;
stop) give_back ;;
*)
    echo "usage: $0 start | stop" >&2
    exit 2
    ;;
esac
</#noparse>
