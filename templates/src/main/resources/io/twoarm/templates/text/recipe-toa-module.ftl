<#-- Builds DPVS's or another TOA module on a realserver. lips: local addresses, for the last check. -->
#!/bin/bash
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>
#
# For realservers that TwoArm does not deploy to, whose kernel is older than 5.10: a deployment chooses between eBPF and
# TwoArm's own module by itself.
#
# usage: toa-module probe|install|load|remove|status SOURCE
#   probe    says whether the module compiles for the running kernel, and changes nothing on the host
#   install  installs what is missing, registers the module with DKMS where there is DKMS, builds, loads it, and has it
#            loaded at every boot
#   load     builds for the running kernel if that was not done yet, and loads; called at boot
#   remove   undoes install
#   status   says what is built and loaded
#   SOURCE   the folder with the module's Makefile: kmod/toa of DPVS, src of elb-toa, or TwoArm's own, which lies in
#            /usr/src/twoarm-toa-1 where it was deployed; not needed after install
#
# Exit status: 0 done, 1 failed, 2 wrong use.
set -euo pipefail

name=toa
version=1
# What the source makes.
module=toa
parameters=()
kernel=$(uname -r)
kept=/usr/src/$name-$version
built=/var/lib/twoarm/$name/$kernel/$name.ko
self=/usr/local/sbin/toa-module
unit=/etc/systemd/system/toa-module.service

fail() {
    local status=$1
    shift
    printf 'toa-module: %s\n' "$@" >&2
    exit "$status"
}

# debian, ubuntu, rhel, suse, flatcar: what the system is, or is like.
system() {
    local ID='' ID_LIKE=''
    # shellcheck source=/dev/null
    . /etc/os-release
    local word
    for word in $ID $ID_LIKE; do
        case $word in
            ubuntu) echo ubuntu && return ;;
            debian) echo debian && return ;;
            rhel | centos | fedora | rocky | almalinux | ol) echo rhel && return ;;
            sles | suse | opensuse*) echo suse && return ;;
            flatcar | coreos) echo flatcar && return ;;
        esac
    done
    fail 1 "this system is $ID, which the script does not know." "known: Debian, Ubuntu, CentOS/RHEL, SUSE, Flatcar"
}

headers() { [ -e "/lib/modules/$kernel/build/Makefile" ]; }

# The headers must be those of the running kernel, not of the newest one.
install_tools() {
    if headers && command -v gcc >/dev/null && command -v make >/dev/null; then return; fi
    case $(system) in
        debian | ubuntu)
            apt-get update
            apt-get install --yes gcc make "linux-headers-$kernel"
            apt-get install --yes dkms || :
            ;;
        rhel)
            yum install -y gcc make "kernel-devel-$kernel" ||
                fail 1 "there is no kernel-devel-$kernel in the repositories." \
                    "fix: install that package from the archive of the release, or start the newest kernel"
            # DKMS is in EPEL, where that is set up.
            yum install -y dkms || :
            ;;
        suse)
            zypper --non-interactive install gcc make "kernel-default-devel=${r"${kernel%-default}"}"
            zypper --non-interactive install dkms || :
            ;;
        flatcar) : ;;
    esac
    [ "$(system)" = flatcar ] || headers || fail 1 "/lib/modules/$kernel/build is still missing."
}

# Compiles a copy, so that the source stays as it is.
compile() {
    local work=$1 into=$2
    if [ "$(system)" = flatcar ] && ! headers; then
        compile_in_container "$work" "$into"
        return
    fi
    make -C "/lib/modules/$kernel/build" M="$work" modules >"$work/log" 2>&1 || {
        tail -n 15 "$work/log" >&2
        fail 1 "the module does not compile for kernel $kernel; the compiler's last words are above." \
            "fix: a newer source of the module, or twoarm-toa (no module, kernel 5.10 and later)"
    }
    mkdir -p "$(dirname "$into")"
    cp "$work/$module.ko" "$into"
}

# Flatcar has no compiler: its developer container of the same release has one, and the kernel's sources.
compile_in_container() {
    local work=$1 into=$2 image=/var/lib/twoarm/flatcar_developer_container.bin
    local FLATCAR_RELEASE_VERSION='' FLATCAR_RELEASE_BOARD='' GROUP=stable
    # shellcheck source=/dev/null
    . /usr/share/flatcar/release
    # shellcheck source=/dev/null
    . /usr/share/flatcar/update.conf
    if [ ! -e "$image" ]; then
        mkdir -p "$(dirname "$image")"
        curl --fail --location --silent --show-error \
            "https://$GROUP.release.flatcar-linux.net/$FLATCAR_RELEASE_BOARD/$FLATCAR_RELEASE_VERSION/flatcar_developer_container.bin.bz2" |
            bzip2 -d >"$image.new"
        mv "$image.new" "$image"
    fi
    systemd-nspawn --quiet --bind=/lib/modules --bind="$work:/module" --image="$image" /bin/bash -euc "
        emerge-gitclone
        emerge --getbinpkgonly --quiet coreos-sources
        gzip -dc </proc/config.gz >/usr/src/linux/.config
        make -C /usr/src/linux modules_prepare
        make -C /usr/src/linux M=/module modules"
    mkdir -p "$(dirname "$into")"
    cp "$work/$module.ko" "$into"
}

