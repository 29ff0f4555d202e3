# Two namespaces on one wire: this one sends packets in tunnels, the other one is the realserver with the loader in $1.
set -eu
loader=$1
folder=$(dirname "$0")
mount --make-rprivate /
mount -t tmpfs tmpfs /run
ip link set lo up
ip link add wire0 type veth peer name wire1
unshare --net sleep 60 &
realserver=$!
trap 'kill $realserver' EXIT
on() { nsenter --target "$realserver" --net "$@"; }
while [ "$(readlink /proc/$realserver/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done
ip link set wire1 netns "$realserver"
on ip link set wire1 name eth0
ip addr add 10.99.0.1/24 dev wire0
ip addr add fd00:99::1/64 dev wire0 nodad
ip link set wire0 up
on sh -euc '
    ip addr add 10.99.0.2/24 dev eth0
    ip addr add fd00:99::2/64 dev eth0 nodad
    ip link set eth0 up
    ip link set lo up
    ip addr add 10.0.0.110/32 dev lo
    sysctl -qw net.ipv4.conf.all.rp_filter=2'
on bash "$loader" open both eth0
on bash "$loader" open both eth0
on timeout 20 python3 "$folder/tunnel.py" receive &
receiver=$!
while ! on ss -Hlun 'sport = :9999' | grep -q .; do sleep 0.05; done
python3 "$folder/tunnel.py" send
wait "$receiver"
on bash "$loader" status
on bash "$loader" close eth0
on tc filter show dev eth0 ingress
on bash "$loader" status || :
