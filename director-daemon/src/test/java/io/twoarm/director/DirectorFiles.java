package io.twoarm.director;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a director's two configuration files: by default two ports, one worker, and the FullNAT service 10.0.96.204:80
 * with local address 192.168.229.204 and realservers 192.168.229.1 and .2.
 */
final class DirectorFiles {
    private final List<String> devices = new ArrayList<>(List.of("dpdk0", "dpdk2"));
    private final List<String> bondings = new ArrayList<>();
    private final Map<String, String> bonded = new HashMap<>();
    private final List<String> workers = new ArrayList<>(List.of("cpu1"));
    private String extraKeepalived = "";
    private final Map<String, Integer> mtus = new HashMap<>();
    private int packetBuffers = 8191;

    static DirectorFiles twoArm() {
        return new DirectorFiles();
    }

    DirectorFiles withDevice(String name) {
        devices.add(name);
        return this;
    }

    /**
     * Puts a bonding of two devices in the place of one, which is the first of them.
     *
     * @param second another device
     */
    DirectorFiles withBonding(String name, int mode, String first, String second) {
        devices.add(second);
        bondings.add(
                "    <init> bonding %s {\n        mode  %d\n        slave  %s\n        slave  %s\n        primary  %s\n    }\n"
                        .formatted(name, mode, first, second, first));
        bonded.put(first, name);
        bonded.put(second, "");
        return this;
    }

    /** The device, or the bonding that has its place; empty for one that is within another's. */
    private String port(String device) {
        return bonded.getOrDefault(device, device);
    }

    DirectorFiles withWorker(String name) {
        workers.add(name);
        return this;
    }

    /** Text at the end of {@code keepalived.conf}. */
    DirectorFiles withKeepalived(String text) {
        extraKeepalived += text;
        return this;
    }

    /** @param bytes largest IP packet of a device that is there already */
    DirectorFiles withMtu(String device, int bytes) {
        mtus.put(device, bytes);
        return this;
    }

    DirectorFiles withPacketBuffers(int count) {
        packetBuffers = count;
        return this;
    }

    /** Writes {@code dpvs.conf} and {@code keepalived.conf} into a folder. */
    void writeTo(Path folder) throws IOException {
        StringBuilder dpvs = new StringBuilder("""
                global_defs {
                    <init> kni  off
                }
                netif_defs {
                    <init> pktpool_size  %d
                """.formatted(packetBuffers));
        for (String device : devices) {
            dpvs.append("    <init> device ").append(device).append(" {\n");
            if (mtus.containsKey(device)) {
                dpvs.append("        mtu  ").append(mtus.get(device)).append('\n');
            }
            dpvs.append("    }\n");
        }
        bondings.forEach(dpvs::append);
        dpvs.append("}\nworker_defs {\n    <init> worker cpu0 {\n        type  master\n        cpu_id  0\n    }\n");
        for (int i = 0; i < workers.size(); i++) {
            dpvs.append("    <init> worker ")
                    .append(workers.get(i))
                    .append(" {\n        type  slave\n        cpu_id  ");
            dpvs.append(i + 1).append('\n');
            for (String device : devices) {
                if (port(device).isEmpty()) {
                    continue;
                }
                dpvs.append("        port ").append(port(device)).append(" {\n            rx_queue_ids  ");
                dpvs.append(i).append("\n            tx_queue_ids  ").append(i).append("\n        }\n");
            }
            dpvs.append("    }\n");
        }
        dpvs.append("}\nsa_pool {\n    <init> flow_enable  off\n}\n");
        dpvs.append("ipvs_defs {\n    conn {\n        <init> conn_pool_size  131071\n    }\n}\n");
        Files.writeString(folder.resolve("dpvs.conf"), dpvs);
        Files.writeString(
                folder.resolve("keepalived.conf"), """
                static_ipaddress {
                    10.0.96.204/32 dev %2$s
                }
                static_routes {
                    10.0.96.0/24 dev %2$s
                    192.168.229.0/24 dev %1$s
                    default via 10.0.96.254 dev %2$s
                }
                local_address_group laddr_g1 {
                    192.168.229.204 %1$s
                }
                virtual_server 10.0.96.204 80 {
                    delay_loop 1
                    lb_algo rr
                    lb_kind FNAT
                    protocol TCP
                    laddr_group_name laddr_g1
                    real_server 192.168.229.1 80 {
                        weight 1
                        TCP_CHECK {
                            connect_timeout 1
                        }
                    }
                    real_server 192.168.229.2 80 {
                        weight 1
                        TCP_CHECK {
                            connect_timeout 1
                        }
                    }
                }
                """.formatted(port("dpdk0"), port("dpdk2")) + extraKeepalived);
    }
}
