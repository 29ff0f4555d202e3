# Starts the change that lies prepared in /var/lib/twoarm/incoming/$1, as a service of its own that no connection can break.
PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
set -eu
umask 077
journal=/var/lib/twoarm/journal/$1
mkdir -p /var/lib/twoarm/journal
sync -f /var/lib/twoarm/incoming
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
exec systemd-run --quiet --collect --unit="twoarm-apply-$1" --description="TwoArm applies the deployment $1" \
    --property=ExecStopPost="/bin/sh $journal/transaction.sh ended" --property=TimeoutStopSec=600 \
    /bin/sh "$journal/transaction.sh" apply
