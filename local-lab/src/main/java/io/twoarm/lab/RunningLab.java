package io.twoarm.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A lab that is up. Its hosts are reached by SSH only; its wires can be listened to. */
public final class RunningLab implements AutoCloseable {
    private final RunDirectory run;
    private final int number;
    private final LabMode mode;
    private final List<LabHost> hosts;
    private final Duration startTime;
    /** Kept because its standard input is what an owned lab lives by; empty when another process started the lab. */
    private final Optional<Process> keeper;

    private RunningLab(RunDirectory run, Optional<Process> keeper, Duration startTime) {
        this.run = run;
        this.number = run.number();
        this.mode = run.mode();
        this.hosts = run.hosts();
        this.keeper = keeper;
        this.startTime = startTime;
    }

    static RunningLab started(RunDirectory run, Process keeper, Duration startTime) {
        return new RunningLab(run, Optional.of(keeper), startTime);
    }

    static RunningLab found(RunDirectory run) {
        return new RunningLab(run, Optional.empty(), Duration.ZERO);
    }

    public String name() {
        return run.name();
    }

    /** 0 to 255: the hosts answer at 127.77.number.1 and up. */
    public int number() {
        return number;
    }

    public LabMode mode() {
        return mode;
    }

    /** How long it took until every host was ready; zero for a lab that was found running. */
    public Duration startTime() {
        return startTime;
    }

    /** In the topology's order. */
    public List<LabHost> hosts() {
        return hosts;
    }

    public Optional<LabHost> host(String name) {
        return hosts.stream().filter(host -> host.name().equals(name)).findFirst();
    }

    public boolean running() {
        return run.isRunning();
    }

    /** Where each host is now, in the topology's order; all are gone when the lab has ended. */
    public Map<String, HostStatus> status() {
        return run.statuses(hosts);
    }

    /**
     * Listens to all frames of a segment, at its bridge.
     *
     * @param filter an expression as of pcap-filter(7); empty for everything
     */
    public Capture captureSegment(String segment, String filter) {
        LabPlan plan = run.plan();
        String bridge = plan.bridges().stream()
                .filter(one -> one.segment().equals(segment))
                .findFirst()
                .orElseThrow(() -> new LabException(
                        "there is no segment \"" + segment + "\"",
                        "lab " + name(),
                        "use one of "
                                + plan.bridges().stream()
                                        .map(LabPlan.Bridge::segment)
                                        .collect(Collectors.joining(", "))))
                .name();
        return Capture.start(run, mode, bridge, filter);
    }

    /**
     * Listens to what passes a host's port, at the other end of its cable: what the host sends and receives, whatever
     * drives the port.
     *
     * @param filter an expression as of pcap-filter(7); empty for everything
     */
    public Capture capturePort(String host, String port, String filter) {
        return vlan(host, port)
                .map(vlan -> Capture.start(
                        run,
                        mode,
                        nic(host, vlan.link()).wireEnd(),
                        "vlan " + vlan.number() + (filter.isBlank() ? "" : " and (" + filter + ")")))
                .orElseGet(() -> Capture.start(run, mode, nic(host, port).wireEnd(), filter));
    }

    private Optional<LabVlan> vlan(String host, String port) {
        return run.plan().vlans().stream()
                .filter(vlan -> vlan.host().equals(host) && vlan.port().equals(port))
                .findFirst();
    }

    private LabPlan.Nic nic(String host, String port) {
        LabPlan plan = run.plan();
        return plan.nics().stream()
                .filter(nic -> nic.host().equals(host) && nic.port().equals(port))
                .findFirst()
                .orElseThrow(() -> new LabException(
                        "host \"" + host + "\" has no port \"" + port + "\"",
                        "lab " + name(),
                        "use one of "
                                + plan.nics().stream()
                                        .map(nic -> nic.host() + " " + nic.port())
                                        .collect(Collectors.joining(", "))));
    }

    /**
     * Makes a port's cable as bad as that, instead of how it was. A host that boots gets new cables. A VLAN of a dataplane
     * has the cable of the port below.
     *
     * @throws LabException when there is no such port, or the machine cannot do it
     */
    public void impair(String host, String port, Impairment impairment) {
        String cable = vlan(host, port).map(LabVlan::link).orElse(port);
        nic(host, cable);
        List<String> arguments = new ArrayList<>(List.of("" + run.path(), host, cable));
        arguments.addAll(impairment.words());
        try {
            Command.Outcome outcome =
                    PodCommand.of(run, mode, Script.IMPAIR, true, arguments).run("");
            if (!outcome.succeeded()) {
                throw new LabException(
                        "the cable cannot be impaired",
                        "lab " + name() + ", " + host + " " + port,
                        "see below; tc needs sch_netem or sch_tbf, nft its netdev family",
                        outcome.output());
            }
        } catch (IOException e) {
            throw new LabException("the cable cannot be impaired", "lab " + name(), "install util-linux", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("impairing was cancelled", "lab " + name(), "repeat it", e);
        }
    }

    /** The ports whose cables are not as they should be. */
    public List<ImpairedPort> impairments() {
        return run.impairments();
    }

    /** What of this lab lies where on the machine, to be compared with what is there when it has ended. */
    public LabFootprint footprint() {
        return LabFootprint.take(run, run.plan());
    }

    /** Returns when the lab has ended for whatever reason and nothing of it is left. */
    public void awaitEnd() {
        run.awaitEnd();
    }

    /**
     * Ends the lab, however it was started, and returns when nothing of it is left. Ending it twice is no error.
     *
     * @throws LabException when what is left cannot be removed
     */
    public void stop() {
        if (run.isClaimed()) {
            killKeeper();
        }
        run.awaitEnd();
        try {
            run.removeRemains();
        } catch (IOException e) {
            throw new LabException(
                    "what is left of the lab cannot be removed", "" + run.path(), "remove it by hand", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void killKeeper() {
        if (keeper.isPresent()) {
            keeper.get().destroyForcibly();
            return;
        }
        try {
            ProcessHandle.of(run.keeper())
                    // The number may belong to another process by now.
                    .filter(process -> LabFootprint.commandLine(process.pid())
                            .contains(run.path().toString()))
                    .ifPresent(ProcessHandle::destroyForcibly);
        } catch (LabException e) {
            // The run directory has gone meanwhile, and the lab with it.
        }
    }

    /** The same as {@link #stop}. */
    @Override
    public void close() {
        stop();
    }

    @Override
    public String toString() {
        return "lab " + name() + " at 127.77." + number + ".0/24";
    }
}