require_source() {
    [ -e "$1/Makefile" ] || fail 2 "$1 has no Makefile." "SOURCE is kmod/toa of DPVS, or src of elb-toa"
}

with_copy() {
    local source=$1 into=$2 work
    require_source "$source"
    work=$(mktemp -d)
    # shellcheck disable=SC2064
    trap "rm -rf '$work'" EXIT
    cp -r "$source/." "$work"
    compile "$work" "$into"
}

with_dkms() { command -v dkms >/dev/null; }

# TwoArm's own module is told whom to believe; others believe everybody.
learn_module() {
    local found
    # Before anything is installed there is none.
    if [ ! -e "$1/Makefile" ]; then return; fi
    found=$(sed -n 's/^ *obj-m *[:+]*= *\([A-Za-z0-9_]*\)\.o.*/\1/p' "$1/Makefile" 2>/dev/null | head -n 1)
    if [ -n "$found" ]; then module=$found; fi
<#if lips?has_content>
    if [ "$module" = twoarm_toa ]; then parameters=("trusted=${lips?join(",")}"); fi
</#if>
}

load() {
    if grep -qs "^$module " /proc/modules; then return; fi
    if with_dkms && dkms status "$name/$version" -k "$kernel" 2>/dev/null | grep -q installed; then
        modprobe "$module" ${r'${parameters[@]+"${parameters[@]}"}'}
        return
    fi
    if [ ! -e "$built" ]; then with_copy "$kept" "$built"; fi
    insmod "$built" ${r'${parameters[@]+"${parameters[@]}"}'}
}

install() {
    install_tools
    if [ "$(readlink -f "$1")" != "$kept" ]; then
        rm -rf "$kept"
        mkdir -p "$kept"
        cp -r "$1/." "$kept"
    fi
    if with_dkms; then
        cat >"$kept/dkms.conf" <<END
PACKAGE_NAME="$name"
PACKAGE_VERSION="$version"
BUILT_MODULE_NAME[0]="$module"
DEST_MODULE_LOCATION[0]="/kernel/net"
MAKE[0]="make -C \${r"${kernel_source_dir}"} M=\${r"${dkms_tree}/${PACKAGE_NAME}/${PACKAGE_VERSION}"}/build modules"
CLEAN="make -C \${r"${kernel_source_dir}"} M=\${r"${dkms_tree}/${PACKAGE_NAME}/${PACKAGE_VERSION}"}/build clean"
AUTOINSTALL="yes"
END
        dkms remove "$name/$version" --all >/dev/null 2>&1 || :
        dkms add "$kept"
        dkms install "$name/$version" -k "$kernel"
    fi
    load
    if [ "$(readlink -f "$0")" != "$self" ]; then
        mkdir -p "$(dirname "$self")"
        cp "$0" "$self"
        chmod 755 "$self"
    fi
    # A kernel that is new at boot gets its module there, with and without DKMS.
    cat >"$unit" <<END
[Unit]
Description=TOA, which shows servers the clients behind directors
Before=network-online.target nginx.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/bash $self load $kept

[Install]
WantedBy=multi-user.target
END
    systemctl daemon-reload
    systemctl enable toa-module.service
    status
}

remove() {
    systemctl disable toa-module.service 2>/dev/null || :
    rmmod "$module" 2>/dev/null || :
    if with_dkms; then dkms remove "$name/$version" --all >/dev/null 2>&1 || :; fi
    rm -rf "$unit" "$self" "$kept" "/var/lib/twoarm/$name"
}

status() {
    if grep -qs "^$module " /proc/modules; then echo "loaded for kernel $kernel"; else echo "not loaded"; fi
    if with_dkms; then dkms status "$name/$version" 2>/dev/null || :; fi
    if [ -r /proc/net/toa_stats ]; then cat /proc/net/toa_stats; fi
<#if lips?has_content>
    echo "options are to be seen in packets from: ${lips?join(", ")}"
</#if>
}

case "${r"${1:-}"}" in
    probe)
        require_source "${r"${2:?SOURCE is missing}"}"
        headers || [ "$(system)" = flatcar ] || fail 1 "the headers of kernel $kernel are missing; install fetches them."
        learn_module "${r"${2}"}"
        with_copy "${r"${2}"}" "$(mktemp -d)/$name.ko"
        echo "the module compiles for kernel $kernel"
        ;;
    install)
        require_source "${r"${2:?SOURCE is missing}"}"
        learn_module "${r"${2}"}"
        install "${r"${2}"}"
        ;;
    load | remove | status)
        learn_module "$kept"
        "$1"
        ;;
    *) fail 2 "usage: toa-module probe|install|load|remove|status SOURCE" ;;
esac
