package io.twoarm.director;

import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.command.ToolCommand;
import io.twoarm.director.configuration.DataplaneTables;
import io.twoarm.director.configuration.LoadedConfiguration;
import io.twoarm.director.configuration.PortPreflight;
import io.twoarm.director.configuration.UnreadableFileException;
import io.twoarm.director.control.ControlException;
import io.twoarm.director.control.ControlServer;
import io.twoarm.director.control.DirectorCommands;
import io.twoarm.director.control.DirectorView;
import io.twoarm.director.dpdk.Dpdk;
import io.twoarm.director.dpdk.DpdkException;
import io.twoarm.director.dpdk.EalArguments;
import io.twoarm.director.dpdk.EalLog;
import io.twoarm.director.forward.Forwarder;
import io.twoarm.director.forward.ForwardingTables;
import io.twoarm.director.linux.NativeThread;
import io.twoarm.director.linux.SdNotify;
import io.twoarm.director.log.DirectorLog;
import io.twoarm.director.redundancy.VrrpRoles;
import io.twoarm.director.redundancy.VrrpStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The daemon from its start to its end. */
final class Director implements DirectorView {
    static final int STOPPED = 0;
    static final int NOT_STARTED = 1;
    static final int CRASHED = 70;

    private static final long WORKER_STOP_MILLIS = 5000;

    private final CommandLine commandLine;
    private final LoadedConfiguration configuration;
    private final DirectorLog log;
    private final SdNotify systemd;
    private final Rehearsal rehearsal;
    private final long startNanos;
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    /** Open when no control thread reads the dataplane's memory any more. */
    private final CountDownLatch readersGone = new CountDownLatch(1);

    private final VrrpRoles roles = new VrrpRoles();
    private volatile Optional<KernelAddressWatch> kernelAddresses = Optional.empty();
    private volatile LoadedConfiguration inForce;
    private volatile Phase phase = Phase.STARTING;
    private volatile String dpdkVersion = "";
    private volatile long readyNanos;
    private volatile Optional<RunningDataplane> running = Optional.empty();

    /** @param configuration without errors */
    Director(
            CommandLine commandLine,
            LoadedConfiguration configuration,
            DirectorLog log,
            SdNotify systemd,
            Rehearsal rehearsal,
            long startNanos) {
        this.commandLine = commandLine;
        this.configuration = configuration;
        inForce = configuration;
        this.log = log;
        this.systemd = systemd;
        this.rehearsal = rehearsal;
        this.startNanos = startNanos;
    }

