package io.twoarm.director;

import io.twoarm.director.control.ControlException;
import io.twoarm.director.control.DirectorView;
import io.twoarm.director.dpdk.DpdkException;
import io.twoarm.director.dpdk.DpdkPort;
import io.twoarm.director.exception.TwinStatus;
import io.twoarm.director.forward.AllForwarders;
import io.twoarm.director.forward.Forwarder;
import io.twoarm.director.forward.ForwardingTables;
import io.twoarm.director.forward.ForwardingView;
import io.twoarm.director.forward.TableChange;
import io.twoarm.director.port.DeviceCounters;
import io.twoarm.director.port.FrameTap;
import io.twoarm.director.port.PortSnapshot;
import io.twoarm.director.port.PortSwitch;
import io.twoarm.director.service.ServiceKey;
import io.twoarm.director.vlan.VlanInterface;
import io.twoarm.director.vlan.VlanPort;
import io.twoarm.director.worker.Worker;
import io.twoarm.director.worker.WorkerStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** What control threads see of a dataplane that runs. */
record RunningDataplane(Dataplane dataplane) implements DirectorView.Running {
    /** Until a worker takes a change: a burst's time, unless the machine is so busy that the worker does not run. */
    private static final long PATIENCE_SECONDS = 20;

    @Override
    public List<WorkerStatus> workers() {
        return dataplane.workers().stream().map(Worker::status).toList();
    }

    @Override
    public List<PortSnapshot> ports() {
        return dataplane.ports().stream().map(DpdkPort::snapshot).toList();
    }

    @Override
    public List<PortSnapshot> vlans() {
        List<PortSnapshot> ports = ports();
        return tables().vlans().stream()
                .sorted(Comparator.comparingInt(VlanInterface::port))
                .map(vlan -> snapshot(vlan, ports.get(vlan.link())))
                .toList();
    }

    private PortSnapshot snapshot(VlanInterface vlan, PortSnapshot link) {
        List<VlanPort> ofWorkers = dataplane.forwarders().stream()
                .flatMap(forwarder -> forwarder.vlans().ports().stream())
                .filter(port -> port.definition().equals(vlan))
                .toList();
        DeviceCounters counters = new DeviceCounters(
                ofWorkers.stream().mapToLong(VlanPort::receivedPackets).sum(),
                ofWorkers.stream().mapToLong(VlanPort::receivedBytes).sum(),
                ofWorkers.stream().mapToLong(VlanPort::sentPackets).sum(),
                ofWorkers.stream().mapToLong(VlanPort::sentBytes).sum(),
                0,
                0,
                0,
                0);
        return new PortSnapshot(
                vlan.name(),
                link.name() + "." + vlan.id(),
                vlan.protocol().keyword(),
                link.macAddress(),
                link.mtu(),
                link.link(),
                counters,
                0,
                Set.of(),
                Optional.empty());
    }

    @Override
    public String portName(int port) {
        List<String> ports = dataplane.portNames();
        if (port < ports.size()) {
            return ports.get(port);
        }
        return tables().vlans().stream()
                .filter(vlan -> vlan.port() == port)
                .map(VlanInterface::name)
                .findFirst()
                .orElse("-");
    }

    @Override
    public ForwardingView forwarder() {
        return AllForwarders.of(
                dataplane.forwarders().stream().map(Forwarder::status).toList());
    }

    @Override
    public ForwardingTables tables() {
        return forwarder().tables();
    }

    /** Made ready for all workers before the first one gets it, so that none has what another refuses. */
    @Override
    public void change(UnaryOperator<ForwardingTables> change) throws ControlException, InterruptedException {
        synchronized (dataplane) {
            try {
                ForwardingTables wanted = change.apply(tables());
                List<TableChange> ready = new ArrayList<>();
                for (Forwarder forwarder : dataplane.forwarders()) {
                    ready.add(forwarder.prepare(wanted));
                }
                onWorkers((worker, nowMicros) ->
                        dataplane.forwarders().get(worker).apply(ready.get(worker), nowMicros));
            } catch (IllegalArgumentException e) {
                throw new ControlException(e.getMessage());
            } catch (OutOfMemoryError e) {
                throw new ControlException("no memory for the changed tables: " + e.getMessage());
            }
        }
    }

    @Override
    public void zero(Optional<ServiceKey> service) throws ControlException, InterruptedException {
        onWorkers((worker, nowMicros) -> dataplane.forwarders().get(worker).zero(service));
    }

    @Override
    public void setPort(String port, PortSwitch what, boolean on) throws ControlException {
        try {
            named(port).getFirst().set(what, on);
        } catch (DpdkException e) {
            throw new ControlException(e.problem() + "; " + e.fix());
        }
    }

    @Override
    public void addTap(String port, FrameTap tap) throws ControlException, InterruptedException {
        List<DpdkPort> queues = named(port);
        onWorkers((worker, nowMicros) -> queues.get(worker).addTap(tap));
    }

    @Override
    public void removeTap(String port, FrameTap tap) throws ControlException, InterruptedException {
        List<DpdkPort> queues = named(port);
        onWorkers((worker, nowMicros) -> queues.get(worker).removeTap(tap));
    }

    /** Tells neighbours of all own addresses again. */
    void announce() throws ControlException, InterruptedException {
        onWorkers((worker, nowMicros) -> dataplane.forwarders().get(worker).announceAddresses(nowMicros));
    }

    /** Switching on what is on changes nothing. */
    @Override
    public void forwardToKernel(String port, boolean on) throws ControlException, InterruptedException {
        int index = dataplane.portNames().indexOf(port);
        List<FrameTap> copies = dataplane.copies(index);
        List<DpdkPort> queues = named(port);
        onWorkers((worker, nowMicros) -> {
            queues.get(worker).removeTap(copies.get(worker));
            if (on) {
                queues.get(worker).addTap(copies.get(worker));
            }
        });
    }

    @Override
    public List<TwinStatus> twins() {
        return dataplane.twins().status();
    }

    /** A port's queues, one for each worker. */
    private List<DpdkPort> named(String port) {
        return dataplane.ports().get(dataplane.portNames().indexOf(port));
    }

    /** Something that one worker does between two bursts. */
    private interface OfWorker {
        void execute(int worker, long nowMicros);
    }

    /** Has all workers do something between two bursts, at about the same time, and waits until it is done. */
    private void onWorkers(OfWorker command) throws ControlException, InterruptedException {
        List<Worker> workers = dataplane.workers();
        List<CompletableFuture<Boolean>> all = new ArrayList<>();
        try {
            for (int i = 0; i < workers.size(); i++) {
                int worker = i;
                CompletableFuture<Boolean> done = new CompletableFuture<>();
                all.add(done);
                workers.get(i).submit(nowMicros -> {
                    try {
                        command.execute(worker, nowMicros);
                        done.complete(true);
                    } catch (RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                });
            }
            for (CompletableFuture<Boolean> done : all) {
                done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (RejectedExecutionException | TimeoutException e) {
            throw new ControlException("a worker does not answer; not all may have changed");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public long nowMicros() {
        return Worker.nowMicros();
    }

    @Override
    public int buffers() {
        return dataplane.pool().size();
    }

    @Override
    public int buffersInUse() {
        return dataplane.pool().inUse();
    }
}
