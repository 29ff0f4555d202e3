package io.twoarm.director;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.forward.ForwarderStatus;
import io.twoarm.director.log.DirectorLog;
import io.twoarm.director.report.Report;
import io.twoarm.director.service.RealserverDefinition;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/** Turns what a worker reports into lines of the log. */
final class ReportLog {
    /** Workers wake nobody for a report; a tenth of a second is soon enough for a line of the log. */
    private static final long PAUSE_MILLIS = 100;

    /** What every worker finds out by itself; only the first one's is told. */
    private static final Set<Report.Kind> OF_ALL =
            EnumSet.complementOf(EnumSet.of(Report.Kind.LOCAL_PORTS_EXHAUSTED, Report.Kind.SESSION_TABLE_FULL));

    private final List<ForwarderStatus> workers;
    private final IntFunction<String> ports;
    private final DirectorLog log;

    /**
     * @param workers the workers' forwarders, the first one's first
     * @param ports gives names by index
     */
    ReportLog(List<ForwarderStatus> workers, IntFunction<String> ports, DirectorLog log) {
        this.workers = List.copyOf(workers);
        this.ports = ports;
        this.log = log;
    }

    /** Carries reports to the log until interrupted; for a thread of its own. */
    void follow() {
        try {
            while (true) {
                workers.forEach(this::tell);
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(ForwarderStatus worker) {
        for (Optional<Report> report = worker.reports().poll();
                report.isPresent();
                report = worker.reports().poll()) {
            if (worker == workers.getFirst() || !OF_ALL.contains(report.get().kind())) {
                write(worker, report.get());
            }
        }
    }

    private void write(ForwarderStatus worker, Report report) {
        switch (report.kind()) {
            case REALSERVER_UP -> log.notice("realserver " + realserver(worker, report) + " is up");
            case REALSERVER_DOWN -> log.warning("realserver " + realserver(worker, report) + " is down");
            case LOCAL_PORTS_EXHAUSTED ->
                log.warning("no local port is free towards realserver " + realserver(worker, report)
                        + " from any of the service's local addresses. Add local addresses.");
            case SESSION_TABLE_FULL ->
                log.warning("the session table is full with " + report.subject()
                        + " sessions; raise conn_pool_size in dpvs.conf");
            case NAT64_BINDINGS_FULL ->
                log.warning("NAT64 has no room for more than " + report.subject()
                        + " bindings; raise bindings in nat64_defs of dpvs.conf and restart");
            case NAT64_SESSIONS_FULL ->
                log.warning("NAT64 has no room for more than " + report.subject()
                        + " sessions; raise sessions in nat64_defs of dpvs.conf and restart");
            case ADDRESS_CONFLICT ->
                log.error("the station " + mac(report.detail()) + " uses the director's address " + own(worker, report)
                        + " too");
            case ADDRESS_REFUSED ->
                log.error("the station " + mac(report.detail()) + " already has the address " + own(worker, report)
                        + "; the director does not use it. Give one of the two another address and restart.");
            case NEIGHBOUR_LOST ->
                log.warning("the neighbour " + new Ipv4Address((int) report.subject()) + " on "
                        + ports.apply((int) report.detail()) + " does not answer ARP any more");
            case WIDE_NEIGHBOUR_LOST ->
                log.warning("the neighbour " + new Ipv6Address(report.subject(), report.detail())
                        + " does not answer solicitations any more");
        }
    }

    private static String realserver(ForwarderStatus worker, Report report) {
        RealserverDefinition definition = worker.realserver((int) report.subject());
        return definition.address().withPort(definition.port());
    }

    private static IpAddress own(ForwarderStatus worker, Report report) {
        return worker.addresses().get((int) report.subject()).address();
    }

    private static String mac(long address) {
        return String.format("%012x", address).replaceAll("..(?!$)", "$0:");
    }
}
