package io.twoarm.bench;

/** The services of a director that meets a {@link FirstKind} of every kind: one port, one realserver. */
final class FirstConfiguration {
    /** Ports of services. */
    static final int FULLNAT = 80;

    static final int TOA = 81;
    static final int PROXY = 82;
    static final int NAT = 83;
    static final int DR = 84;
    /** Of the IPv6 address, with an IPv4 realserver. */
    static final int NAT64 = 85;

    /** 172.31.0.1, the first host that SNAT leads out. */
    static final int INSIDE = 0xac1f0001;

    private static final int OUTSIDE = Wire.FIRST_LOCAL_ADDRESS + 40;
    private static final String NO_CLIENT_ADDRESS = "    client_address none\n";

    private FirstConfiguration() {}

    static String keepalivedConf() {
        String vip = Wire.text(Wire.VIP);
        String wideVip = Wire.wideOutside(Wire.VIP);
        String realserver = Wire.text(Wire.FIRST_REALSERVER);
        String wideRealserver = Wire.wideInside(Wire.FIRST_REALSERVER);
        return """
                static_ipaddress {
                    %1$s/32 dev wan
                    %2$s/128 dev wan
                    %3$s/32 dev wan
                }
                static_routes {
                    192.168.229.0/24 dev wan
                    10.0.96.0/24 dev wan
                    default via %4$s dev wan
                    2001:db8:229::/64 dev wan
                    2001:db8:96::a00:6000/120 dev wan
                    default via %5$s dev wan
                }
                local_address_group lips {
                    %6$s wan
                }
                local_address_group wide {
                    %7$s wan
                }
                virtual_server match out {
                    protocol TCP
                    lb_algo rr
                    lb_kind SNAT
                    src-range 172.31.0.0-172.31.255.255
                    real_server %3$s 0 {
                        weight 1
                    }
                }
                """.formatted(
                                vip,
                                wideVip,
                                Wire.text(OUTSIDE),
                                Wire.text(Wire.GATEWAY),
                                Wire.wideOutside(Wire.GATEWAY),
                                Wire.text(Wire.FIRST_LOCAL_ADDRESS),
                                Wire.wideInside(Wire.FIRST_LOCAL_ADDRESS))
                + service(vip, FULLNAT, "TCP", "FNAT", "    laddr_group_name lips\n" + NO_CLIENT_ADDRESS, realserver)
                + service(vip, TOA, "TCP", "FNAT", "    laddr_group_name lips\n", realserver)
                + service(vip, PROXY, "TCP", "FNAT", "    laddr_group_name lips\n    syn_proxy\n", realserver)
                + service(vip, NAT, "TCP", "NAT", "", realserver)
                + service(vip, DR, "TCP", "DR", "", realserver)
                + service(vip, FULLNAT, "UDP", "FNAT", "    laddr_group_name lips\n" + NO_CLIENT_ADDRESS, realserver)
                + service(
                        wideVip,
                        FULLNAT,
                        "TCP",
                        "FNAT",
                        "    laddr_group_name wide\n" + NO_CLIENT_ADDRESS,
                        wideRealserver)
                + service(
                        wideVip,
                        FULLNAT,
                        "UDP",
                        "FNAT",
                        "    laddr_group_name wide\n" + NO_CLIENT_ADDRESS,
                        wideRealserver)
                + service(wideVip, NAT64, "TCP", "FNAT", "    laddr_group_name lips\n" + NO_CLIENT_ADDRESS, realserver);
    }

    private static String service(
            String address, int port, String protocol, String mode, String options, String realserver) {
        return """
                virtual_server %s %d {
                    protocol %s
                    lb_algo rr
                    lb_kind %s
                %s    real_server %s %d {
                        weight 1
                    }
                }
                """.formatted(address, port, protocol, mode, options, realserver, port);
    }
}
