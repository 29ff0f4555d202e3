# Holds the host's deployment lock for as long as its caller sends a byte at least every 30 seconds.
# $1 names the deployment, $2 describes its owner for others. Prints "unfinished ID" for every change that is
# neither made nor taken back, then "locked"; or "busy OWNER"; or "user NAME" or "init" when the host cannot be deployed to.
PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
if [ "$(id -u)" -ne 0 ]; then
    echo "user $(id -un)"
    exit 0
fi
if ! [ -d /run/systemd/system ]; then
    echo "init $(cat /proc/1/comm)"
    exit 0
fi
mkdir -p -m 0700 /run/twoarm-deployer || exit 1
exec 9>>/run/twoarm-deployer/deploy.lock || exit 1
tries=0
until flock -n 9; do
    read -r pid token owner </run/twoarm-deployer/deploy.owner
    # An earlier connection of this same deployment, which the host does not yet know to be gone.
    if [ "$token" = "$1" ]; then
        kill "$pid" 2>/dev/null
    fi
    tries=$((tries + 1))
    if [ "$tries" -ge 30 ]; then
        echo "busy $owner"
        exit 0
    fi
    sleep 0.1
done
printf '%s %s %s\n' "$$" "$1" "$2" >/run/twoarm-deployer/deploy.owner.new && mv /run/twoarm-deployer/deploy.owner.new /run/twoarm-deployer/deploy.owner || exit 1
for journal in /var/lib/twoarm/journal/[0-9]*; do
    if [ -d "$journal" ] && ! [ -e "$journal/result" ]; then
        echo "unfinished ${journal##*/}"
    fi
    last=$journal
done
# One that could not be taken back gets another try, unless a later one went well.
if grep -qsx broken "$last/result"; then
    echo "unfinished ${last##*/}"
fi
echo locked
# The child does not inherit the lock: it would hold it after this shell was killed.
while [ -n "$(timeout 30 head -c 1 9>&-)" ]; do :; done
