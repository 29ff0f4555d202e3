package io.twoarm.director.command;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.control.DirectorView;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.scheduling.HashTarget;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.service.ServicePolicy;
import io.twoarm.director.service.TrafficLimits;

/** Virtual services as {@code ipvsadm -S} tells them: commands that make the same ones again. */
final class IpvsadmSaved {
    private IpvsadmSaved() {}

    /** DPVS leaves local addresses out; without them nothing would pass. */
    static void append(StringBuilder out, ServiceDefinition service, DirectorView.Running director) {
        String name = service.match()
                .map(match -> "-H " + match.option(director::portName))
                .orElseGet(() -> letter(service.protocol()) + " "
                        + (service.port() == 0
                                ? service.address().toString()
                                : service.address().withPort(service.port())));
        out.append("-A ").append(name).append(" -s ").append(saved(service)).append('\n');
        for (RealserverDefinition server : service.realservers()) {
            out.append("-a %s -r %s %s -w %d"
                    .formatted(
                            name,
                            server.address().withPort(server.port()),
                            server.mode().option(),
                            server.weight()));
            if (server.limits().upper() != 0) {
                out.append(" -x %d -y %d"
                        .formatted(server.limits().upper(), server.limits().lower()));
            }
            out.append('\n');
        }
        service.access().denied().forEach(subject -> out.append("-U %s -k %s%n".formatted(name, subject)));
        service.access().allowed().forEach(subject -> out.append("-O %s -2 %s%n".formatted(name, subject)));
        for (IpAddress local : service.localAddresses()) {
            director.tables().addresses().stream()
                    .filter(own -> own.address().equals(local))
                    .findFirst()
                    .ifPresent(own ->
                            out.append("-P %s -z %s -F %s%n".formatted(name, local, director.portName(own.port()))));
        }
    }

    private static String letter(Protocol protocol) {
        return switch (protocol) {
            case TCP -> "-t";
            case UDP -> "-u";
            case SCTP -> "--sctp-service";
            case ICMP -> "-q";
            case ICMPV6 -> "-1";
        };
    }

    private static String saved(ServiceDefinition service) {
        ServicePolicy policy = service.policy();
        StringBuilder text = new StringBuilder(policy.scheduler().keyword());
        if (policy.hashTarget() == HashTarget.SOURCE_AND_PORT) {
            text.append(" --sched-flags ").append(policy.scheduler().keyword()).append("-port");
        } else if (policy.hashTarget() != HashTarget.SOURCE) {
            text.append(" --hash-target ").append(policy.hashTarget().keyword());
        }
        policy.persistence().ifPresent(persistence -> {
            text.append(" -p ").append(persistence.time().toSeconds());
            if (persistence.prefixLength() < service.address().width()) {
                text.append(" -M ").append(persistence.prefixLength());
            }
        });
        if (policy.onePacket()) {
            text.append(" --ops");
        }
        if (policy.synProxy()) {
            text.append(" -j enable");
        }
        service.establishTimeout()
                .ifPresent(time -> text.append(" --conn-timeout ").append(time.toSeconds()));
        if (policy.connectionRate() > 0) {
            text.append(" --conn-rate ").append(policy.connectionRate());
        }
        TrafficLimits traffic = policy.traffic();
        if (traffic.megabits() > 0) {
            text.append(" --bps ").append(traffic.megabits());
        }
        if (traffic.proportion() < TrafficLimits.WHOLE) {
            text.append(" --limit-proportion ").append(traffic.proportion());
        }
        if (traffic.packets() > 0) {
            text.append(" --packet-rate ").append(traffic.packets());
        }
        policy.endpointIndependent()
                .ifPresent(filter -> text.append(" --endpoint-independent ").append(filter.keyword()));
        switch (service.clientAddress()) {
            case PROXY_V1 -> text.append(" --proxy-protocol v1");
            case PROXY_V2 -> text.append(" --proxy-protocol v2");
            case NONE, TOA, TOA_253 -> {
                // DPVS has no option for these.
            }
        }
        if (policy.expireQuiescent()) {
            text.append(" --expire-quiescent");
        }
        return text.toString();
    }
}
