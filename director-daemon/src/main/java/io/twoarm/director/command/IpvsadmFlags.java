package io.twoarm.director.command;

import io.twoarm.director.scheduling.HashTarget;
import io.twoarm.director.scheduling.SchedulerKind;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.service.ServicePolicy;
import io.twoarm.director.service.TrafficLimits;

/** A virtual service's scheduler and flags, as the tables show them. */
final class IpvsadmFlags {
    private IpvsadmFlags() {}

    static String of(ServiceDefinition service) {
        ServicePolicy policy = service.policy();
        StringBuilder flags = new StringBuilder(policy.scheduler().keyword()).append(' ');
        if (policy.scheduler() == SchedulerKind.CONHASH) {
            flags.append(policy.hashTarget() == HashTarget.SOURCE ? "sip " : "qid ");
        }
        if (policy.hashTarget() == HashTarget.SOURCE_AND_PORT) {
            flags.append('(').append(policy.scheduler().keyword()).append("-port) ");
        }
        policy.persistence().ifPresent(persistence -> {
            flags.append("persistent ").append(persistence.time().toSeconds()).append(' ');
            if (persistence.prefixLength() < service.address().width()) {
                flags.append("mask ")
                        .append(
                                service.address().isIpv4()
                                        ? mask(persistence.prefixLength())
                                        : persistence.prefixLength())
                        .append(' ');
            }
        });
        if (policy.onePacket()) {
            flags.append("ops ");
        }
        if (policy.synProxy()) {
            flags.append("synproxy ");
        }
        service.establishTimeout()
                .ifPresent(time ->
                        flags.append("conn-timeout ").append(time.toSeconds()).append(' '));
        if (policy.connectionRate() > 0) {
            flags.append("conn-rate ").append(policy.connectionRate()).append(' ');
        }
        append(flags, policy.traffic());
        policy.endpointIndependent()
                .ifPresent(filter -> flags.append("endpoint-independent ")
                        .append(filter.keyword())
                        .append(' '));
        switch (service.clientAddress()) {
            case PROXY_V1 -> flags.append("ppv1 ");
            case PROXY_V2 -> flags.append("ppv2 ");
            case NONE, TOA, TOA_253 -> {
                // DPVS has no word for these.
            }
        }
        if (policy.expireQuiescent()) {
            flags.append("expire-quiescent ");
        }
        boolean bare = flags.indexOf(" ") == flags.length() - 1;
        return bare ? flags.toString() : flags.toString().stripTrailing();
    }

    private static void append(StringBuilder flags, TrafficLimits traffic) {
        if (traffic.megabits() > 0) {
            flags.append("bps ").append(traffic.megabits()).append("M ");
        }
        if (traffic.proportion() < TrafficLimits.WHOLE) {
            flags.append("limit-proportion ").append(traffic.proportion()).append(' ');
        }
        if (traffic.packets() > 0) {
            flags.append("packet-rate ").append(traffic.packets()).append(' ');
        }
    }

    private static String mask(int length) {
        int bits = length == 0 ? 0 : -1 << 32 - length;
        return (bits >>> 24) + "." + (bits >>> 16 & 255) + "." + (bits >>> 8 & 255) + "." + (bits & 255);
    }
}
