package io.twoarm.desktop.design;

import io.twoarm.model.ObjectPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names one object of a topology, so that drawing, outline, properties and problems mean the same thing. */
public sealed interface ObjectRef {
    /** Its place in the project file, such as {@code hosts.director.ports.dpdk0}. */
    String path();

    /** What people call it. */
    String name();

    /** The design as a whole. */
    record DesignRef(String name) implements ObjectRef {
        @Override
        public String path() {
            return ObjectPath.ROOT.toString();
        }
    }

    record HostRef(String name) implements ObjectRef {
        @Override
        public String path() {
            return ObjectPath.of("hosts", name).toString();
        }
    }

    record PortRef(String host, String name) implements ObjectRef {
        @Override
        public String path() {
            return ObjectPath.of("hosts", host, "ports", name).toString();
        }
    }

    record SegmentRef(String name) implements ObjectRef {
        @Override
        public String path() {
            return ObjectPath.of("segments", name).toString();
        }
    }

    record LocalPoolRef(String name) implements ObjectRef {
        @Override
        public String path() {
            return ObjectPath.of("localAddressPools", name).toString();
        }
    }

    record PoolRef(String name) implements ObjectRef {
        @Override
        public String path() {
            return ObjectPath.of("realserverPools", name).toString();
        }
    }

    record ServiceRef(String name) implements ObjectRef {
        @Override
        public String path() {
            return ObjectPath.of("virtualServices", name).toString();
        }
    }

    record GroupRef(String name) implements ObjectRef {
        @Override
        public String path() {
            return ObjectPath.of("directorGroups", name).toString();
        }
    }

    record NatGatewayRef(String name) implements ObjectRef {
        @Override
        public String path() {
            return ObjectPath.of("natGateways", name).toString();
        }
    }

    /**
     * The object that a path of a finding lies in.
     *
     * @param path dotted, with or without a field behind the object, such as {@code
     *     localAddressPools.lan-lips.addresses[0]}
     * @return empty when the path names no object, such as that of a whole file
     * @throws IllegalArgumentException when it is no path
     */
    static Optional<ObjectRef> at(String path) {
        List<String> keys = new ArrayList<>();
        for (ObjectPath.Step step : ObjectPath.parse(path).steps()) {
            switch (step) {
                case ObjectPath.Step.Key(String key) -> keys.add(key);
                case ObjectPath.Step.Index index -> {
                    return at(keys);
                }
            }
        }
        return at(keys);
    }

    private static Optional<ObjectRef> at(List<String> keys) {
        if (keys.size() < 2) {
            return Optional.empty();
        }
        String name = keys.get(1);
        return switch (keys.getFirst()) {
            case "hosts" ->
                keys.size() >= 4 && keys.get(2).equals("ports")
                        ? Optional.of(new PortRef(name, keys.get(3)))
                        : Optional.of(new HostRef(name));
            case "segments" -> Optional.of(new SegmentRef(name));
            case "localAddressPools" -> Optional.of(new LocalPoolRef(name));
            case "realserverPools" -> Optional.of(new PoolRef(name));
            case "virtualServices" -> Optional.of(new ServiceRef(name));
            case "directorGroups" -> Optional.of(new GroupRef(name));
            case "natGateways" -> Optional.of(new NatGatewayRef(name));
            default -> Optional.empty();
        };
    }
}
