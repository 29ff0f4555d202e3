package io.twoarm.config.keepalived;

import io.twoarm.config.AddressLiteral;
import io.twoarm.config.PrintStyle;
import io.twoarm.config.syntax.BlockWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Prints a model; every value in effect is written out where it applies. */
final class KeepalivedPrinter {
    private final PrintStyle style;
    private final BlockWriter writer = new BlockWriter();
    private final Set<Keyword> explained = new HashSet<>();

    KeepalivedPrinter(PrintStyle style) {
        this.style = style;
    }

    String print(KeepalivedConf conf) {
        style.header().forEach(writer::comment);
        if (conf.routerId().isPresent() || conf.notifyFifo().isPresent()) {
            open("", "global_defs", "");
            conf.routerId().ifPresent(id -> statement("global_defs", "router_id", BlockWriter.word(id)));
            conf.notifyFifo().ifPresent(path -> statement("global_defs", "vrrp_notify_fifo", BlockWriter.word(path)));
            writer.close();
        }
        if (!conf.staticAddresses().isEmpty()) {
            open("", "static_ipaddress", "");
            conf.staticAddresses().forEach(this::print);
            writer.close();
        }
        if (!conf.staticRoutes().isEmpty()) {
            open("", "static_routes", "");
            conf.staticRoutes().forEach(this::print);
            writer.close();
        }
        conf.vrrpInstances().forEach(this::print);
        conf.localAddressGroups().forEach(this::print);
        conf.accessGroups().forEach(this::print);
        conf.virtualServerGroups().forEach(this::print);
        conf.virtualServers().forEach(this::print);
        return writer.print();
    }

    private void print(StaticAddress address) {
        writer.statement(
                AddressLiteral.print(address.address()) + "/" + address.prefixLength() + " dev "
                        + BlockWriter.word(address.device()),
                "");
    }

    private void print(StaticRoute route) {
        StringBuilder line = new StringBuilder();
        boolean wide = route.destination().address().getAddress().length > 4;
        boolean byName =
                route.destination().isDefault() && (!wide || route.gateway().isPresent());
        line.append(byName ? "default" : route.destination().toString());
        route.gateway().ifPresent(gateway -> line.append(" via ").append(AddressLiteral.print(gateway)));
        route.device().ifPresent(device -> line.append(" dev ").append(BlockWriter.word(device)));
        route.source().ifPresent(source -> line.append(" src ").append(AddressLiteral.print(source)));
        route.mtu().ifPresent(mtu -> line.append(" mtu ").append(mtu));
        if (route.kernel()) {
            line.append(" scope kni_host");
        }
        if (route.metric() != 0) {
            line.append(" metric ").append(route.metric());
        }
        writer.statement(line.toString(), "");
    }

    private void print(VrrpInstance instance) {
        String context = "vrrp_instance";
        open("", context, instance.name());
        statement(context, "dpdk_interface", BlockWriter.word(instance.device()));
        explain(context, "virtual_ipaddress");
        writer.open("virtual_ipaddress");
        instance.addresses().forEach(address -> writer.statement(AddressLiteral.print(address), ""));
        writer.close();
        writer.close();
    }

    private void print(LocalAddressGroup group) {
        open("", "local_address_group", group.name());
        group.entries().forEach(entry -> writer.statement(entry.range().print(), BlockWriter.word(entry.device())));
        writer.close();
    }

    private void print(AccessGroup group) {
        open("", group.kind().block(), group.name());
        group.members().forEach(member -> writer.statement(member.print(), ""));
        writer.close();
    }

    private void print(VirtualServerGroup group) {
        open("", "virtual_server_group", group.name());
        group.entries().forEach(entry -> writer.statement(entry.range().print(), String.valueOf(entry.port())));
        writer.close();
    }

    private void print(VirtualServer server) {
        String context = "virtual_server";
        switch (server.target()) {
            case VirtualServer.Target.Single single ->
                openPlain(context, AddressLiteral.print(single.vip()) + " " + single.port());
            case VirtualServer.Target.Group group -> openPlain(context, "group " + BlockWriter.word(group.name()));
            case VirtualServer.Target.Match match -> openPlain(context, "match " + BlockWriter.word(match.name()));
        }
        if (server.target() instanceof VirtualServer.Target.Match match) {
            match.source().ifPresent(range -> statement(context, "src-range", range.print()));
            match.destination().ifPresent(range -> statement(context, "dst-range", range.print()));
            match.inDevice().ifPresent(device -> statement(context, "iif", BlockWriter.word(device)));
            match.outDevice().ifPresent(device -> statement(context, "oif", BlockWriter.word(device)));
        }
        statement(context, "protocol", server.protocol().name());
        statement(context, "lb_algo", server.scheduler().keyword());
        statement(context, "lb_kind", server.method().words());
        server.localAddressGroup().ifPresent(name -> statement(context, "laddr_group_name", BlockWriter.word(name)));
        statement(context, "delay_loop", seconds(server.delayLoop()));
        server.establishTimeout().ifPresent(seconds -> statement(context, "establish_timeout", seconds.toString()));
        print(server.options(), server.scheduler());
        if (server.clientAddress() != ClientAddress.TOA) {
            statement(
                    context,
                    server.clientAddress().statement(),
                    server.clientAddress().keyword());
        }
        server.realServers().forEach(realServer -> print(realServer, server));
        writer.close();
    }

