package io.twoarm.director.command;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.control.ControlException;
import io.twoarm.director.control.DirectorView;
import io.twoarm.director.forward.ForwardingTables;
import io.twoarm.director.neighbour.StaticNeighbour;
import io.twoarm.director.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code dpip}: addresses, routes, neighbours, links, VLANs and sets. */
public final class Dpip implements Tool {
    private static final int WRONG = 1;

    @Override
    public String name() {
        return "dpip";
    }

    @Override
    public ToolOutput run(List<String> words, DirectorView.Running director) throws InterruptedException {
        try {
            if (DpipLinks.isMeant(words) && !words.getLast().equals("help")) {
                return ToolOutput.done(DpipLinks.run(words, director));
            }
            if (DpipWords.isAbout("ipset", words) && !words.getLast().equals("help")) {
                return ToolOutput.done(DpipSets.run(words, director));
            }
            if (DpipWords.isAbout("vlan", words) && !words.getLast().equals("help")) {
                return DpipVlans.run(words, director);
            }
            DpipWords parsed = DpipWords.parse(words);
            if (parsed.wantsVersion()) {
                return ToolOutput.done("dpip-1.10.2 (twoarm-director)\n");
            }
            if (parsed.wantsHelp()) {
                return ToolOutput.done(ToolHelp.DPIP);
            }
            return new ToolOutput(0, execute(parsed, director), "");
        } catch (ToolFailure e) {
            return new ToolOutput(WRONG, "", "dpip: " + e.getMessage() + "\n");
        } catch (ControlException | IllegalArgumentException e) {
            return new ToolOutput(WRONG, "", "dpip: " + e.getMessage() + "\n");
        }
    }

    private static String execute(DpipWords words, DirectorView.Running director)
            throws ToolFailure, ControlException, InterruptedException {
        String object = words.object();
        String verb = words.verb();
        DpipListing listing = new DpipListing(director, words);
        if (object.equals("route") && DpipKernel.isMeant(words)) {
            return switch (verb) {
                case "add" -> changed(director, DpipKernel.add(words, director));
                case "del" -> changed(director, DpipKernel.delete(words, director));
                default -> throw new ToolFailure(WRONG, "not support: route " + verb + " with scope kni_host");
            };
        }
        return switch (object + " " + verb) {
            case "addr show" -> listing.addresses();
            case "route show" -> listing.routes();
            case "neigh show" -> listing.neighbours();
            case "maddr show" -> DpipInventory.groups(director, words);
            case "eal-mem show" -> DpipInventory.memory(director, words);
            case "flow show" -> DpipInventory.flows(director, words);
            case "addr add" -> changed(director, addAddress(words, director));
            case "addr set" -> {
                ownAddress(words, director);
                yield "";
            }
            case "addr del" -> changed(director, deleteAddress(words, director));
            case "addr flush" -> changed(director, flushAddresses(words, director));
            case "route add" -> changed(director, addRoute(words, director));
            case "route set" -> changed(director, setRoute(words, director));
            case "route del" -> changed(director, deleteRoute(words, director));
            case "route flush" -> changed(director, flushRoutes(words, director));
            case "neigh add" -> changed(director, addNeighbour(words, director));
            case "neigh del" -> changed(director, deleteNeighbour(words, director));
            default -> throw new ToolFailure(WRONG, "not support: " + object + " " + verb + "; see dpip help");
        };
    }

    private static String changed(DirectorView.Running director, ForwardingTables tables)
            throws ControlException, InterruptedException {
        director.change(before -> tables);
        return "";
    }

    private static ForwardingTables addAddress(DpipWords words, DirectorView.Running director) throws ToolFailure {
        Prefix prefix = Prefix.parse(words.subject("an address"));
        int port = DpipDevices.port(director, words.required("dev"), WRONG);
        ForwardingTables tables = director.tables();
        if (tables.addresses().stream().anyMatch(own -> own.address().equals(prefix.address()))) {
            throw new ToolFailure(WRONG, "already exist: " + prefix.address());
        }
        boolean host = prefix.length() == prefix.address().width();
        List<OwnAddress> addresses = new ArrayList<>(tables.addresses());
        addresses.add(new OwnAddress(prefix.address(), port, host ? OwnAddress.Role.VIRTUAL : OwnAddress.Role.PORT));
        List<Route> routes = new ArrayList<>(tables.routes());
        if (!host && routes.stream().noneMatch(route -> prefix.isDestinationOf(route))) {
            routes.add(new Route(prefix.network(), prefix.length(), prefix.any(), port, prefix.address(), 0));
        }
        return tables.withAddresses(addresses).withRoutes(routes);
    }

    private static OwnAddress ownAddress(DpipWords words, DirectorView.Running director) throws ToolFailure {
        Prefix prefix = Prefix.parse(words.subject("an address"));
        int port = DpipDevices.port(director, words.required("dev"), WRONG);
        return director.tables().addresses().stream()
                .filter(own -> own.address().equals(prefix.address()) && own.port() == port)
                .findFirst()
                .orElseThrow(() -> new ToolFailure(WRONG, "not exist: " + prefix.address()));
    }

    private static ForwardingTables deleteAddress(DpipWords words, DirectorView.Running director) throws ToolFailure {
        return without(director.tables(), List.of(ownAddress(words, director)));
    }

    private static ForwardingTables flushAddresses(DpipWords words, DirectorView.Running director) throws ToolFailure {
        int port = DpipDevices.port(director, words.required("dev"), WRONG);
        ForwardingTables tables = director.tables();
        return without(
                tables,
                tables.addresses().stream().filter(own -> own.port() == port).toList());
    }

