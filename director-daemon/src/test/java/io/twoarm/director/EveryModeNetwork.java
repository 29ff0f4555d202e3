package io.twoarm.director;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * {@link TwoArmNetwork} with what every {@link TrafficMode} needs: virtual addresses and ends of tunnels on the first
 * realserver, its routes to clients through the director and past it, and nginx at the client too.
 *
 * <pre>
 * client - gateway - - - - - director - - - - - switch - rs1, rs2
 *             \-----------------------------------/
 * </pre>
 *
 * In the director's place there may be the kernel, as the reference.
 */
final class EveryModeNetwork implements AutoCloseable {
    final TwoArmNetwork network;
    private final Path folder;

    /**
     * @param wan largest IP packet on the way from the client to the director
     * @param lan largest IP packet behind it
     */
    EveryModeNetwork(Path folder, TwoArmNetwork.Wiring arms, int wan, int lan)
            throws IOException, InterruptedException {
        this.folder = folder;
        network = new TwoArmNetwork(folder, arms);
        try {
            network.addIpv6();
            joinPastDirector();
            for (NetworkNamespace host : List.of(network.client, network.gateway, network.realservers.getFirst())) {
                // What packets' sources may be is not asked: answers come by other ways than questions.
                host.run("sysctl", "-qw", "net.ipv4.conf.all.rp_filter=0", "net.ipv4.conf.default.rp_filter=0");
            }
            prepareRealserver(network.realservers.getFirst());
            setLargest(wan, lan);
            network.startNginx(network.client, "outside", "172.16.0.1", folder);
        } catch (IOException | InterruptedException | AssertionError e) {
            network.close();
            throw e;
        }
    }

    private void joinPastDirector() throws IOException, InterruptedException {
        NetworkNamespace.connect(network.gateway, "past", network.lan, "past");
        network.lan.run("ip", "link", "set", "dev", "past", "master", "br-lan");
        network.gateway.run("ip", "address", "add", "192.168.229.253/24", "dev", "past");
        TwoArmNetwork.ipv6(network.gateway, "past", "2001:db8:229::253/64");
    }

    private void prepareRealserver(NetworkNamespace realserver) throws IOException, InterruptedException {
        realserver.run("sysctl", "-qw", "net.ipv6.conf.lo.disable_ipv6=0");
        realserver.run("sysctl", "-qw", "net.ipv4.conf.all.arp_ignore=1", "net.ipv4.conf.all.arp_announce=2");
        for (TrafficMode mode : TrafficMode.values()) {
            if (mode.answersPastDirector()) {
                String length = mode.destination.contains(":") ? "/128" : "/32";
                realserver.run("ip", "address", "add", mode.destination + length, "dev", "lo");
            }
        }
        realserver.run("ip", "route", "add", "default", "via", "192.168.229.254");
        realserver.run("ip", "-6", "route", "add", "default", "via", "2001:db8:229::254");
        realserver.run("ip", "rule", "add", "from", "10.0.96.0/24", "lookup", "100");
        realserver.run("ip", "route", "add", "default", "via", "192.168.229.253", "table", "100");
        realserver.run("ip", "-6", "rule", "add", "from", "2001:db8:96::/64", "lookup", "100");
        realserver.run("ip", "-6", "route", "add", "default", "via", "2001:db8:229::253", "table", "100");
        Path loader = tunnelEnd();
        // The program stays with the port when the mounts go, with which its name in the file system goes.
        realserver.run(
                "unshare",
                "--mount",
                "sh",
                "-euc",
                "mount --make-rprivate / && mount -t tmpfs tmpfs /run && exec bash \"$1\" open both eth0",
                "-",
                loader.toString());
    }

    /** The realservers' own loader, put together as their package does. */
    private Path tunnelEnd() throws IOException {
        Path parts = Path.of(System.getProperty("twoarm.root"), "realserver-toa/src/main/resources/io/twoarm/toa");
        String script = Files.readString(parts.resolve("twoarm-tunnel"));
        byte[] object = Files.readAllBytes(parts.resolve("tunnel.bpf.o.gz"));
        String text = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(object);
        return Files.writeString(folder.resolve("twoarm-tunnel"), script + text + "\n");
    }

