package io.twoarm.director.command;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.control.DirectorView;
import io.twoarm.director.neighbour.NeighbourState;
import io.twoarm.director.neighbour.NeighbourStatus;
import io.twoarm.director.route.Route;
import io.twoarm.director.service.LocalAddressStatus;
import java.util.Comparator;
import java.util.List;

/** The tables of {@code dpip}, as DPVS 1.10 prints them. */
final class DpipListing {
    private static final int WRONG = 1;

    private final DirectorView.Running director;
    private final DpipWords words;
    private final StringBuilder out = new StringBuilder();

    DpipListing(DirectorView.Running director, DpipWords words) {
        this.director = director;
        this.words = words;
    }

    /** Whether a thing of a family on a port is wanted. */
    private boolean isWanted(int port, boolean ipv4) throws ToolFailure {
        boolean family = ipv4 ? !words.isIpv6() : !words.isIpv4();
        return family
                && (words.value("dev").isEmpty() || DpipDevices.port(director, words.required("dev"), WRONG) == port);
    }

    String addresses() throws ToolFailure {
        List<LocalAddressStatus> pools = director.forwarder().localAddresses();
        for (OwnAddress own : director.forwarder().addresses()) {
            if (isShown(own) && isWanted(own.port(), own.address().isIpv4())) {
                out.append(words.isVerbose() ? "[01] " : "");
                out.append("%s %s/%d scope %s %s%n    "
                        .formatted(
                                own.address().isIpv4() ? "inet" : "inet6",
                                own.address(),
                                length(own),
                                own.role() == OwnAddress.Role.LINK ? "link" : "global",
                                director.portName(own.port())));
                out.append(" valid_lft forever preferred_lft forever");
                if ((words.wantsStatistics() || words.isVerbose()) && own.role() == OwnAddress.Role.LOCAL) {
                    out.append(pool(own.address(), pools));
                }
                out.append('\n');
            }
        }
        return out.toString();
    }

    /** Addresses of the link, which every port with IPv6 has, only where details are wanted. */
    private boolean isShown(OwnAddress own) {
        return own.role().isHeld() && (own.role() != OwnAddress.Role.LINK || words.isVerbose());
    }

    /** The network that came with the address tells its length. */
    private int length(OwnAddress own) {
        return director.tables().routes().stream()
                .filter(route -> route.gateway().isAny() && route.source().equals(own.address()))
                .mapToInt(Route::length)
                .findFirst()
                .orElse(own.role() == OwnAddress.Role.LINK ? 64 : own.address().width());
    }

    private static String pool(IpAddress local, List<LocalAddressStatus> pools) {
        long used = 0;
        long total = 0;
        for (LocalAddressStatus pool : pools) {
            if (pool.address().equals(local)) {
                used += pool.used();
                total += pool.total();
            }
        }
        return " sa_used %d sa_free %d sa_miss 0".formatted(used, total - used);
    }

    /** Local addresses first, then the others, then the kernel's, then networks of links, then what lies behind gateways. */
    String routes() throws ToolFailure {
        boolean ipv4 = !words.isIpv6();
        List<OwnAddress> hosts = director.forwarder().addresses().stream()
                .filter(own -> own.address().isIpv4() == ipv4 && isShown(own))
                .sorted(Comparator.comparing(own -> own.role() != OwnAddress.Role.LOCAL))
                .toList();
        for (OwnAddress own : hosts) {
            if (isWanted(own.port(), ipv4)) {
                Prefix prefix = new Prefix(own.address(), own.address().width());
                line(prefix, prefix.any(), prefix.any(), own.port(), 0, "host");
            }
        }
        for (OwnAddress own : director.forwarder().addresses()) {
            if (own.role() == OwnAddress.Role.KERNEL && own.address().isIpv4() == ipv4 && isWanted(own.port(), ipv4)) {
                Prefix prefix = new Prefix(own.address(), own.address().width());
                line(prefix, prefix.any(), prefix.any(), own.port(), 0, DpipKernel.SCOPE);
            }
        }
        List<Route> routes = director.tables().routes().stream()
                .filter(route -> route.prefix().isIpv4() == ipv4)
                .sorted(Comparator.comparing(route -> !route.gateway().isAny()))
                .toList();
        for (Route route : routes) {
            if (isWanted(route.port(), ipv4)) {
                line(
                        new Prefix(route.prefix(), route.length()),
                        route.gateway(),
                        route.source(),
                        route.port(),
                        route.mtu(),
                        route.gateway().isAny() ? "link" : "global");
            }
        }
        return out.toString();
    }

    private void line(Prefix prefix, IpAddress gateway, IpAddress source, int port, int mtu, String scope) {
        int largest = mtu == 0 ? DpipDevices.snapshot(director, port).mtu() : mtu;
        String device = director.portName(port);
        if (prefix.address().isIpv4()) {
            out.append("inet %s via %s src %s dev %s mtu %d tos 0 scope %s metric 0 proto auto %n"
                    .formatted(prefix, none(prefix, gateway), none(prefix, source), device, largest, scope));
            return;
        }
        out.append("inet6 ").append(prefix.length() == 0 ? "default" : prefix.toString());
        out.append(gateway.isAny() ? "" : " via " + gateway);
        out.append(source.isAny() ? "" : " src " + source);
        out.append(" dev %s mtu %d scope %s%n".formatted(device, largest, scope));
    }

    private static IpAddress none(Prefix prefix, IpAddress address) {
        return address.isAny() ? prefix.any() : address;
    }

    String neighbours() throws ToolFailure {
        for (NeighbourStatus neighbour : director.forwarder().neighbours()) {
            if (isWanted(neighbour.port(), neighbour.address().isIpv4())) {
                String device = director.portName(neighbour.port());
                String flags = neighbour.given() ? "  static" : "";
                if (isKnown(neighbour.state())) {
                    out.append("ip: %-48s mac: %s   state: %-12s  dev: %s  core: 1%s%n"
                            .formatted(
                                    neighbour.address(),
                                    mac(neighbour.mac()),
                                    state(neighbour.state()),
                                    device,
                                    flags));
                } else {
                    out.append("ip: %-48s mac:incomplate                       state: %-12s   dev: %s  core: 1%s%n"
                            .formatted(neighbour.address(), state(neighbour.state()), device, flags));
                }
            }
        }
        return out.toString();
    }

    private static boolean isKnown(NeighbourState state) {
        return state == NeighbourState.REACHABLE || state == NeighbourState.STALE || state == NeighbourState.PROBE;
    }

    private static String state(NeighbourState state) {
        return switch (state) {
            case FREE, IDLE, FAILED -> "NONE";
            case INCOMPLETE -> "SEND";
            case REACHABLE -> "REACHABLE";
            case STALE -> "DELAY";
            case PROBE -> "PROBE";
        };
    }

    static String mac(long address) {
        return "%012x".formatted(address).replaceAll("..(?!$)", "$0:");
    }
}
