package io.twoarm.model.project;

import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.BgpPeer;
import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.DirectorGroup.VrrpInstance;
import io.twoarm.model.InvalidLiteralException;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Name;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Prefix;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** The entries under {@code directorGroups:} and {@code natGateways:}. */
final class GroupReader {
    /** What keepalived's files can hold as one word without quotes. */
    static final String PASSWORD_PATTERN = "[%-;=?A-z|~]{1,64}";

    private GroupReader() {}

    static Value<DirectorGroup> directorGroup(String name, Field field) {
        return switch (field.kind("type", GroupType.class).orElse(null)) {
            case VRRP -> vrrp(name, field.object(Shape.VRRP_GROUP));
            case ECMP -> ecmp(name, field.object(Shape.ECMP_GROUP));
            case null -> {
                members(field.objectOfUnknownKind(Shape.VRRP_GROUP, Shape.ECMP_GROUP));
                yield Value.missing();
            }
        };
    }

    private static Value<DirectorGroup> vrrp(String name, Fields fields) {
        Value<List<String>> members = members(fields);
        Value<List<VrrpInstance>> instances =
                fields.field("instances", mapping -> mapping.named(GroupReader::instance));
        Value<Duration> interval = TopologyReader.time(fields, "advertInterval", 1);
        Value<Boolean> preempt = fields.field("preempt", Field::truth);
        Value<String> password = fields.field("password", text -> text.literal(GroupReader::password));
        Value<String> syncPort = TopologyReader.reference(fields, "syncPort");
        return fields.build(() -> new DirectorGroup(
                name,
                members.get(),
                new Redundancy.Vrrp(
                        instances.get(),
                        interval.orElse(Redundancy.Vrrp.STANDARD_INTERVAL),
                        preempt.orElse(false),
                        password.optional(),
                        syncPort.optional())));
    }

    private static Value<VrrpInstance> instance(String name, Field field) {
        Fields fields = field.object(Shape.VRRP_INSTANCE);
        Value<String> port = TopologyReader.reference(fields, "port");
        Value<DirectorGroup.Family> family = fields.field("family", word -> word.word(DirectorGroup.Family.class));
        Value<Integer> id = fields.field("virtualRouterId", number -> number.integer(VrrpInstance.VIRTUAL_ROUTER_ID));
        Value<List<InetAddress>> addresses = addresses(fields);
        return fields.build(
                () -> new VrrpInstance(name, port.get(), family.get(), id.get(), addresses.orElse(List.of())));
    }

    private static Value<DirectorGroup> ecmp(String name, Fields fields) {
        Value<List<String>> members = members(fields);
        Value<Integer> system = autonomousSystem(fields);
        Value<List<BgpPeer>> peers = fields.field("peers", list -> list.list(GroupReader::peer));
        Value<DirectorGroup.RoutingDaemon> daemon =
                fields.field("daemon", word -> word.word(DirectorGroup.RoutingDaemon.class));
        Value<Boolean> bfd = fields.field("bfd", Field::truth);
        return fields.build(() -> new DirectorGroup(
                name,
                members.get(),
                new Redundancy.Ecmp(
                        system.get(), peers.get(), daemon.orElse(DirectorGroup.RoutingDaemon.FRR), bfd.orElse(true))));
    }

    private static Value<BgpPeer> peer(Field field) {
        Fields fields = field.object(Shape.BGP_PEER);
        Value<String> router = TopologyReader.reference(fields, "router");
        Value<Integer> system = autonomousSystem(fields);
        return fields.build(() -> new BgpPeer(router.get(), system.get()));
    }

    static Value<NatGateway> natGateway(String name, Field field) {
        Fields fields = field.object(Shape.NAT_GATEWAY);
        Value<String> director = TopologyReader.reference(fields, "director");
        Value<String> port = TopologyReader.reference(fields, "port");
        Value<List<InetAddress>> addresses = addresses(fields);
        Value<List<Prefix>> sources = fields.field("sources", list -> list.list(item -> item.literal(Prefix::parse)));
        Value<Boolean> firewall = fields.field("firewall", Field::truth);
        Value<NatGateway.OutsideFilter> filter =
                fields.field("endpointIndependent", word -> word.word(NatGateway.OutsideFilter.class));
        return fields.build(() -> new NatGateway(
                name,
                director.get(),
                port.get(),
                addresses.get(),
                sources.get(),
                firewall.orElse(false),
                filter.optional()));
    }

    private static Value<List<String>> members(Fields fields) {
        return fields.field("members", list -> list.list(item -> item.literal(Name::check)));
    }

    private static Value<List<InetAddress>> addresses(Fields fields) {
        return fields.field("addresses", list -> list.list(item -> item.literal(IpLiteral::parse)));
    }

    private static Value<Integer> autonomousSystem(Fields fields) {
        return fields.field("autonomousSystem", number -> number.integer(Redundancy.Ecmp.AUTONOMOUS_SYSTEM));
    }

    private static String password(String text) {
        if (!text.matches(PASSWORD_PATTERN)) {
            throw new InvalidLiteralException(
                    "the password holds signs that keepalived's file cannot, or none; allowed are 1 to 64 ASCII"
                            + " characters without blanks and without \" ! # { } < > @ $.",
                    "Write letters and digits.");
        }
        return text;
    }

    private enum GroupType {
        VRRP,
        ECMP
    }
}
