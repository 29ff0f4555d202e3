# Prints what a deployment needs to know about a host, one fact per line, fields separated by tabs.
# The line "facts" comes first: a login shell may have printed something before. The line "end" comes last.
# Arguments: file:PATH, unit:NAME, package:NAME, space:DIRECTORY, setting:KEY, in any number and order.
PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
tab=$(printf '\t')
fact() {
    IFS=$tab
    printf '%s\n' "$*"
    unset IFS
}
file() {
    if [ -L "$1" ]; then
        fact file "$1" link
    elif [ -f "$1" ]; then
        digest=$(sha256sum <"$1") && mode=$(stat -c '%a %U:%G' -- "$1") && fact file "$1" regular "${mode%% *}" "${mode#* }" "${digest%% *}"
    elif [ -e "$1" ]; then
        fact file "$1" other
    else
        fact file "$1" absent
    fi
}
unit() {
    fact unit "$1" "$(systemctl show -p LoadState -p ActiveState -p UnitFileState -p Type -p RemainAfterExit -p Result \
        -p ExecMainExitTimestampMonotonic -p NeedDaemonReload -- "$1" | tr '\n' ' ')"
}
# Names of the kernel's headers have its release in them.
package() {
    here=$(printf '%s\n' "$1" | sed "s/{kernel}/$kernel/; s/{architecture}/$architecture/")
    if [ "$manager" = apt ]; then
        # Asked once for all packages: each question makes dpkg read its whole database.
        : "${known:=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' 2>/dev/null)}"
        status=$(printf '%s\n' "$known" | awk -v name="$here" '$1 == name && $2 == "installed" { print $2; exit }')
    elif rpm -q --quiet -- "$here" 2>/dev/null || rpm -q --quiet --whatprovides -- "$here" 2>/dev/null; then
        status=installed
    else
        status=
    fi
    fact package "$1" "${status:-absent}"
}
space() {
    directory=$1
    while ! [ -d "$directory" ]; do
        directory=$(dirname -- "$directory")
    done
    fact space "$1" "$(df -Pk -- "$directory" | awk 'NR == 2 { print $4 }')"
}
# Values of several fields are separated by tabs in the kernel's answer and by blanks in files.
setting() {
    if value=$(sysctl -n -- "$1" 2>/dev/null); then
        fact setting "$1" "$(printf '%s' "$value" | tr '\t\n' '  ')"
    fi
}
fact facts
name=$(. /etc/os-release 2>/dev/null && printf '%s' "$PRETTY_NAME")
fact system "${name:-unknown}" "$(uname -r)" "$(uname -m)" "$(systemctl is-system-running)"
fact systemd "$(systemctl --version | sed -n '1s/^systemd \([0-9]*\).*/\1/p')"
kernel=$(uname -r)
architecture=$(dpkg --print-architecture 2>/dev/null || uname -m)
manager=other
if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
    manager=apt
fi
fact release "$(. /etc/os-release 2>/dev/null && printf '%s' "$ID")" "$(. /etc/os-release 2>/dev/null && printf '%s' "$VERSION_ID")" "$manager"
fact current "$(readlink /opt/twoarm/director/current || echo none)"
for bundle in /opt/twoarm/director/*; do
    if [ -d "$bundle" ] && ! [ -L "$bundle" ]; then
        fact bundle "${bundle##*/}"
    fi
done
if [ -f /var/lib/twoarm/deployed.txt ]; then
    while read -r line; do
        fact deployed "$line"
        case $line in
            file"$tab"*)
                rest=${line#*"$tab"}
                file "${rest%%"$tab"*}"
                ;;
        esac
    done </var/lib/twoarm/deployed.txt
fi
latest=
for journal in /var/lib/twoarm/journal/[0-9]*; do
    if [ -d "$journal" ]; then
        latest=${journal##*/}
    fi
    if [ -d "$journal" ] && ! [ -e "$journal/result" ]; then
        fact unfinished "${journal##*/}"
    fi
done
if [ -n "$latest" ]; then
    fact latest "$latest"
fi
for argument; do
    "${argument%%:*}" "${argument#*:}"
done
fact end