    private void setLargest(int wan, int lan) throws IOException, InterruptedException {
        setLargest(network.client, wan, "eth0");
        setLargest(network.gateway, wan, "inside", "wan");
        setLargest(network.director, wan, "dpdk2");
        setLargest(network.director, lan, "dpdk0");
        setLargest(network.lan, lan, "director", "rs1", "rs2", "past");
        setLargest(network.gateway, lan, "past");
        for (NetworkNamespace realserver : network.realservers) {
            setLargest(realserver, lan, "eth0");
        }
    }

    private static void setLargest(NetworkNamespace host, int bytes, String... ports)
            throws IOException, InterruptedException {
        for (String port : ports) {
            host.run("ip", "link", "set", "dev", port, "mtu", String.valueOf(bytes));
        }
    }

    /** Lets the kernel do in the director's place what it can. */
    void startKernel() throws IOException, InterruptedException {
        NetworkNamespace kernel = network.director;
        kernel.run("nft", "flush", "ruleset");
        kernel.run("sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv4.conf.all.rp_filter=0");
        kernel.run("sysctl", "-qw", "net.ipv4.conf.dpdk2.proxy_arp=1", "net.ipv4.conf.all.send_redirects=0");
        for (String own : List.of("10.0.96.253/24", "10.0.96.204/32", "10.0.96.205/32", "10.0.96.210/32")) {
            kernel.run("ip", "address", "add", own, "dev", "dpdk2");
        }
        for (String own : List.of("192.168.229.254/24", "192.168.229.204/32")) {
            kernel.run("ip", "address", "add", own, "dev", "dpdk0");
        }
        kernel.run("ip", "route", "add", "default", "via", "10.0.96.254");
        kernel.run("ip", "route", "add", "10.0.96.206/32", "via", "192.168.229.1");
        startKernelSix(kernel);
        kernel.run("nft", NFTABLES);
    }

    private static void startKernelSix(NetworkNamespace kernel) throws IOException, InterruptedException {
        for (String own : List.of("253/64", "204/128", "205/128", "210/128")) {
            TwoArmNetwork.ipv6(kernel, "dpdk2", "2001:db8:96::" + own);
        }
        for (String own : List.of("254/64", "204/128")) {
            TwoArmNetwork.ipv6(kernel, "dpdk0", "2001:db8:229::" + own);
        }
        kernel.run("sysctl", "-qw", "net.ipv6.conf.all.forwarding=1", "net.ipv6.conf.dpdk2.proxy_ndp=1");
        kernel.run("ip", "-6", "route", "add", "default", "via", "2001:db8:96::254");
        kernel.run("ip", "-6", "route", "add", "2001:db8:96::206/128", "via", "2001:db8:229::1");
        kernel.run("ip", "-6", "neighbour", "add", "proxy", "2001:db8:96::206", "dev", "dpdk2");
    }

    private static final String NFTABLES = """
            table ip reference {
                chain in {
                    type nat hook prerouting priority -100
                    ip daddr { 10.0.96.204, 10.0.96.205 } tcp dport 80 dnat to 192.168.229.1
                }
                chain out {
                    type nat hook postrouting priority 100
                    ct original ip daddr 10.0.96.204 snat to 192.168.229.204
                    oifname "dpdk2" ip saddr 192.168.229.0/24 snat to 10.0.96.210
                }
            }
            table ip6 reference {
                chain in {
                    type nat hook prerouting priority -100
                    ip6 daddr { 2001:db8:96::204, 2001:db8:96::205 } tcp dport 80 dnat to 2001:db8:229::1
                }
                chain out {
                    type nat hook postrouting priority 100
                    ct original ip6 daddr 2001:db8:96::204 snat to 2001:db8:229::204
                    oifname "dpdk2" ip6 saddr 2001:db8:229::/64 snat to 2001:db8:96::210
                }
            }
            """;

