package io.twoarm.artifact;

import io.twoarm.artifact.KeepalivedProgramText.Dialect;
import io.twoarm.config.syntax.BlockWriter;
import io.twoarm.model.HealthCheck;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.time.Duration;
import java.util.Locale;

/** A {@code virtual_server} block for the programs called keepalived. */
final class KeepalivedServiceText {
    private final Topology topology;
    private final Dialect dialect;
    private final BlockWriter writer;

    KeepalivedServiceText(Topology topology, Dialect dialect, BlockWriter writer) {
        this.topology = topology;
        this.dialect = dialect;
        this.writer = writer;
    }

    void print(VirtualService service) {
        String object = "virtualServices." + service.name();
        RealserverPool pool = topology.realserverPool(service.realservers())
                .orElseThrow(() -> new GenerationException(
                        object + ".realservers", "there is no realserver pool called " + service.realservers()));
        writer.blankLine();
        writer.comment("Service " + service.name() + " for pool " + pool.name() + ".");
        writer.open("virtual_server " + IpLiteral.format(service.vip()) + " " + service.servicePort());
        writer.statement("protocol", service.protocol().name());
        writer.statement("lb_algo", service.scheduler().name().toLowerCase(Locale.ROOT));
        writer.statement("lb_kind", kind(service));
        if (service.mode() == VirtualService.ForwardingMode.FULLNAT) {
            writer.statement(
                    "laddr_group_name",
                    BlockWriter.word(service.localAddresses()
                            .orElseThrow(() -> new GenerationException(
                                    object + ".localAddresses",
                                    "a service in mode fullnat needs a local address pool"))));
        }
        clientAddress(service);
        if (service.synProxy()) {
            writer.statement("syn_proxy", "");
        }
        // DPVS has no word for packets, and the kernel's keepalived has none for either.
        if (dialect != Dialect.STOCK && service.traffic().bandwidth() > 0) {
            writer.statement("bps", Integer.toString(service.traffic().bandwidth()));
        }
        if (pool.check() instanceof HealthCheck.TcpConnect check) {
            writer.statement("delay_loop", seconds(check.interval()));
        }
        pool.members().forEach(member -> realServer(member, pool.check()));
        writer.close();
    }

    private String kind(VirtualService service) {
        return switch (service.mode()) {
            case FULLNAT -> {
                if (dialect == Dialect.STOCK) {
                    throw new GenerationException(
                            "virtualServices." + service.name() + ".mode",
                            "the kernel has no FullNAT; allowed with a director of kind ipvs is nat, dr or tunnel");
                }
                yield "FNAT";
            }
            case NAT -> "NAT";
            case DR -> "DR";
            case TUNNEL -> "TUN";
        };
    }

    private void clientAddress(VirtualService service) {
        switch (service.clientAddress()) {
            // DPVS adds TOA and UOA by itself, as dpvs.conf says.
            case NONE, TOA, UOA -> {}
            case PROXY_V2 -> writer.statement("proxy_protocol", "v2");
        }
    }

    private void realServer(RealserverPool.Member member, HealthCheck check) {
        writer.open("real_server " + IpLiteral.format(member.address()) + " " + member.port());
        writer.statement("weight", Integer.toString(member.weight()));
        writer.statement("inhibit_on_failure", "");
        if (check instanceof HealthCheck.TcpConnect tcp) {
            writer.open("TCP_CHECK");
            writer.statement("connect_port", Integer.toString(member.port()));
            writer.statement("connect_timeout", seconds(tcp.connectTimeout()));
            writer.statement("retry", Integer.toString(tcp.retries()));
            writer.statement("delay_before_retry", seconds(tcp.retryDelay()));
            writer.close();
        }
        writer.close();
    }

    /** DPVS's keepalived counts whole seconds; shorter times become one. */
    private String seconds(Duration time) {
        return dialect == Dialect.STOCK
                ? KeepalivedProgramText.seconds(time)
                : Long.toString(Math.ceilDiv(time.toMillis(), 1000L));
    }
}