    /** Networks that came with an address go with it. */
    private static ForwardingTables without(ForwardingTables tables, List<OwnAddress> gone) {
        List<IpAddress> sources = gone.stream().map(OwnAddress::address).toList();
        return tables.withAddresses(tables.addresses().stream()
                        .filter(own -> !gone.contains(own))
                        .toList())
                .withRoutes(tables.routes().stream()
                        .filter(route -> !route.gateway().isAny() || !sources.contains(route.source()))
                        .toList());
    }

    private static Prefix destination(DpipWords words) throws ToolFailure {
        String text = words.subject("a network");
        if (text.equals("default")) {
            return words.isIpv6() ? new Prefix(Ipv6Address.ANY, 0) : new Prefix(Ipv4Address.ANY, 0);
        }
        Prefix prefix = Prefix.parse(text);
        return new Prefix(prefix.network(), prefix.length());
    }

    private static Route route(DpipWords words, DirectorView.Running director) throws ToolFailure {
        Prefix prefix = destination(words);
        Optional<IpAddress> gateway = words.value("via").map(IpAddress::parse);
        Optional<String> device = words.value("dev");
        if (words.value("metric").filter(metric -> !metric.equals("0")).isPresent()) {
            throw new ToolFailure(WRONG, "not support: a metric; of two routes to one network give the better only");
        }
        int port;
        if (device.isPresent()) {
            port = DpipDevices.port(director, device.get(), WRONG);
        } else {
            IpAddress next =
                    gateway.orElseThrow(() -> new ToolFailure(WRONG, "invalid parameter: the route needs dev or via"));
            port = director.tables().routes().stream()
                    .filter(route ->
                            route.gateway().isAny() && new Prefix(route.prefix(), route.length()).contains(next))
                    .map(Route::port)
                    .findFirst()
                    .orElseThrow(() -> new ToolFailure(WRONG, "no route: " + next + " is in no network on a link"));
        }
        IpAddress any = prefix.any();
        return new Route(
                prefix.address(),
                prefix.length(),
                gateway.orElse(any),
                port,
                words.value("src").map(IpAddress::parse).orElse(any),
                words.number("mtu", 0));
    }

    private static ForwardingTables addRoute(DpipWords words, DirectorView.Running director) throws ToolFailure {
        Route added = route(words, director);
        ForwardingTables tables = director.tables();
        Prefix prefix = new Prefix(added.prefix(), added.length());
        if (tables.routes().stream().anyMatch(prefix::isDestinationOf)) {
            throw new ToolFailure(WRONG, "already exist: " + prefix);
        }
        List<Route> routes = new ArrayList<>(tables.routes());
        routes.add(added);
        return tables.withRoutes(routes);
    }

    private static ForwardingTables setRoute(DpipWords words, DirectorView.Running director) throws ToolFailure {
        Route changed = route(words, director);
        Prefix prefix = new Prefix(changed.prefix(), changed.length());
        existing(director, prefix);
        return director.tables()
                .withRoutes(director.tables().routes().stream()
                        .map(route -> prefix.isDestinationOf(route) ? changed : route)
                        .toList());
    }

    private static ForwardingTables deleteRoute(DpipWords words, DirectorView.Running director) throws ToolFailure {
        Prefix prefix = destination(words);
        existing(director, prefix);
        return director.tables()
                .withRoutes(director.tables().routes().stream()
                        .filter(route -> !prefix.isDestinationOf(route))
                        .toList());
    }

    private static void existing(DirectorView.Running director, Prefix prefix) throws ToolFailure {
        if (director.tables().routes().stream().noneMatch(prefix::isDestinationOf)) {
            throw new ToolFailure(WRONG, "not exist: " + prefix);
        }
    }

    private static ForwardingTables flushRoutes(DpipWords words, DirectorView.Running director) throws ToolFailure {
        int port = DpipDevices.port(director, words.required("dev"), WRONG);
        return director.tables()
                .withRoutes(director.tables().routes().stream()
                        .filter(route -> route.port() != port || route.prefix().isIpv4() == words.isIpv6())
                        .toList());
    }

    private static ForwardingTables addNeighbour(DpipWords words, DirectorView.Running director) throws ToolFailure {
        IpAddress address = IpAddress.parse(words.subject("an address"));
        int port = DpipDevices.port(director, words.required("dev"), WRONG);
        String mac = words.required("lladdr");
        if (!mac.matches("([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}")) {
            throw new ToolFailure(
                    WRONG, "invalid parameter: " + mac + " is no Ethernet address like 02:00:00:00:00:01");
        }
        List<StaticNeighbour> neighbours = new ArrayList<>(director.tables().neighbours());
        if (neighbours.stream().anyMatch(known -> known.address().equals(address) && known.port() == port)) {
            throw new ToolFailure(WRONG, "already exist: " + address);
        }
        neighbours.add(new StaticNeighbour(address, port, Long.parseLong(mac.replace(":", ""), 16)));
        return director.tables().withNeighbours(neighbours);
    }

    private static ForwardingTables deleteNeighbour(DpipWords words, DirectorView.Running director) throws ToolFailure {
        IpAddress address = IpAddress.parse(words.subject("an address"));
        int port = DpipDevices.port(director, words.required("dev"), WRONG);
        List<StaticNeighbour> left = director.tables().neighbours().stream()
                .filter(known -> !known.address().equals(address) || known.port() != port)
                .toList();
        if (left.size() == director.tables().neighbours().size()) {
            throw new ToolFailure(WRONG, "not exist: no static neighbour " + address);
        }
        return director.tables().withNeighbours(left);
    }
}
