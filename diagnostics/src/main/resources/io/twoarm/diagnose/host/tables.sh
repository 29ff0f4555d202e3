# The tables of a host, each behind a line "@name".
#   $1 an address, or empty: how packets to it would go
echo "@routes"; ip -4 -j route show table all 2>/dev/null
echo "@routes6"; ip -6 -j route show table all 2>/dev/null
echo "@neighbours"; ip -j neigh show 2>/dev/null
echo "@addresses"; ip -j addr show 2>/dev/null
if [ -n "$1" ]; then
    echo "@way"; ip -j route get "$1" 2>&1
fi
echo "@settings"
sysctl -a 2>/dev/null | grep -E '^net\.(ipv4\.(ip_forward|conf\.[^ ]*\.(rp_filter|accept_redirects|send_redirects|secure_redirects|forwarding|arp_ignore|arp_announce))|ipv6\.conf\.[^ ]*\.(forwarding|accept_redirects|accept_ra|disable_ipv6)) '
