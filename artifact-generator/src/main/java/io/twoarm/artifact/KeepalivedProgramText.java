package io.twoarm.artifact;

import io.twoarm.config.syntax.BlockWriter;
import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.Family;
import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.DirectorGroup.VrrpInstance;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Prefix;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code keepalived.conf} for the programs of that name: the distribution's, and DPVS's own. */
final class KeepalivedProgramText {
    /** Whose keepalived reads the file. */
    enum Dialect {
        /** keepalived 2.2 and 2.3: addresses and services are the kernel's. */
        STOCK,
        /** The same, for VRRP only: addresses and services are the bundled director's, which follows its states. */
        BUNDLED,
        /** The one in DPVS's tree, made from 2.0.19: addresses and services are DPVS's. */
        DPVS
    }

    /** Priorities of a group's members fall by this much, so that a script may lower one without a tie. */
    private static final int PRIORITY_STEP = 10;

    private static final int HIGHEST_PRIORITY = 100;

    private final Topology topology;
    private final Host.Director director;
    private final Dialect dialect;
    private final BlockWriter writer = new BlockWriter();

    KeepalivedProgramText(Topology topology, Host.Director director, Dialect dialect) {
        this.topology = topology;
        this.director = director;
        this.dialect = dialect;
    }

    String print() {
        FileHeader.lines(
                        topology,
                        director,
                        switch (dialect) {
                            case STOCK -> "Virtual addresses and services (keepalived.conf of keepalived 2.2).";
                            case BUNDLED ->
                                "Who has the virtual addresses (keepalived.conf of keepalived 2.2, VRRP only).";
                            case DPVS -> "Virtual addresses and services (keepalived.conf of DPVS's keepalived).";
                        })
                .forEach(writer::comment);
        global();
        switch (dialect) {
            case STOCK -> staticAddresses();
            case DPVS -> topology.localAddressPoolsOf(director).forEach(this::localAddresses);
            case BUNDLED -> {}
        }
        Optional<DirectorGroup> group = topology.groupOf(director);
        group.ifPresent(this::redundancy);
        if (dialect != Dialect.BUNDLED) {
            topology.servicesOf(director).forEach(this::service);
        }
        if (dialect == Dialect.DPVS) {
            topology.natGatewaysOf(director).forEach(this::natGateway);
        }
        return writer.print();
    }

    private void global() {
        writer.blankLine().open("global_defs");
        writer.statement("router_id", BlockWriter.word(director.name()));
        if (dialect == Dialect.BUNDLED) {
            writer.comment("The director makes its interfaces of the kernel at each start: they come and go.");
            writer.statement("dynamic_interfaces", "");
            writer.comment("Through this the director hears who is master.");
            writer.statement("vrrp_notify_fifo", DirectorArtifacts.NOTIFY_FIFO);
        }
        if (vrrp().isPresent()) {
            writer.comment(
                    "After a split network, the director that stays master announces its addresses again, so that"
                            + " neighbours do not keep the other one's MAC address.");
            writer.statement("vrrp_higher_prio_send_advert", "true");
            writer.statement("vrrp_garp_lower_prio_repeat", "5");
        }
        if (tellsConnections()) {
            writer.comment("Who runs the script of the sync group; it talks to conntrackd.");
            writer.statement("script_user", "root");
            writer.comment("No script that others than root could change is run.");
            writer.statement("enable_script_security", "");
        }
        balancedConnections();
        writer.close();
    }

    /** IPVS keeps connections of its own, apart from the kernel's other ones, and tells them by itself. */
    private void balancedConnections() {
        Optional<DirectorGroup> group = topology.groupOf(director);
        Optional<String> port = group.flatMap(ConnectionSync::syncPort);
        boolean balances = dialect == Dialect.STOCK
                && topology.servicesOf(director).anyMatch(service -> isMoved(service.director()));
        if (port.isPresent() && balances) {
            writer.comment("Balanced connections are told to the other members, by whoever is master.");
            writer.statement(
                    "lvs_sync_daemon",
                    port.get() + " "
                            + BlockWriter.word(
                                    group.get().instances().getFirst().name()) + " id "
                            + group.get().instances().getFirst().virtualRouterId());
        }
    }

