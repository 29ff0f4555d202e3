# Starts the change that lies prepared in /var/lib/twoarm/incoming/$1, as a service of its own that no connection can break.
PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
set -eu
umask 077
journal=/var/lib/twoarm/journal/$1
mkdir -p /var/lib/twoarm/journal
# CentOS 7's sync (coreutils 8.22) only knows how to write everything.
if sync --help | grep -q -e --file-system; then sync -f /var/lib/twoarm/incoming; else sync; fi
mv -T -- "/var/lib/twoarm/incoming/$1" "$journal"
sync /var/lib/twoarm/journal
mkfifo -m 0600 "$journal/verdict"
# For a restart of the host in the middle.
unit=twoarm-recover.service
path=/etc/systemd/system/$unit
if ! cmp -s -- "$journal/$unit" "$path" || ! [ -e "/etc/systemd/system/sysinit.target.wants/$unit" ]; then
    cp -- "$journal/$unit" "$path.new"
    chmod 0644 -- "$path.new"
    sync -- "$path.new"
    mv -fT -- "$path.new" "$path"
    systemctl daemon-reload
    systemctl --quiet enable "$unit"
fi
# Whatever ends the service before it wrote its result, its end puts everything back.
version=$(systemctl --version | sed -n '1s/^systemd \([0-9]*\).*/\1/p')
if [ "${version:-0}" -ge 240 ]; then
    exec systemd-run --quiet --collect --unit="twoarm-apply-$1" --description="TwoArm applies the deployment $1" \
        --property=ExecStopPost="/bin/sh $journal/transaction.sh ended" --property=TimeoutStopSec=600 \
        /bin/sh "$journal/transaction.sh" apply
fi
# Older ones (Enterprise Linux 7 and 8) are told so by a file, which goes with the journal, or at the next boot.
mkdir -p /run/systemd/system
file=/run/systemd/system/twoarm-apply-$1.service
cat >"$file" <<END
[Unit]
Description=TwoArm applies the deployment $1

[Service]
ExecStart=/bin/sh $journal/transaction.sh apply
ExecStopPost=/bin/sh $journal/transaction.sh ended
TimeoutStopSec=600
END
# As all may read what systemd runs.
chmod 0644 "$file"
systemctl daemon-reload
exec systemctl start "twoarm-apply-$1.service"