    /** Takes the kernel out again. */
    void stopKernel() throws IOException, InterruptedException {
        NetworkNamespace kernel = network.director;
        kernel.run("sysctl", "-qw", "net.ipv4.ip_forward=0", "net.ipv6.conf.all.forwarding=0");
        kernel.run("nft", "flush", "ruleset");
        for (String port : List.of("dpdk0", "dpdk2")) {
            network.keepKernelOff(port);
            kernel.run("ip", "address", "flush", "dev", port);
            kernel.run("sysctl", "-qw", "net.ipv6.conf." + port + ".disable_ipv6=1");
        }
    }

    /** The configuration of a director that does all of it. */
    static DirectorFiles files(int wan, int lan) {
        StringBuilder text = new StringBuilder("""
                static_ipaddress {
                    192.168.229.254/32 dev dpdk0
                    2001:db8:229::254/128 dev dpdk0
                    2001:db8:96::204/128 dev dpdk2
                    10.0.96.210/32 dev dpdk2
                    2001:db8:96::210/128 dev dpdk2
                """);
        List<TrafficMode> own = Arrays.stream(TrafficMode.values())
                .filter(mode -> !mode.outbound() && !mode.destination.endsWith("204"))
                .toList();
        for (TrafficMode mode : own) {
            String length = mode.destination.contains(":") ? "/128" : "/32";
            text.append("    ").append(mode.destination).append(length).append(" dev dpdk2\n");
        }
        text.append("""
                }
                static_routes {
                    2001:db8:96::/64 dev dpdk2
                    2001:db8:229::/64 dev dpdk0
                    ::/0 via 2001:db8:96::254 dev dpdk2
                }
                local_address_group laddr_six {
                    2001:db8:229::204 dpdk0
                }
                """);
        own.forEach(mode -> text.append(service(mode)));
        text.append(service(TrafficMode.FULLNAT_66));
        text.append(outbound("out", "inet", "192.168.229.0-192.168.229.255", "10.0.96.210"));
        text.append(outbound("out6", "inet6", "[2001:db8:229::-2001:db8:229::ffff]", "2001:db8:96::210"));
        return DirectorFiles.twoArm()
                .withMtu("dpdk2", wan)
                .withMtu("dpdk0", lan)
                .withKeepalived(text.toString());
    }

    private static String service(TrafficMode mode) {
        String locals = mode.realserver().contains(":") ? "laddr_six" : "laddr_g1";
        return """
                virtual_server %s 80 {
                    lb_algo rr
                    lb_kind %s
                    protocol TCP
                %s    real_server %s 80 {
                        weight 1
                    }
                }
                """.formatted(
                        mode.destination,
                        mode.kind(),
                        (mode.kind().equals("FNAT") ? "    laddr_group_name " + locals + "\n" : "")
                                + (mode.proxied() ? "    syn_proxy\n" : ""),
                        mode.realserver());
    }

    private static String outbound(String name, String family, String sources, String own) {
        return """
                virtual_server match %s {
                    ip_family %s
                    lb_algo rr
                    lb_kind SNAT
                    protocol TCP
                    src-range %s
                    oif dpdk2
                    real_server %s 0 {
                        weight 1
                    }
                }
                """.formatted(name, family, sources, own);
    }

    /** DPDK's arguments; frames of the driver hold packets of up to 9000 bytes where an MTU is above 1500. */
    static List<String> ports(int wan, int lan) {
        String frames = Math.max(wan, lan) > 1500 ? ",blocksz=36864,framesz=9216,framecnt=512" : "";
        return List.of(
                "--no-huge",
                "--no-pci",
                "--vdev=net_af_packet0,iface=dpdk0,qdisc_bypass=0" + frames,
                "--vdev=net_af_packet1,iface=dpdk2,qdisc_bypass=0" + frames);
    }

    @Override
    public void close() {
        network.close();
    }
}