    private boolean tellsConnections() {
        return dialect == Dialect.STOCK && ConnectionSync.of(topology, director).isPresent();
    }

    private Optional<Redundancy.Vrrp> vrrp() {
        return topology.groupOf(director)
                .map(DirectorGroup::redundancy)
                .filter(Redundancy.Vrrp.class::isInstance)
                .map(Redundancy.Vrrp.class::cast);
    }

    /** VIPs that no VRRP instance moves: the kernel has them from the start. */
    private void staticAddresses() {
        Map<InetAddress, String> addresses = new LinkedHashMap<>();
        topology.servicesOf(director)
                .filter(service -> !isMoved(service.director()))
                .forEach(service -> addresses.put(service.vip(), viaLoopback(service) ? "lo" : service.port()));
        topology.natGatewaysOf(director)
                .filter(gateway -> !isMoved(gateway.director()))
                .forEach(gateway -> gateway.addresses().forEach(own -> addresses.put(own, gateway.port())));
        director.ports().stream()
                .flatMap(port -> port.addresses().stream())
                .forEach(own -> addresses.remove(own.address()));
        if (addresses.isEmpty()) {
            return;
        }
        writer.blankLine().open("static_ipaddress");
        addresses.forEach((address, device) -> writer.statement(single(address) + " dev " + device, ""));
        writer.close();
    }

    /** VIPs that are announced by BGP belong to no wire. */
    private boolean viaLoopback(VirtualService service) {
        return topology.directorGroup(service.director())
                .filter(group -> group.redundancy() instanceof Redundancy.Ecmp)
                .isPresent();
    }

    private boolean isMoved(String owner) {
        return topology.directorGroup(owner)
                .filter(group -> group.redundancy() instanceof Redundancy.Vrrp)
                .isPresent();
    }

    private void localAddresses(LocalAddressPool pool) {
        writer.blankLine();
        if (topology.directorGroup(pool.director()).isPresent()) {
            writer.comment("This director's own share: answers to a LIP must find the director that has the session.");
        }
        writer.open("local_address_group " + BlockWriter.word(pool.name()));
        pool.addresses().forEach(address -> writer.statement(IpLiteral.format(address), pool.port()));
        writer.close();
    }

    private void redundancy(DirectorGroup group) {
        switch (group.redundancy()) {
            case Redundancy.Vrrp vrrp -> {
                if (vrrp.instances().size() > 1 || tellsConnections()) {
                    writer.blankLine();
                    writer.comment("All arms move together: a director with half of its addresses would lose packets.");
                    writer.open("vrrp_sync_group " + BlockWriter.word(group.name()));
                    writer.open("group");
                    vrrp.instances().forEach(instance -> writer.statement(BlockWriter.word(instance.name()), ""));
                    writer.close();
                    connections();
                    writer.close();
                }
                vrrp.instances().forEach(instance -> instance(group, vrrp, instance));
            }
            case Redundancy.Ecmp _ -> {}
        }
    }

    /** Connections change hands with the addresses. */
    private void connections() {
        if (!tellsConnections()) {
            return;
        }
        String script = "\"/bin/sh " + ConnectionSync.ROLE_SCRIPT + " ";
        writer.comment("Connections change hands with the addresses.");
        writer.statement("notify_master", script + "primary\"");
        writer.statement("notify_backup", script + "backup\"");
        writer.statement("notify_fault", script + "fault\"");
    }

