# Routes of DPVS that keepalived does not set. 192.168.229.0/23 has a bit set behind its length; DPVS masks it.
dpip route add 10.0.96.0/24 dev bond2
dpip route add 192.168.229.0/23 dev bond1
dpip route add default via 10.0.96.254 dev bond2
dpip route -6 add 2001::/64 dev bond2
dpip route -6 add default via 2001::1 dev bond2
