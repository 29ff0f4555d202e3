package io.twoarm.director.redundancy;

import io.twoarm.config.keepalived.VrrpInstance;
import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.OwnAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The states of all VRRP instances, as keepalived writes them to its {@code vrrp_notify_fifo}: one line a change, such as
 * {@code INSTANCE "VI_1" MASTER 150}. Lines about groups are passed over, for each of their instances has one as well. May be
 * used by several threads.
 */
public final class VrrpRoles {
    private static final Pattern LINE = Pattern.compile("INSTANCE \"([^\"]*)\" ([A-Z_]+)(?: \\d+)?");
    private static final Set<String> STATES = Set.of("MASTER", "BACKUP", "FAULT", "STOP");
    private static final String OTHER_MASTER_GAVE_WAY = "MASTER_RX_LOWER_PRI";

    /** What a line asks for. */
    public enum Effect {
        /** Nothing. */
        NONE,
        /** Addresses come or go. */
        ADDRESSES,
        /** This director stays master after another one thought it was, too: neighbours must be told. */
        ANNOUNCE
    }

    private static final class Instance {
        private final List<IpAddress> addresses;
        private VrrpState state = VrrpState.UNKNOWN;
        private long changes;

        Instance(List<IpAddress> addresses) {
            this.addresses = addresses;
        }
    }

    private Map<String, Instance> instances = new LinkedHashMap<>();

    /** Takes the instances of a configuration; those that are known keep their state. */
    public synchronized void configure(List<VrrpInstance> configured) {
        Map<String, Instance> before = instances;
        instances = new LinkedHashMap<>();
        for (VrrpInstance each : configured) {
            Instance made =
                    new Instance(each.addresses().stream().map(IpAddress::of).toList());
            Instance known = before.get(each.name());
            if (known != null) {
                made.state = known.state;
                made.changes = known.changes;
            }
            instances.put(each.name(), made);
        }
    }

    /** Reads a line of the pipe. */
    public synchronized Effect accept(String line) {
        Matcher matcher = LINE.matcher(line.strip());
        Instance instance = matcher.matches() ? instances.get(matcher.group(1)) : null;
        if (instance == null) {
            return Effect.NONE;
        }
        String word = matcher.group(2);
        if (word.equals(OTHER_MASTER_GAVE_WAY)) {
            return instance.state == VrrpState.MASTER ? Effect.ANNOUNCE : Effect.NONE;
        }
        return STATES.contains(word) && become(instance, VrrpState.valueOf(word)) ? Effect.ADDRESSES : Effect.NONE;
    }

    /** Nobody tells states any more: no instance is master. */
    public synchronized Effect silence() {
        boolean changed = false;
        for (Instance instance : instances.values()) {
            changed |= become(instance, VrrpState.UNKNOWN);
        }
        return changed ? Effect.ADDRESSES : Effect.NONE;
    }

    /** @return whether it became master or ceased to be it */
    private static boolean become(Instance instance, VrrpState state) {
        boolean changed = (instance.state == VrrpState.MASTER) != (state == VrrpState.MASTER);
        instance.state = state;
        instance.changes += changed ? 1 : 0;
        return changed;
    }

    /** Own addresses with those of the instances held or not, as their states want it. */
    public synchronized List<OwnAddress> applied(List<OwnAddress> addresses) {
        Map<IpAddress, OwnAddress.Role> roles = new LinkedHashMap<>();
        for (Instance instance : instances.values()) {
            boolean master = instance.state == VrrpState.MASTER;
            instance.addresses.forEach(
                    address -> roles.put(address, master ? OwnAddress.Role.FLOATING : OwnAddress.Role.STANDBY));
        }
        return addresses.stream()
                .map(own -> own.role() == OwnAddress.Role.KERNEL
                        ? own
                        : new OwnAddress(own.address(), own.port(), roles.getOrDefault(own.address(), own.role())))
                .toList();
    }

    /** All instances, in the order of the file. */
    public synchronized List<VrrpStatus> status() {
        List<VrrpStatus> all = new ArrayList<>();
        instances.forEach((name, instance) -> all.add(new VrrpStatus(
                name,
                instance.state,
                instance.addresses.stream().map(IpAddress::toString).toList(),
                instance.changes)));
        return all;
    }

    /** In words for a line of the log: {@code wan4 MASTER, wan6 BACKUP}. */
    public synchronized String summary() {
        return instances.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue().state)
                .collect(Collectors.joining(", "));
    }
}