    private void instance(DirectorGroup group, Redundancy.Vrrp vrrp, VrrpInstance instance) {
        boolean preferred = group.members().getFirst().equals(director.name());
        boolean version2 = instance.family() == Family.IPV4 && isWholeSeconds(vrrp.advertInterval());
        writer.blankLine().open("vrrp_instance " + BlockWriter.word(instance.name()));
        writer.statement("state", preferred && vrrp.preempt() ? "MASTER" : "BACKUP");
        writer.statement("interface", dialect == Dialect.STOCK ? instance.port() : KernelTwin.name(instance.port()));
        if (dialect == Dialect.DPVS) {
            writer.statement("dpdk_interface", instance.port());
        }
        writer.statement("virtual_router_id", Integer.toString(instance.virtualRouterId()));
        writer.statement("priority", Integer.toString(priority(group)));
        if (!version2) {
            writer.statement("version", "3");
        }
        writer.statement("advert_int", seconds(vrrp.advertInterval()));
        if (!vrrp.preempt()) {
            writer.statement("nopreempt", "");
        }
        Optional<String> password = vrrp.password().filter(_ -> version2);
        if (password.isPresent()) {
            writer.open("authentication");
            writer.statement("auth_type", "PASS");
            writer.statement("auth_pass", password.get());
            writer.close();
        }
        Set<String> tracked = trackedInterfaces(instance);
        if (!tracked.isEmpty()) {
            writer.comment("The other arms: without one of them this director cannot serve.");
            writer.open("track_interface");
            tracked.forEach(name -> writer.statement(name, ""));
            writer.close();
        }
        writer.open("virtual_ipaddress");
        VrrpAddresses.of(topology, group, instance)
                .forEach(address ->
                        writer.statement(dialect == Dialect.DPVS ? IpLiteral.format(address) : single(address), ""));
        writer.close().close();
    }

    private int priority(DirectorGroup group) {
        int position = group.members().indexOf(director.name());
        return Math.max(1, HIGHEST_PRIORITY - PRIORITY_STEP * position);
    }

    /** Interfaces of the kernel on the director's other arms: ports of pools, and of the group's other instances. */
    private Set<String> trackedInterfaces(VrrpInstance instance) {
        Set<String> names = new LinkedHashSet<>();
        topology.localAddressPoolsOf(director).map(LocalAddressPool::port).forEach(names::add);
        vrrp().ifPresent(vrrp -> vrrp.instances().forEach(other -> names.add(other.port())));
        names.remove(instance.port());
        return names.stream()
                .flatMap(name -> director.port(name).stream())
                .filter(port ->
                        dialect == Dialect.STOCK || !port.kernelAddresses().isEmpty())
                .map(port -> dialect == Dialect.STOCK ? port.name() : KernelTwin.name(port.name()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void service(VirtualService service) {
        new KeepalivedServiceText(topology, dialect, writer).print(service);
    }

    /** One match service for each protocol and network, because a match names one of each. */
    private void natGateway(NatGateway gateway) {
        for (int i = 0; i < gateway.sources().size(); i++) {
            for (String protocol : List.of("TCP", "UDP", "ICMP")) {
                writer.blankLine();
                writer.open(
                        "virtual_server match " + gateway.name() + "-" + i + "-" + protocol.toLowerCase(Locale.ROOT));
                writer.statement("protocol", protocol);
                writer.statement("lb_algo", "rr");
                writer.statement("lb_kind", "SNAT");
                writer.statement("src-range", span(gateway.sources().get(i)));
                writer.statement("oif", gateway.port());
                for (InetAddress address : gateway.addresses()) {
                    writer.open("real_server " + IpLiteral.format(address) + " 0");
                    writer.statement("weight", "1");
                    writer.close();
                }
                writer.close();
            }
        }
    }

    static boolean isWholeSeconds(Duration time) {
        return time.toNanosPart() == 0;
    }

    /** Seconds without needless digits. */
    static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    /** A network as its first and last address. */
    private static String span(Prefix network) {
        return IpLiteral.format(network.network()) + "-" + IpLiteral.format(network.last());
    }

    private static String single(InetAddress address) {
        return IpLiteral.format(address) + "/" + IpLiteral.bits(address);
    }
}
