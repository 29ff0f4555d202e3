package io.twoarm.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Three network namespaces in a row, client, director and realserver, joined by two veth pairs without offloads. The
 * middle one can forward by the kernel's routes, by nftables, or by a director on its two interfaces.
 *
 * <pre>
 * client 10.0.96.254 --- wan [director] lan --- 192.168.229.1 realserver
 * </pre>
 */
final class Wires implements AutoCloseable {
    /** Interfaces of the middle. */
    static final String WAN = "wan";

    static final String LAN = "lan";

    /** DPDK's drivers for interfaces of the kernel. */
    enum Driver {
        AF_PACKET("net_af_packet", ",qdisc_bypass=0,blocksz=4096,framesz=2048,framecnt=512"),
        AF_XDP("net_af_xdp", "");

        private final String name;
        private final String options;

        Driver(String name, String options) {
            this.name = name;
            this.options = options;
        }

        /** What follows {@code --vdev=}. */
        String device(int number, String kernelInterface) {
            return name + number + ",iface=" + kernelInterface + options;
        }
    }

    private static final String CLIENT_ADDRESS = Wire.text(Wire.GATEWAY);
    private static final String REALSERVER_ADDRESS = Wire.text(Wire.FIRST_REALSERVER);
    private static final String WAN_ADDRESS = "10.0.96.1";
    private static final String LAN_ADDRESS = "192.168.229.254";

    private final String client;
    private final String director;
    private final String realserver;
    /** Namespaces that are there. */
    private final Deque<String> made = new ArrayDeque<>();

    private Wires(String name) {
        client = "twbench-" + name + "-client";
        director = "twbench-" + name + "-director";
        realserver = "twbench-" + name + "-realserver";
    }

    /**
     * @param name of this row, for the names of its namespaces; several rows can stand beside each other
     * @throws IOException when not root, or there are namespaces of these names
     */
    static Wires up(String name) throws IOException, InterruptedException {
        Wires wires = new Wires(name);
        Cleanup.atExit(wires);
        try {
            for (String namespace : List.of(wires.client, wires.director, wires.realserver)) {
                wires.make(namespace);
                in(namespace, "ip", "link", "set", "lo", "up");
            }
            wires.wire(wires.client, WAN, CLIENT_ADDRESS);
            wires.wire(wires.realserver, LAN, REALSERVER_ADDRESS);
            in(wires.client, "ip", "route", "add", "192.168.229.0/24", "via", WAN_ADDRESS);
            in(wires.realserver, "ip", "route", "add", "10.0.96.0/24", "via", LAN_ADDRESS);
            return wires;
        } catch (IOException e) {
            wires.close();
            throw e;
        }
    }

    private void make(String namespace) throws IOException, InterruptedException {
        try {
            run("ip", "netns", "add", namespace);
        } catch (IOException e) {
            throw new IOException(
                    e.getMessage() + "fix: run this as root; if the namespace is left from a run that was killed:"
                            + " ip netns delete " + namespace,
                    e);
        }
        synchronized (made) {
            made.push(namespace);
        }
    }

    /** The client's namespace. */
    String client() {
        return client;
    }

    /** The namespace in the middle. */
    String director() {
        return director;
    }

    /** The realserver's namespace. */
    String realserver() {
        return realserver;
    }

    private void wire(String namespace, String name, String address) throws IOException, InterruptedException {
        run("ip", "link", "add", "eth0", "netns", namespace, "type", "veth", "peer", "name", name, "netns", director);
        in(namespace, "ip", "address", "add", address + "/24", "dev", "eth0");
        for (String[] end : new String[][] {{namespace, "eth0"}, {director, name}}) {
            in(end[0], "ethtool", "-K", end[1], "tx", "off", "rx", "off", "tso", "off", "gso", "off", "gro", "off");
            in(end[0], "ip", "link", "set", end[1], "up");
        }
    }

    /** Forwarding by the kernel: the client reaches the realserver under its own address. */
    void route() throws IOException, InterruptedException {
        in(director, "ip", "address", "add", WAN_ADDRESS + "/24", "dev", WAN);
        in(director, "ip", "address", "add", LAN_ADDRESS + "/24", "dev", LAN);
        in(director, "sysctl", "-qw", "net.ipv4.ip_forward=1");
    }

    /** Translation by nftables: the same as a director's FullNAT, after {@link #route}. */
    void translate() throws IOException, InterruptedException {
        in(director, "ip", "address", "add", Wire.text(Wire.VIP) + "/32", "dev", WAN);
        in(director, "nft", """
                table ip nat {
                    chain prerouting {
                        type nat hook prerouting priority dstnat;
                        ip daddr %s tcp dport %d dnat to %s
                    }
                    chain postrouting {
                        type nat hook postrouting priority srcnat;
                        oifname "%s" snat to %s
                    }
                }
                """.formatted(
                        Wire.text(Wire.VIP), Wire.SERVICE_PORT, REALSERVER_ADDRESS, LAN, LAN_ADDRESS));
    }

    /**
     * Keeps the kernel off the interfaces, as deployed directors do. Packet sockets get every frame before this hook;
     * {@code AF_XDP} sockets leave nothing for it.
     */
    void keepKernelOff() throws IOException, InterruptedException {
        for (String name : List.of(WAN, LAN)) {
            in(director, "nft", """
                    table netdev %1$s {
                        chain %1$s { type filter hook ingress device "%1$s" priority 0; policy drop; }
                    }
                    """.formatted(name));
        }
    }

    /** Leaves the interfaces to a program. */
    void release() throws IOException, InterruptedException {
        in(director, "nft", "flush ruleset");
        in(director, "sysctl", "-qw", "net.ipv4.ip_forward=0");
        in(director, "ip", "address", "flush", "dev", WAN);
        in(director, "ip", "address", "flush", "dev", LAN);
        in(client, "ip", "neighbour", "flush", "all");
        in(realserver, "ip", "neighbour", "flush", "all");
    }

    /** A command line that runs in a namespace. */
    static List<String> inside(String namespace, List<String> command) {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        whole.addAll(command);
        return whole;
    }

    private static void in(String namespace, String... command) throws IOException, InterruptedException {
        run(inside(namespace, List.of(command)).toArray(String[]::new));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("failed: %s\n%s".formatted(String.join(" ", command), said));
        }
    }

    @Override
    public void close() {
        synchronized (made) {
            while (!made.isEmpty()) {
                try {
                    run("ip", "netns", "delete", made.pop());
                } catch (IOException e) {
                    // Somebody else has taken it away.
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
