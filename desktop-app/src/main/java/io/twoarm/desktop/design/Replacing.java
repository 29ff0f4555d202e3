package io.twoarm.desktop.design;

import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.Port;
import io.twoarm.model.TrafficLimits;
import io.twoarm.model.VirtualService;
import io.twoarm.model.VirtualService.ClientAddress;
import io.twoarm.model.VirtualService.ForwardingMode;
import io.twoarm.model.VirtualService.Protocol;
import io.twoarm.model.VirtualService.Scheduler;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Objects of the topology with single fields replaced. */
public final class Replacing {
    private Replacing() {}

    public static Port segmentOf(Port port, String segment) {
        return port.withSegment(segment);
    }

    public static Port addressesOf(Port port, List<InterfaceAddress> addresses) {
        return port.withAddresses(addresses);
    }

    /** A service to be built again with other fields. */
    public static Service service(VirtualService it) {
        return new Service(it);
    }

    /** A virtual service of which single fields are replaced. */
    public static final class Service {
        private String name;
        private String director;
        private String port;
        private InetAddress vip;
        private Protocol protocol;
        private int servicePort;
        private ForwardingMode mode;
        private Scheduler scheduler;
        private Optional<String> localAddresses;
        private String realservers;
        private ClientAddress clientAddress;
        private boolean synProxy;
        private TrafficLimits traffic;

        private Service(VirtualService it) {
            name = it.name();
            director = it.director();
            port = it.port();
            vip = it.vip();
            protocol = it.protocol();
            servicePort = it.servicePort();
            mode = it.mode();
            scheduler = it.scheduler();
            localAddresses = it.localAddresses();
            realservers = it.realservers();
            clientAddress = it.clientAddress();
            synProxy = it.synProxy();
            traffic = it.traffic();
        }

        public Service name(String changed) {
            name = changed;
            return this;
        }

        public Service director(String changed) {
            director = changed;
            return this;
        }

        public Service port(String changed) {
            port = changed;
            return this;
        }

        public Service vip(InetAddress changed) {
            vip = changed;
            return this;
        }

        public Service protocol(Protocol changed) {
            protocol = changed;
            return this;
        }

        public Service servicePort(int changed) {
            servicePort = changed;
            return this;
        }

        public Service mode(ForwardingMode changed) {
            mode = changed;
            return this;
        }

        public Service scheduler(Scheduler changed) {
            scheduler = changed;
            return this;
        }

        public Service localAddresses(Optional<String> changed) {
            localAddresses = changed;
            return this;
        }

        public Service realservers(String changed) {
            realservers = changed;
            return this;
        }

        public Service clientAddress(ClientAddress changed) {
            clientAddress = changed;
            return this;
        }

        public Service synProxy(boolean changed) {
            synProxy = changed;
            return this;
        }

        /** Million bits per second, 0 for no limit. */
        public Service bandwidth(int changed) {
            traffic = new TrafficLimits(changed, traffic.packetRate());
            return this;
        }

        /** Packets per second, 0 for no limit. */
        public Service packetRate(int changed) {
            traffic = new TrafficLimits(traffic.bandwidth(), changed);
            return this;
        }

        public VirtualService build() {
            return new VirtualService(
                    name,
                    director,
                    port,
                    vip,
                    protocol,
                    servicePort,
                    mode,
                    scheduler,
                    localAddresses,
                    realservers,
                    clientAddress,
                    synProxy,
                    traffic);
        }
    }
}
