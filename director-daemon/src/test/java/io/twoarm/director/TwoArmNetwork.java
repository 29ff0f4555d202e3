package io.twoarm.director;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A client behind a gateway, a director with two arms, and two realservers with nginx:
 *
 * <pre>
 * client 172.16.0.1 - gateway 172.16.0.254 / 10.0.96.254 - dpdk2 director dpdk0 - switch - rs1 192.168.229.1
 *                                                                                       \- rs2 192.168.229.2
 * </pre>
 *
 * The realservers have no route to the client: all that they see are the director's local addresses.
 */
final class TwoArmNetwork implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(180);

    private final List<AutoCloseable> opened = new ArrayList<>();
    final NetworkNamespace client;
    final NetworkNamespace gateway;
    final NetworkNamespace director;
    final NetworkNamespace lan;
    final List<NetworkNamespace> realservers = new ArrayList<>();

    /** What the director's two arms are made of. */
    interface Wiring {
        /** Joins two namespaces. @return what ends the wire, or nothing to close */
        AutoCloseable join(NetworkNamespace one, String oneInterface, NetworkNamespace other, String otherInterface)
                throws IOException, InterruptedException;

        /** By wires that lose nothing. */
        static Wiring sound() {
            return (one, oneInterface, other, otherInterface) -> {
                NetworkNamespace.connect(one, oneInterface, other, otherInterface);
                return () -> {};
            };
        }
    }

    /** @param folder for files of the servers */
    TwoArmNetwork(Path folder) throws IOException, InterruptedException {
        this(folder, Wiring.sound());
    }

    /** @param folder for files of the servers */
    TwoArmNetwork(Path folder, Wiring arms) throws IOException, InterruptedException {
        try {
            client = open("client");
            gateway = open("gateway");
            director = open("director");
            lan = open("switch");
            NetworkNamespace.connect(client, "eth0", gateway, "inside");
            opened.add(arms.join(gateway, "wan", director, "dpdk2"));
            opened.add(arms.join(director, "dpdk0", lan, "director"));
            client.run("ip", "address", "add", "172.16.0.1/24", "dev", "eth0");
            client.run("ip", "route", "add", "default", "via", "172.16.0.254");
            gateway.run("ip", "address", "add", "172.16.0.254/24", "dev", "inside");
            gateway.run("ip", "address", "add", "10.0.96.254/24", "dev", "wan");
            gateway.run("sysctl", "-qw", "net.ipv4.ip_forward=1");
            lan.run("ip", "link", "add", "name", "br-lan", "type", "bridge");
            lan.run("ip", "link", "set", "dev", "br-lan", "up");
            lan.run("ip", "link", "set", "dev", "director", "master", "br-lan");
            keepKernelOff("dpdk0");
            keepKernelOff("dpdk2");
            for (int i = 1; i <= 2; i++) {
                addRealserver(i, folder);
            }
        } catch (IOException | InterruptedException | AssertionError e) {
            close();
            throw e;
        }
    }

    /** Adds IPv6 beside IPv4: client 2001:db8:172::1, gateway 2001:db8:96::254, realservers 2001:db8:229::1 and ::2. */
    void addIpv6() throws IOException, InterruptedException {
        ipv6(client, "eth0", "2001:db8:172::1/64");
        ipv6(gateway, "inside", "2001:db8:172::254/64");
        ipv6(gateway, "wan", "2001:db8:96::254/64");
        gateway.run("sysctl", "-qw", "net.ipv6.conf.all.forwarding=1");
        client.run("ip", "-6", "route", "add", "default", "via", "2001:db8:172::254");
        for (int i = 0; i < realservers.size(); i++) {
            ipv6(realservers.get(i), "eth0", "2001:db8:229::" + (i + 1) + "/64");
        }
    }

    /**
     * Makes both wires of the director trunks of two: dpdk0 with dpdk1, dpdk2 with dpdk3.
     *
     * @param mode as DPDK's bonding has it: 0 or 4
     */
    void trunks(int mode) throws IOException, InterruptedException {
        NetworkNamespace.connect(director, "dpdk1", lan, "director2");
        lan.run("ip", "link", "set", "dev", "director2", "master", "br-lan");
        gateway.run("ip", "link", "add", "name", "br-wan", "type", "bridge");
        gateway.run("ip", "address", "del", "10.0.96.254/24", "dev", "wan");
        gateway.run("ip", "address", "add", "10.0.96.254/24", "dev", "br-wan");
        NetworkNamespace.connect(director, "dpdk3", gateway, "wan2");
        gateway.run("ip", "link", "set", "dev", "wan", "master", "br-wan");
        gateway.run("ip", "link", "set", "dev", "wan2", "master", "br-wan");
        gateway.run("ip", "link", "set", "dev", "br-wan", "up");
        keepKernelOff("dpdk1");
        keepKernelOff("dpdk3");
        trunk(lan, mode, "director", "director2");
        trunk(gateway, mode, "wan", "wan2");
    }

    /** The lab's program for a switch's side of a trunk. */
    private void trunk(NetworkNamespace namespace, int mode, String one, String other) throws IOException {
        Path program = Path.of(System.getProperty("twoarm.root"), "local-lab/src/main/resources/io/twoarm/lab/trunk");
        Process running = namespace
                .command("perl", program.toString(), String.valueOf(mode), one, other)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        opened.add(() -> running.destroyForcibly().onExit().join());
        assertThat(running.inputReader().readLine()).isEqualTo("ready");
    }

    static void ipv6(NetworkNamespace namespace, String port, String address) throws IOException, InterruptedException {
        for (String name : List.of("all", port)) {
            namespace.run("sysctl", "-qw", "net.ipv6.conf." + name + ".disable_ipv6=0");
        }
        namespace.run("ip", "address", "add", address, "dev", port, "nodad");
    }

    private NetworkNamespace open(String name) throws IOException {
        NetworkNamespace namespace = NetworkNamespace.create(name);
        opened.add(namespace);
        return namespace;
    }

    /** The director's kernel must not answer for itself on the wires of the dataplane. */
    void keepKernelOff(String port) throws IOException, InterruptedException {
        director.run("nft", """
                table netdev %1$s {
                    chain in {
                        type filter hook ingress device "%1$s" priority 0; policy drop;
                    }
                }
                """.formatted(port));
    }

    private void addRealserver(int number, Path folder) throws IOException, InterruptedException {
        NetworkNamespace realserver = open("rs" + number);
        NetworkNamespace.connect(lan, "rs" + number, realserver, "eth0");
        lan.run("ip", "link", "set", "dev", "rs" + number, "master", "br-lan");
        realserver.run("ip", "address", "add", "192.168.229." + number + "/24", "dev", "eth0");
        realservers.add(realserver);
        startNginx(realserver, "rs" + number, "192.168.229." + number, folder);
    }

    /** Starts nginx in a namespace and waits for it; it serves the folder, and stores in its {@code up} what is sent there. */
    void startNginx(NetworkNamespace host, String name, String address, Path folder)
            throws IOException, InterruptedException {
        Path home = Files.createDirectories(folder.resolve(name));
        Files.writeString(home.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                user root;
                pid %1$s/pid;
                error_log %1$s/error.log;
                events {}
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    client_max_body_size 0;
                    server {
                        listen 8080 proxy_protocol;
                        root %2$s;
                        location = / {
                            return 200 "$proxy_protocol_addr $proxy_protocol_server_addr:$proxy_protocol_server_port\\n";
                        }
                        location /up/ {
                            client_body_in_file_only clean;
                            dav_methods PUT;
                            create_full_put_path on;
                        }
                    }
                    server {
                        listen 80;
                        listen [::]:80;
                        root %2$s;
                        location = / {
                            return 200 "$server_addr $remote_addr:$remote_port\\n";
                        }
                        location /up/ {
                            client_body_in_file_only clean;
                            dav_methods PUT;
                            create_full_put_path on;
                        }
                    }
                }
                """.formatted(home, folder));
        Process nginx = host.command("nginx", "-c", home.resolve("nginx.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("nginx.log").toFile())
                .start();
        opened.add(() -> nginx.destroyForcibly().onExit().join());
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (host.tryRun("curl", "-sS", "http://" + address + "/").status() != 0) {
            assertThat(System.nanoTime())
                    .as("nginx of %s answers; packages: apt-get install nginx curl", name)
                    .isLessThan(end);
        }
    }

    @Override
    public void close() {
        for (AutoCloseable resource : opened.reversed()) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}
