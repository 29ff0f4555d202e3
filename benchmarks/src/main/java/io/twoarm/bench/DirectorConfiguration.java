package io.twoarm.bench;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The two configuration files of a measured director: one port, or two for {@link Mode#SYNPROXY44}; {@link Wire#REALSERVERS} realservers in turn.
 *
 * @param toa whether the service names its clients
 * @param brief whether sessions that are being opened or closed end after a second, so that their expiry is a part of what
 *     is measured
 */
record DirectorConfiguration(Mode mode, Traffic.Protocol protocol, boolean toa, boolean brief) {
    /** The port that the source feeds. */
    private static final String FRONT = "wan";
    /** The port of a generator that answers clients in the place of their gateway. */
    private static final String BEHIND = "lan";

    /** For two ports on {@link Wires}. */
    static final String DPVS_ON_WIRES = """
            global_defs {
                <init> kni off
            }
            netif_defs {
                <init> pktpool_size 8191
                <init> device lan {
                    rx {
                        queue_number 1
                    }
                    tx {
                        queue_number 1
                    }
                }
                <init> device wan {
                    rx {
                        queue_number 1
                    }
                    tx {
                        queue_number 1
                    }
                }
            }
            worker_defs {
                <init> worker cpu0 {
                    type master
                    cpu_id 0
                }
                <init> worker cpu1 {
                    type slave
                    cpu_id 1
                    port lan {
                        rx_queue_ids 0
                        tx_queue_ids 0
                    }
                    port wan {
                        rx_queue_ids 0
                        tx_queue_ids 0
                    }
                }
            }
            sa_pool {
                <init> flow_enable off
            }
            """;

    static final String KEEPALIVED_ON_WIRES = """
            static_ipaddress {
                %1$s/32 dev wan
            }
            static_routes {
                10.0.96.0/24 dev wan
                192.168.229.0/24 dev lan
            }
            local_address_group lips {
                %2$s lan
            }
            virtual_server %1$s %3$d {
                protocol TCP
                lb_algo rr
                lb_kind FNAT
                laddr_group_name lips
                client_address none
                real_server %4$s %3$d {
                    weight 1
                }
            }
            """.formatted(
                    Wire.text(Wire.VIP),
                    Wire.text(Wire.FIRST_LOCAL_ADDRESS),
                    Wire.SERVICE_PORT,
                    Wire.text(Wire.FIRST_REALSERVER));

    String dpvsConf(Source source) {
        String second = proxied() ? DEVICE.formatted(BEHIND, 1) : "";
        StringBuilder workers = new StringBuilder();
        for (int worker = 0; worker < source.workers(); worker++) {
            String secondQueue = proxied() ? QUEUE.formatted(BEHIND, worker) : "";
            workers.append(WORKER.formatted(worker + 1, QUEUE.formatted(FRONT, worker) + secondQueue));
        }
        return """
                global_defs {
                    <init> kni off
                }
                netif_defs {
                    <init> pktpool_size %d
                %s%s}
                worker_defs {
                    <init> worker cpu0 {
                        type master
                        cpu_id 0
                    }
                %s}
                sa_pool {
                    <init> flow_enable off
                }
                ipvs_defs {
                    conn {
                        <init> conn_pool_size %d
                    }
                %s}
                """.formatted(
                        source.buffers(),
                        DEVICE.formatted(FRONT, source.workers()),
                        second,
                        workers,
                        source.sessions(),
                        brief ? BRIEF : "");
    }

    private static final String DEVICE = """
                <init> device %1$s {
                    rx {
                        queue_number %2$d
                    }
                    tx {
                        queue_number %2$d
                    }
                }
            """;

    private static final String WORKER = """
                <init> worker cpu%1$d {
                    type slave
                    cpu_id %1$d
            %2$s    }
            """;

    private static final String QUEUE = """
                    port %1$s {
                        rx_queue_ids %2$d
                        tx_queue_ids %2$d
                    }
            """;

    private static final String BRIEF = """
                tcp {
                    timeout {
                        syn_sent 1
                        syn_recv 1
                        close    1
                    }
                }
            """;

    /** The director has the local addresses only; where clients go to is its neighbour. */
    private String wayOut() {
        StringBuilder addresses = new StringBuilder();
        StringBuilder servers = new StringBuilder();
        for (int own = 0; own < Wire.LOCAL_ADDRESSES; own++) {
            String address = Wire.text(Wire.FIRST_LOCAL_ADDRESS + own);
            addresses.append("    ").append(address).append("/32 dev wan\n");
            servers.append("    real_server ").append(address).append(" 0 {\n        weight 1\n    }\n");
        }
        return """
                static_ipaddress {
                %s}
                static_routes {
                    10.0.96.0/24 dev wan
                    default via %s dev wan
                }
                virtual_server match out {
                    protocol %s
                    lb_algo rr
                    lb_kind SNAT
                    src-range 172.16.0.0-172.31.255.255
                %s}
                """.formatted(addresses, Wire.text(Wire.GATEWAY), protocol.name().toUpperCase(Locale.ROOT), servers);
    }

    String keepalivedConf() {
        if (mode == Mode.SNAT) {
            return wayOut();
        }
        boolean fullNat = mode.keyword.equals("FNAT");
        StringBuilder conf = new StringBuilder("static_ipaddress {\n");
        conf.append("    ")
                .append(outside(Wire.VIP))
                .append(mode.wideClients ? "/128" : "/32")
                .append(" dev ")
                .append(outsidePort())
                .append('\n');
        if (!fullNat) {
            conf.append("    ").append(inside(Wire.FIRST_LOCAL_ADDRESS)).append("/32 dev wan\n");
        }
        conf.append("}\nstatic_routes {\n");
        for (String route : routes()) {
            conf.append("    ").append(route).append('\n');
        }
        conf.append("}\n");
        if (fullNat) {
            conf.append("local_address_group lips {\n");
            for (int lip = 0; lip < Wire.LOCAL_ADDRESSES; lip++) {
                conf.append("    ")
                        .append(inside(Wire.FIRST_LOCAL_ADDRESS + lip))
                        .append(" wan\n");
            }
            conf.append("}\n");
        }
        conf.append("""
                virtual_server %s %d {
                    protocol %s
                    lb_algo rr
                    lb_kind %s
                """.formatted(
                        outside(Wire.VIP), Wire.SERVICE_PORT, protocol.name().toUpperCase(Locale.ROOT), mode.keyword));
        if (fullNat) {
            conf.append("    laddr_group_name lips\n").append(toa ? "" : "    client_address none\n");
        }
        conf.append(proxied() ? "    syn_proxy\n" : "");
        for (int realserver = 0; realserver < Wire.REALSERVERS; realserver++) {
            conf.append("    real_server %s %d {\n        weight 1\n    }\n"
                    .formatted(inside(Wire.FIRST_REALSERVER + realserver), Wire.SERVICE_PORT));
        }
        return conf.append("}\n").toString();
    }

    private boolean proxied() {
        return mode == Mode.SYNPROXY44;
    }

    private String outsidePort() {
        return proxied() ? BEHIND : FRONT;
    }

    private Set<String> routes() {
        Set<String> routes = new TreeSet<>();
        String outside = " dev " + outsidePort();
        routes.add((mode.wideRealservers ? "2001:db8:229::/64" : "192.168.229.0/24") + " dev " + FRONT);
        routes.add((mode.wideClients ? "2001:db8:96::a00:6000/120" : "10.0.96.0/24") + outside);
        routes.add("default via " + outside(Wire.GATEWAY) + outside);
        return routes;
    }

    private String outside(int address) {
        return mode.wideClients ? Wire.wideOutside(address) : Wire.text(address);
    }

    private String inside(int address) {
        return mode.wideRealservers ? Wire.wideInside(address) : Wire.text(address);
    }
}