    /** Runs until told to stop. @return the process's exit status */
    int run() throws StartException, InterruptedException {
        Signals.on("TERM", () -> stop("SIGTERM"));
        Signals.on("INT", () -> stop("SIGINT"));
        Signals.on("HUP", this::reload);
        try (PidFile _ = PidFile.acquire(commandLine.pidFile())) {
            Thread worker;
            int status;
            try (ControlServer _ = openControl()) {
                worker = startDataplane();
                status = end.get();
                phase = Phase.STOPPING;
                systemd.stopping("stopping");
            } finally {
                readersGone.countDown();
            }
            running.ifPresent(dataplane -> dataplane.dataplane().stop());
            worker.join(WORKER_STOP_MILLIS);
            if (worker.isAlive()) {
                log.error("the worker did not stop within " + WORKER_STOP_MILLIS + " ms");
                return CRASHED;
            }
            log.notice("stopped");
            return status;
        } catch (IOException e) {
            throw new StartException(
                    "a file of the running director failed: " + e.getMessage(),
                    List.of(),
                    "check the folders of -p and -x");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private ControlServer openControl() throws StartException {
        try {
            return ControlServer.open(
                    commandLine.socket(), DirectorCommands.of(this, ToolCommand.all(this)), DirectorThreads::start);
        } catch (ControlException e) {
            throw new StartException(e.getMessage(), List.of(), "stop that director, or name another socket with -x");
        } catch (IOException e) {
            throw new StartException(
                    "the control socket cannot be opened: " + e.getMessage(),
                    List.of("socket: " + commandLine.socket()),
                    "make its folder writable, or name another socket with -x");
        }
    }

    /** Starts the worker's thread and waits until packets are taken. @return that thread */
    private Thread startDataplane() throws StartException, InterruptedException {
        Dataplane.Plan plan = plan();
        CompletableFuture<Dataplane> started = new CompletableFuture<>();
        Thread thread = DirectorThreads.startWorker(0, () -> work(plan, started));
        DirectorThreads.atExit(() -> closeAtExit(thread));
        try {
            Dataplane dataplane = started.get();
            RunningDataplane ready = new RunningDataplane(dataplane);
            running = Optional.of(ready);
            ReportLog reports = new ReportLog(
                    dataplane.forwarders().stream().map(Forwarder::status).toList(), ready::portName, log);
            DirectorThreads.start("reports", reports::follow);
            followOthers(ready);
            readyNanos = System.nanoTime();
            phase = Phase.RUNNING;
            String status = "forwarding on " + dataplane.portNames().size() + " ports, "
                    + (dataplane.workers().size() > 1 ? dataplane.workers().size() + " workers, " : "")
                    + configuration.keepalived().services().size() + " services";
            log.notice("ready in " + (readyNanos - startNanos) / 1_000_000 + " ms, " + status);
            systemd.ready(status);
            dataplane.goOnRehearsing();
            return thread;
        } catch (ExecutionException e) {
            thread.join();
            if (e.getCause() instanceof StartException cause) {
                throw cause;
            }
            throw new IllegalStateException("the dataplane failed at start", e.getCause());
        }
    }

    /** What goes on outside and decides about addresses: the kernel's own ones, and VRRP. */
    private void followOthers(RunningDataplane dataplane) {
        KernelTwins twins = dataplane.dataplane().twins();
        if (!twins.isEmpty()) {
            KernelAddressWatch watch = new KernelAddressWatch(twins, dataplane, log);
            kernelAddresses = Optional.of(watch);
            DirectorThreads.start("kernel-addr", watch::follow);
        }
        roles.configure(configuration.keepalived().vrrpInstances());
        configuration.keepalived().notifyFifo().ifPresent(pipe -> {
            VrrpFollower follower = new VrrpFollower(Path.of(pipe), roles, dataplane, log);
            DirectorThreads.start("vrrp", follower::follow);
        });
    }

    @Override
    public List<VrrpStatus> vrrp() {
        return roles.status();
    }

    /** Tables of the files with the addresses that VRRP and the kernel give or take. */
    private ForwardingTables asFollowed(ForwardingTables tables) {
        List<OwnAddress> own = roles.applied(tables.addresses());
        return tables.withAddresses(
                kernelAddresses.map(watch -> watch.joined(own)).orElse(own));
    }

    /** Whatever ends the process: ports are closed, so that nothing stays attached to their interfaces. */
    private void closeAtExit(Thread worker) {
        readersGone.countDown();
        running.ifPresent(dataplane -> dataplane.dataplane().stop());
        try {
            worker.join(WORKER_STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Dataplane.Plan plan() throws StartException {
        try {
            EalArguments arguments = EalArguments.parse(commandLine.ealArguments());
            PortPreflight.check(arguments);
            Dpdk dpdk = Dpdk.open();
            dpdkVersion = dpdk.version();
            EalLog ealLog = new EalLog(line -> log.info("dpdk: " + line));
            DirectorThreads.start("dpdk-log", ealLog::forward);
            return new Dataplane.Plan(
                    configuration, dpdk, arguments, ealLog, NativeThread.currentCpus(), rehearsal, this::failed);
        } catch (DpdkException e) {
            throw StartException.of(e);
        }
    }

    /** The worker thread's life. */
    private void work(Dataplane.Plan plan, CompletableFuture<Dataplane> ready) {
        Dataplane dataplane;
        try {
            dataplane = Dataplane.start(plan, log);
        } catch (StartException | RuntimeException | Error e) {
            ready.completeExceptionally(e);
            return;
        }
        ready.complete(dataplane);
        try {
            dataplane.first().run();
        } catch (RuntimeException | Error e) {
            failed(DirectorThreads.workerName(0), e);
        } finally {
            closeAfterReaders(dataplane);
        }
    }

    private void failed(String worker, Throwable cause) {
        log.error(worker + " failed: " + trace(cause));
        end.complete(CRASHED);
    }

    private void closeAfterReaders(Dataplane dataplane) {
        try {
            readersGone.await();
            dataplane.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An exception and where it came from, line by line. */
    static String trace(Throwable thrown) {
        StringBuilder text = new StringBuilder(thrown.toString());
        for (StackTraceElement element : thrown.getStackTrace()) {
            text.append("\n    at ").append(element);
        }
        return text.toString();
    }

    @Override
    public Phase phase() {
        return phase;
    }

    @Override
    public String version() {
        return TwoArmDirector.version();
    }

    @Override
    public String dpdkVersion() {
        return dpdkVersion;
    }

    @Override
    public long uptimeMillis() {
        return phase == Phase.STARTING ? 0 : (System.nanoTime() - readyNanos) / 1_000_000;
    }

    @Override
    public Running running() throws ControlException {
        return running.orElseThrow(() -> new ControlException("the director is " + phase + ", not running"));
    }

    @Override
    public void stop() {
        stop("the stop command");
    }

    @Override
    public boolean awaitStop(long millis) throws InterruptedException {
        try {
            end.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void stop(String cause) {
        log.notice("stopping because of " + cause);
        end.complete(STOPPED);
    }

    @Override
    public synchronized List<String> reload() {
        systemd.reloading();
        List<String> lines = reloadLines();
        lines.forEach(log::notice);
        systemd.ready(lines.getLast());
        return lines;
    }

    private List<String> reloadLines() {
        try {
            LoadedConfiguration read = LoadedConfiguration.read(commandLine.dpvsConf(), commandLine.keepalivedConf());
            ConfigurationChange change = ConfigurationChange.between(configuration, inForce, read);
            if (change.applies()) {
                ForwardingTables wanted =
                        DataplaneTables.of(read, running().tables().vlans());
                roles.configure(read.keepalived().vrrpInstances());
                running()
                        .change(before -> asFollowed(wanted)
                                .withNeighbours(before.neighbours())
                                .withNat64(wanted.nat64().sizedAs(before.nat64()))
                                .withAccess(
                                        wanted.access().withSets(before.access().sets())));
                inForce = read;
            }
            return change.lines();
        } catch (ControlException e) {
            return List.of(e.getMessage(), "reload refused: the running configuration stays");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of("reload interrupted");
        } catch (UnreadableFileException e) {
            return List.of(e.getMessage(), "reload refused: the running configuration stays");
        }
    }
}
