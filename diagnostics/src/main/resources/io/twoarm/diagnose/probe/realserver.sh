# One realserver as it is: "name=value" per line.
#   $1 its address  $2 its port  $3 where its answers go to  $4 protocol, as ss has it: t, u or S
if ip -o addr show | grep -qF " $1/"; then echo "address=yes"; else echo "address=no"; fi
echo "listener=$(ss -Hnl"$4" "sport = :$2" | head -n 1)"
route=$(ip -j route get "$3" from "$1" 2>&1 | tr -d '\n')
echo "route=$route"
# Whoever it is that answers are handed to has to be there: the gateway, or on the same wire the target itself.
next=$(printf '%s' "$route" | sed -n 's/.*"gateway":"\([^"]*\)".*/\1/p')
[ -n "$next" ] || next=$3
echo "next=$next"
ping -n -c 1 -W 1 "$next" >/dev/null 2>&1
echo "neighbour=$(ip -j neigh show "$next" 2>/dev/null | tr -d '\n')"
echo "filter=$(nft list ruleset 2>/dev/null | grep -E '(drop|reject)' | sed 's/^[[:space:]]*//' | tr '\n' ';')"
echo "iptables=$(iptables-save 2>/dev/null | grep -E -- '(-j (DROP|REJECT)|^:INPUT DROP)' | tr '\n' ';')"
echo "rp_filter=$(sysctl -n net.ipv4.conf.all.rp_filter 2>/dev/null)"
echo "rp_filtered=$(nstat -az TcpExtIPReversePathFilter 2>/dev/null | awk '/IPReversePathFilter/ { print $2 }')"
# Deployments bring one of two: BPF programs, or a kernel module. systemd of CentOS 7 (219) has no --value.
for unit in twoarm-toa twoarm-toa-module; do
  if [ "$(systemctl show --property=LoadState "$unit.service" 2>/dev/null)" = LoadState=loaded ]; then
    echo "toa_unit=$unit"
    echo "toa_state=$(systemctl is-active "$unit.service" 2>/dev/null)"
  fi
done
echo "toa_module=$(sed -n 's/^\(twoarm_toa\|toa\) .*/\1/p' /proc/modules 2>/dev/null | head -n 1)"