    private void print(ServiceOptions options, Scheduler scheduler) {
        String context = "virtual_server";
        if (options.hashTarget() == HashTarget.SIP_AND_PORT) {
            statement(context, scheduler.keyword() + "-port", "");
        } else if (options.hashTarget() != HashTarget.SIP) {
            statement(context, "hash_target", options.hashTarget().keyword());
        }
        options.persistence().ifPresent(persistence -> {
            statement(context, "persistence_timeout", String.valueOf(persistence.seconds()));
            statement(context, "persistence_granularity", String.valueOf(persistence.prefixLength()));
        });
        if (options.onePacket()) {
            statement(context, "ops", "");
        }
        if (options.synProxy()) {
            statement(context, "syn_proxy", "");
        }
        if (options.expireQuiescent()) {
            statement(context, "expire_quiescent_conn", "");
        }
        options.connectionRate().ifPresent(rate -> statement(context, "connection_rate", String.valueOf(rate)));
        print(options.traffic());
        options.endpointIndependent().ifPresent(filter -> statement(context, "endpoint_independent", filter.keyword()));
        for (AccessGroup.Kind kind : AccessGroup.Kind.values()) {
            options.accessGroup(kind).ifPresent(name -> statement(context, kind.reference(), BlockWriter.word(name)));
        }
        options.sorryServer()
                .ifPresent(server -> statement(
                        context, "sorry_server", AddressLiteral.print(server.address()) + " " + server.port()));
    }

    private void print(TrafficLimits limits) {
        String context = "virtual_server";
        if (limits.megabits() > 0) {
            statement(context, "bps", String.valueOf(limits.megabits()));
        }
        if (limits.proportion() < TrafficLimits.WHOLE) {
            statement(context, "limit_proportion", String.valueOf(limits.proportion()));
        }
        if (limits.packets() > 0) {
            statement(context, "packet_rate", String.valueOf(limits.packets()));
        }
    }

    private void print(RealServer realServer, VirtualServer server) {
        String context = "real_server";
        explain("virtual_server", context);
        writer.open(context + " " + AddressLiteral.print(realServer.address()) + " " + realServer.port());
        statement(context, "weight", String.valueOf(realServer.weight()));
        if (realServer.inhibitOnFailure()) {
            statement(context, "inhibit_on_failure", "");
        }
        if (realServer.limits().upper() != 0) {
            statement(context, "uthreshold", String.valueOf(realServer.limits().upper()));
        }
        if (realServer.limits().lower() != 0) {
            statement(context, "lthreshold", String.valueOf(realServer.limits().lower()));
        }
        realServer.check().ifPresent(check -> print(check, server));
        writer.close();
    }

    private void print(TcpCheck check, VirtualServer server) {
        String context = "TCP_CHECK";
        explain("real_server", context);
        writer.open(context);
        check.connectIp().ifPresent(address -> statement(context, "connect_ip", AddressLiteral.print(address)));
        check.connectPort().ifPresent(port -> statement(context, "connect_port", port.toString()));
        statement(context, "connect_timeout", seconds(check.connectTimeout()));
        statement(context, "retry", String.valueOf(check.retry()));
        statement(context, "delay_before_retry", seconds(check.delayBeforeRetry()));
        if (!check.interval().equals(server.delayLoop())) {
            statement(context, "delay_loop", seconds(check.interval()));
        }
        writer.close();
    }

    private void open(String context, String keyword, String name) {
        writer.blankLine();
        explain(context, keyword);
        writer.open(name.isEmpty() ? keyword : keyword + " " + BlockWriter.word(name));
    }

    private void openPlain(String keyword, String target) {
        writer.blankLine();
        explain("", keyword);
        writer.open(keyword + " " + target);
    }

    private void statement(String context, String keyword, String value) {
        explain(context, keyword);
        writer.statement(keyword, value);
    }

    private void explain(String context, String name) {
        Keyword keyword = KeepalivedKeywords.find(context, name).orElseThrow();
        if (style.explained() && explained.add(keyword)) {
            writer.comment(keyword.about());
            if (!keyword.values().isEmpty()) {
                writer.comment("Allowed: " + keyword.values() + ".");
            }
        }
    }

    /** Seconds without needless digits: 3, or 0.5. */
    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos() / 1000, 6)
                .stripTrailingZeros()
                .toPlainString();
    }
}
