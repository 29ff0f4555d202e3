package io.twoarm.director.command;

import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.control.ControlException;
import io.twoarm.director.control.DirectorView;
import io.twoarm.director.forward.ForwardingTables;
import io.twoarm.director.port.PortSnapshot;
import io.twoarm.director.vlan.TagProtocol;
import io.twoarm.director.vlan.VlanInterface;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code dpip vlan}: VLAN interfaces of ports, which are devices like ports for all other commands.
 *
 * <pre>
 * add  [NAME] link DEVICE [proto 802.1q|802.1ad|vlan|QinQ] id N
 * del  { NAME | link DEVICE id N }
 * show { NAME | link DEVICE [proto P] [id N] }
 * </pre>
 */
final class DpipVlans {
    private static final int WRONG = 1;
    private static final int LONGEST_NAME = 31;
    private static final Set<String> NAMES = Set.of("link", "proto", "id");

    private final DirectorView.Running director;
    private final Deque<String> places = new ArrayDeque<>();
    private final Map<String, String> values = new HashMap<>();

    private DpipVlans(DirectorView.Running director) {
        this.director = director;
    }

    /** Does what the words say. DPVS lists VLANs on standard error, and programs read it there. */
    static ToolOutput run(List<String> words, DirectorView.Running director)
            throws ToolFailure, ControlException, InterruptedException {
        DpipVlans command = new DpipVlans(director);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (command.places.size() >= 2 && NAMES.contains(word)) {
                i++;
                if (i == words.size()) {
                    throw new ToolFailure(WRONG, "invalid parameter: " + word + " needs a value");
                }
                command.values.put(word, words.get(i));
            } else if (!word.startsWith("-")) {
                command.places.add(word);
            }
        }
        command.places.removeFirst();
        return command.execute();
    }

    private ToolOutput execute() throws ToolFailure, ControlException, InterruptedException {
        String verb = places.isEmpty() ? "show" : places.pop();
        if (places.size() > 1) {
            throw new ToolFailure(WRONG, "invalid parameter: unexpected argument " + places.getLast());
        }
        switch (verb) {
            case "show", "list" -> {
                return new ToolOutput(0, "", list());
            }
            case "add" -> add();
            case "del", "delete" -> delete();
            default -> throw new ToolFailure(WRONG, "not support: vlan " + verb + "; see dpip help");
        }
        return ToolOutput.done("");
    }

    private Optional<TagProtocol> protocol() throws ToolFailure {
        String word = values.get("proto");
        if (word == null) {
            return Optional.empty();
        }
        return Optional.of(TagProtocol.of(word)
                .orElseThrow(() -> new ToolFailure(
                        WRONG, "invalid parameter: proto " + word + "; allowed are 802.1q, 802.1ad, vlan, QinQ")));
    }

    private Optional<Integer> id() throws ToolFailure {
        String word = values.get("id");
        if (word == null) {
            return Optional.empty();
        }
        if (!word.matches("\\d{1,4}")
                || Integer.parseInt(word) < 1
                || Integer.parseInt(word) > VlanInterface.HIGHEST_ID) {
            throw new ToolFailure(
                    WRONG, "invalid parameter: id " + word + "; 1 to " + VlanInterface.HIGHEST_ID + " allowed");
        }
        return Optional.of(Integer.parseInt(word));
    }

    /** Index of the port that {@code link} names. */
    private Optional<Integer> link() throws ToolFailure {
        String device = values.get("link");
        if (device == null) {
            return Optional.empty();
        }
        int port = DpipDevices.port(director, device, WRONG);
        if (port >= director.ports().size()) {
            throw new ToolFailure(WRONG, "not support: " + device + " is a VLAN; there are no VLANs within VLANs");
        }
        return Optional.of(port);
    }

    private void add() throws ToolFailure, ControlException, InterruptedException {
        int link = link().orElseThrow(() -> new ToolFailure(
                WRONG,
                "invalid parameter: vlan add needs link and one of "
                        + director.ports().stream().map(PortSnapshot::name).collect(Collectors.joining(", "))));
        int id = id().orElseThrow(() ->
                new ToolFailure(WRONG, "invalid parameter: vlan add needs id and 1 to " + VlanInterface.HIGHEST_ID));
        TagProtocol protocol = protocol().orElse(TagProtocol.CUSTOMER);
        String name = places.isEmpty() ? director.portName(link) + "." + id : places.pop();
        if (name.length() > LONGEST_NAME) {
            throw new ToolFailure(
                    WRONG, "invalid parameter: " + name + " is longer than " + LONGEST_NAME + " characters");
        }
        if (DpipDevices.names(director).contains(name)) {
            throw new ToolFailure(
                    WRONG, "already exist: " + name + "; delete it first, or write another name behind add");
        }
        int ports = director.ports().size();
        director.change(before -> {
            List<VlanInterface> vlans = new ArrayList<>(before.vlans());
            vlans.add(new VlanInterface(name, VlanInterface.freeIndex(ports, vlans), link, protocol, id));
            return before.withVlans(vlans);
        });
    }

    private List<VlanInterface> chosen() throws ToolFailure {
        Optional<Integer> link = link();
        Optional<Integer> id = id();
        Optional<TagProtocol> protocol = protocol();
        return director.tables().vlans().stream()
                .filter(vlan -> places.isEmpty() || vlan.name().equals(places.peek()))
                .filter(vlan -> link.isEmpty() || vlan.link() == link.get())
                .filter(vlan -> id.isEmpty() || vlan.id() == id.get())
                .filter(vlan -> protocol.isEmpty() || vlan.protocol() == protocol.get())
                .toList();
    }

    private void delete() throws ToolFailure, ControlException, InterruptedException {
        if (places.isEmpty() && (!values.containsKey("link") || !values.containsKey("id"))) {
            throw new ToolFailure(WRONG, "invalid parameter: vlan del needs a name, or link and id");
        }
        List<VlanInterface> gone = chosen();
        if (gone.isEmpty()) {
            throw new ToolFailure(
                    WRONG,
                    "not exist: " + (places.isEmpty() ? "such a VLAN" : places.peek()) + "; dpip vlan show lists those"
                            + " that there are");
        }
        director.change(before -> without(before, gone));
    }

    /** What stands on them goes with them; services that need it keep them. */
    private static ForwardingTables without(ForwardingTables tables, List<VlanInterface> gone) {
        Set<Integer> indexes = gone.stream().map(VlanInterface::port).collect(Collectors.toSet());
        List<OwnAddress> left = tables.addresses().stream()
                .filter(own -> !indexes.contains(own.port()))
                .toList();
        return tables.withAddresses(left)
                .withRoutes(tables.routes().stream()
                        .filter(route -> !indexes.contains(route.port()))
                        .toList())
                .withNeighbours(tables.neighbours().stream()
                        .filter(known -> !indexes.contains(known.port()))
                        .toList())
                .withVlans(tables.vlans().stream()
                        .filter(vlan -> !gone.contains(vlan))
                        .toList());
    }

    private String list() throws ToolFailure {
        StringBuilder out = new StringBuilder();
        for (VlanInterface vlan : chosen()) {
            out.append("%s link %s proto %s id %d%n"
                    .formatted(
                            vlan.name(),
                            director.portName(vlan.link()),
                            vlan.protocol().keyword(),
                            vlan.id()));
        }
        return out.toString();
    }
}
