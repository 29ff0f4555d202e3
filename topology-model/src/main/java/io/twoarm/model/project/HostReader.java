package io.twoarm.model.project;

import io.twoarm.model.Attachment;
import io.twoarm.model.DataplaneSettings;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.DpvsRelease;
import io.twoarm.model.FamilyTranslation;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.InvalidLiteralException;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.Range;
import io.twoarm.model.Route;
import io.twoarm.model.SshAccess;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** The entries under {@code hosts:}. Their role decides which keys they take. */
final class HostReader {
    /** What stands in {@code to:} for everything, in the family of {@code via:}. */
    static final String DEFAULT_ROUTE = "default";

    private HostReader() {}

    static Value<Host> read(String name, Field field) {
        return switch (field.kind("role", Role.class).orElse(null)) {
            case CLIENT -> {
                Fields fields = field.object(Shape.CLIENT);
                Parts parts = parts(fields);
                yield fields.build(() -> new Host.Client(name, parts.ports(), parts.routes(), parts.ssh()));
            }
            case ROUTER -> {
                Fields fields = field.object(Shape.ROUTER);
                Parts parts = parts(fields);
                yield fields.build(() -> new Host.Router(name, parts.ports(), parts.routes(), parts.ssh()));
            }
            case DIRECTOR -> director(name, field.object(Shape.DIRECTOR));
            case REALSERVER -> realserver(name, field.object(Shape.REALSERVER));
            case null -> {
                parts(field.objectOfUnknownKind(Shape.CLIENT, Shape.ROUTER, Shape.DIRECTOR, Shape.REALSERVER));
                yield Value.missing();
            }
        };
    }

    private static Value<Host> director(String name, Fields fields) {
        Value<DirectorKind> kind = fields.field("kind", word -> word.word(DirectorKind.class));
        Value<DpvsRelease> release = fields.field(
                "release",
                word -> word.literal(
                        text -> DpvsRelease.of(text).orElseThrow(() -> word.notAmong(text, DpvsRelease.words()))));
        Value<DataplaneSettings> dataplane = fields.field("dataplane", HostReader::dataplane);
        Parts parts = parts(fields);
        return fields.build(() -> new Host.Director(
                name,
                parts.ports(),
                parts.routes(),
                parts.ssh(),
                kind.orElse(DirectorKind.BUNDLED),
                dataplane.orElse(DataplaneSettings.MODEST),
                release.orElse(DpvsRelease.V1_10)));
    }

    private static Value<Host> realserver(String name, Fields fields) {
        Value<List<Integer>> echo = fields.field("echo", list -> list.list(item -> item.integer(Range.TRANSPORT_PORT)));
        Parts parts = parts(fields);
        return fields.build(
                () -> new Host.Realserver(name, parts.ports(), parts.routes(), parts.ssh(), echo.orElse(List.of())));
    }

    /** What every host has, whatever its role. */
    private record Parts(List<Port> ports, List<Route> routes, Optional<SshAccess> ssh) {}

    private static Parts parts(Fields fields) {
        Value<List<Port>> ports = fields.field("ports", mapping -> mapping.named(HostReader::port));
        Value<List<Route>> routes = fields.field("routes", list -> list.list(HostReader::route));
        Value<SshAccess> ssh = fields.field("ssh", HostReader::ssh);
        return new Parts(ports.orElse(List.of()), routes.orElse(List.of()), ssh.optional());
    }

    private static Value<Port> port(String name, Field field) {
        Fields fields = field.object(Shape.PORT);
        Value<String> segment = TopologyReader.reference(fields, "segment");
        Value<Attachment> attach =
                fields.field("attach", word -> word.literal(text -> AttachmentText.parse(text, name)));
        Value<Attachment> bond = fields.field("bond", HostReader::bond);
        if (attach.optional().isPresent() && bond.optional().isPresent()) {
            bond = field.invalid(
                    field.label() + " has attach: and bond:; allowed is one of them.",
                    "Remove attach:, a bond is attached by its members.");
        }
        Value<List<InterfaceAddress>> addresses =
                fields.field("addresses", list -> list.list(item -> item.literal(InterfaceAddress::parse)));
        Value<List<InterfaceAddress>> kernelAddresses =
                fields.field("kernelAddresses", list -> list.list(item -> item.literal(InterfaceAddress::parse)));
        Attachment attachment = bond.orElse(attach.orElse(new Attachment.Kernel()));
        return fields.build(() -> new Port(
                name, segment.get(), addresses.orElse(List.of()), attachment, kernelAddresses.orElse(List.of())));
    }

    private static Value<Attachment> bond(Field field) {
        Fields fields = field.object(Shape.BOND);
        Value<Integer> mode = fields.field("mode", number -> number.integer(Attachment.Bond.MODE));
        Value<List<Attachment>> members =
                fields.field("members", list -> list.list(item -> item.literal(AttachmentText::parseMember)));
        return fields.build(() -> new Attachment.Bond(mode.get(), members.get()));
    }

    private static Value<Route> route(Field field) {
        Fields fields = field.object(Shape.ROUTE);
        Value<InetAddress> via = fields.field("via", text -> text.literal(IpLiteral::parse));
        Value<Prefix> to = fields.field("to", text -> text.literal(word -> destination(word, via)));
        Value<String> port = TopologyReader.reference(fields, "port");
        return fields.build(() -> new Route(to.get(), via.optional(), port.optional()));
    }

    private static Prefix destination(String text, Value<InetAddress> via) {
        if (!text.equals(DEFAULT_ROUTE)) {
            return Prefix.parse(text);
        }
        return via.optional()
                .map(Prefix::everything)
                .orElseThrow(() -> new InvalidLiteralException(
                        "\"default\" leaves open whether IPv4 or IPv6 is meant, because the route has no usable"
                                + " gateway.",
                        "Add via: with the gateway's address, or write 0.0.0.0/0 or ::/0."));
    }

    private static Value<DataplaneSettings> dataplane(Field field) {
        Fields fields = field.object(Shape.DATAPLANE);
        Value<Integer> workers = fields.field("workers", number -> number.integer(DataplaneSettings.WORKERS));
        Value<Integer> memory = fields.field("memory", text -> text.literal(MemoryText::parse));
        Value<Boolean> hugepages = fields.field("hugepages", Field::truth);
        Value<FamilyTranslation> translation = TranslationReader.read(fields);
        DataplaneSettings modest = DataplaneSettings.MODEST;
        return fields.build(() -> new DataplaneSettings(
                workers.orElse(modest.workers()),
                memory.orElse(modest.memoryMegabytes()),
                hugepages.orElse(modest.hugepages()),
                translation.orElse(FamilyTranslation.NONE)));
    }

    private static Value<SshAccess> ssh(Field field) {
        Fields fields = field.object(Shape.SSH);
        Value<String> address = fields.field("address", text -> text.literal(SshAccess::checkAddress));
        Value<Integer> port = fields.field("port", number -> number.integer(Range.TRANSPORT_PORT));
        Value<String> user = fields.field("user", text -> text.literal(SshAccess::checkUser));
        return fields.build(
                () -> new SshAccess(address.get(), port.orElse(SshAccess.STANDARD_PORT), user.orElse("root")));
    }

    private enum Role {
        CLIENT,
        ROUTER,
        DIRECTOR,
        REALSERVER
    }
}
