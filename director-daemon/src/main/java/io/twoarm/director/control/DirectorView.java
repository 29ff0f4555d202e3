package io.twoarm.director.control;

import io.twoarm.director.exception.TwinStatus;
import io.twoarm.director.forward.ForwardingTables;
import io.twoarm.director.forward.ForwardingView;
import io.twoarm.director.port.FrameTap;
import io.twoarm.director.port.PortSnapshot;
import io.twoarm.director.port.PortSwitch;
import io.twoarm.director.redundancy.VrrpStatus;
import io.twoarm.director.service.ServiceKey;
import io.twoarm.director.worker.WorkerStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What the commands of the control socket see of the daemon, and the little that they may ask of it. */
public interface DirectorView {

    /** Where the daemon is in its life. */
    enum Phase {
        STARTING,
        RUNNING,
        STOPPING
    }

    Phase phase();

    /** Of the director. */
    String version();

    /** Such as {@code DPDK 22.11.11}. */
    String dpdkVersion();

    /** Milliseconds since packets are taken; 0 before. */
    long uptimeMillis();

    /**
     * What only a running dataplane has.
     *
     * @throws ControlException when it is not running
     */
    Running running() throws ControlException;

    /** The VRRP instances that it follows. */
    List<VrrpStatus> vrrp();

    /** Reads the configuration again; the lines say what was found and what a restart would change. */
    List<String> reload();

    /** Begins the orderly stop. */
    void stop();

    /** Waits until the stop begins. @return whether it has begun; false when {@code millis} milliseconds are over */
    boolean awaitStop(long millis) throws InterruptedException;

    /** The running dataplane. */
    interface Running {
        List<WorkerStatus> workers();

        List<PortSnapshot> ports();

        /** The VLAN interfaces as they are seen and used like ports, in the order of their indexes. */
        List<PortSnapshot> vlans();

        /** Ports and VLAN interfaces. */
        default List<PortSnapshot> interfaces() {
            return Stream.concat(ports().stream(), vlans().stream()).toList();
        }

        /** Name of a port or VLAN interface by its index; a dash when there is none any more. */
        String portName(int port);

        /** What the forwarder shows. */
        ForwardingView forwarder();

        /** Everything that decides what happens to packets, as it is in force. */
        ForwardingTables tables();

        /**
         * Changes what happens to packets, and returns when it is in force. Changes come one after the other.
         *
         * @param change makes the new tables from those in force
         * @throws ControlException when the new tables contradict each other; the old ones stay in force then
         */
        void change(UnaryOperator<ForwardingTables> change) throws ControlException, InterruptedException;

        /** Sets the figures of a service's realservers to 0, or those of all. */
        void zero(Optional<ServiceKey> service) throws ControlException, InterruptedException;

        /**
         * Switches something on a port.
         *
         * @throws ControlException when its driver cannot
         */
        void setPort(String port, PortSwitch what, boolean on) throws ControlException;

        /** Lets a tap see every frame of a port until it is taken away. */
        void addTap(String port, FrameTap tap) throws ControlException, InterruptedException;

        /** Returns when the tap sees nothing more. */
        void removeTap(String port, FrameTap tap) throws ControlException, InterruptedException;

        /** Copies all that a port receives to the kernel's twin of it, or does not any more. */
        void forwardToKernel(String port, boolean on) throws ControlException, InterruptedException;

        /** The kernel's twins of the ports. */
        List<TwinStatus> twins();

        /** The workers' clock in microseconds. */
        long nowMicros();

        /** Packet buffers of the pool, and how many of them are in use. */
        int buffers();

        int buffersInUse();
    }
}
