package io.twoarm.director;

import io.twoarm.config.dpvs.DpvsConf;
import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.exception.KernelExchange;
import io.twoarm.director.exception.KernelMailbox;
import io.twoarm.director.exception.KernelQueue;
import io.twoarm.director.exception.ReceivedCopies;
import io.twoarm.director.exception.Sleeper;
import io.twoarm.director.exception.TwinStatus;
import io.twoarm.director.forward.Forwarder;
import io.twoarm.director.linux.SystemCallException;
import io.twoarm.director.linux.TapDevice;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.BufferPool;
import io.twoarm.director.port.FrameTap;
import io.twoarm.director.port.PacketPort;
import io.twoarm.director.worker.Mailbox;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The kernel's twins of the ports that {@code dpvs.conf} gives one, and the thread that serves them. */
final class KernelTwins {
    private static final long STOP_MILLIS = 3000;

    private final List<String> names;
    private final List<TapDevice> taps = new ArrayList<>();
    private final List<KernelExchange.Wanted> wanted = new ArrayList<>();
    private final Sleeper sleeper = new Sleeper();
    private final List<KernelQueue> queues = new ArrayList<>();
    private Optional<KernelExchange> exchange = Optional.empty();
    private Optional<Thread> thread = Optional.empty();

    /**
     * Makes the interfaces.
     *
     * @param ports in their order, with their Ethernet addresses
     */
    KernelTwins(DpvsConf dpvs, List<? extends PacketPort> ports, int workers, NativeMemory memory)
            throws StartException {
        names = dpvs.ports().stream()
                .map(port -> dpvs.kernelTwin(port).orElse(""))
                .toList();
        for (int port = 0; port < ports.size(); port++) {
            if (!names.get(port).isEmpty()) {
                open(port, names.get(port), ports.get(port));
            }
        }
        List<Boolean> twins = names.stream().map(name -> !name.isEmpty()).toList();
        for (int worker = 0; worker < workers; worker++) {
            queues.add(new KernelQueue(wanted.isEmpty() ? List.of() : twins, memory, sleeper));
        }
    }

    private void open(int port, String name, PacketPort beside) throws StartException {
        try {
            TapDevice tap = TapDevice.open(name, beside.macAddress(), beside.mtu());
            taps.add(tap);
            wanted.add(new KernelExchange.Wanted(port, beside.name(), tap, beside.mtu()));
        } catch (SystemCallException e) {
            close();
            throw new StartException(
                    "the kernel's twin " + name + " of " + beside.name() + " cannot be made: " + e.getMessage(),
                    List.of(),
                    "load the kernel's module tun, give the director CAP_NET_ADMIN, free the name " + name
                            + ", or remove kni_name from dpvs.conf");
        }
    }

    /** What copies all that a worker receives on a port to its twin. */
    FrameTap copies(int port, int worker, Forwarder forwarder, BufferPool buffers, NativeMemory memory) {
        return new ReceivedCopies(port, queues.get(worker), buffers, forwarder.counters(), memory);
    }

    /** The queue of a worker. */
    KernelQueue queue(int worker) {
        return queues.get(worker);
    }

    /** What a worker looks into: the first one's is for frames of the kernel, too. */
    Mailbox mailbox(int worker, Mailbox others, Forwarder forwarder, NativeMemory memory) {
        return worker == 0 && !wanted.isEmpty()
                ? new KernelMailbox(others, queues.getFirst(), forwarder.kernel(), memory)
                : others;
    }

    /** Begins to carry frames. */
    void start(BufferPool buffers, NativeMemory memory) {
        if (!wanted.isEmpty()) {
            KernelExchange made = new KernelExchange(wanted, names.size(), queues, sleeper, buffers, memory);
            exchange = Optional.of(made);
            thread = Optional.of(DirectorThreads.startExchange(made::run));
        }
    }

    /** The twins with what went through them. */
    List<TwinStatus> status() {
        return exchange.map(KernelExchange::status).orElse(List.of());
    }

    /** Shows the kernel whether a port has a link. */
    void showLink(int port, boolean up) {
        exchange.ifPresent(carrier -> carrier.showLink(port, up));
    }

    boolean isEmpty() {
        return wanted.isEmpty();
    }

    /** The addresses that the kernel has on the twins at this moment. */
    List<OwnAddress> addresses() {
        return IntStream.range(0, names.size())
                .boxed()
                .filter(port -> !names.get(port).isEmpty())
                .flatMap(port -> addresses(names.get(port)).stream()
                        .map(address -> new OwnAddress(address, port, OwnAddress.Role.KERNEL)))
                .toList();
    }

    private static List<IpAddress> addresses(String name) {
        try {
            NetworkInterface found = NetworkInterface.getByName(name);
            return found == null
                    ? List.of()
                    : found.getInterfaceAddresses().stream()
                            .map(InterfaceAddress::getAddress)
                            .map(IpAddress::of)
                            .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    /** Takes the interfaces away. After the workers have stopped, before the packet pool goes. */
    void close() {
        exchange.ifPresent(KernelExchange::stop);
        thread.ifPresent(running -> {
            try {
                running.join(STOP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        taps.forEach(TapDevice::close);
    }
}
